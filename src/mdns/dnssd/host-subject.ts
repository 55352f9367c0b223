import { argumentError } from "./argument-error.ts";
import { type FixedAddress, fixedAddresses } from "./fixed-address.ts";
import { checkedHostLabel } from "./host-name.ts";
import type { HostHold, Hosts } from "./hosts.ts";
import type { LinkClaims } from "./link-claims.ts";
import type { HostUser } from "./published-host.ts";
import type { PublicationChanges, Subject, SubjectNews } from "./subject.ts";

/** A host name to publish. */
export interface PublishHostOptions {
  /** Without `.local`. @default this machine's */
  readonly host?: string | undefined;
  /** Exactly these; one with a zone is published on that interface only. @default those of each interface, there */
  readonly addresses?: readonly string[] | undefined;
  /** Aborts the wait for the announcement: the name is withdrawn. */
  readonly signal?: AbortSignal | undefined;
}

/** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
export function checkedHost({ host, addresses }: PublishHostOptions): CheckedHost {
  const fixed = fixedAddresses(addresses);
  return { fixed, label: host === undefined ? undefined : checkedHostLabel("host", host) };
}

interface CheckedHost {
  readonly fixed: readonly FixedAddress[] | undefined;
  /** undefined for this machine's */
  readonly label: string | undefined;
}

/** A host name with its addresses. */
export class HostSubject implements Subject {
  readonly type: string = "";
  readonly port: number = 0;
  readonly #hold: HostHold;

  /** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
  constructor(hosts: Hosts, { host, addresses }: PublishHostOptions, news: SubjectNews) {
    const { fixed, label = hosts.ownLabel } = checkedHost({ host, addresses });
    let name = label;
    const user: HostUser = {
      hostRenamed: () => {
        news.conflict(name);
        name = this.name;
      },
      hostAnnounced: () => news.advanced(),
      hostUnsettled: () => news.unsettled(this.host),
      hostFailed: (error) => news.failed(error),
    };
    const isOwn = host === undefined && fixed === undefined;
    this.#hold = isOwn ? hosts.holdOwn(user) : hosts.hold(label, fixed, user);
  }

  get name(): string {
    return this.#hold.host.label;
  }

  get host(): string {
    return this.#hold.host.name.toString();
  }

  get claims(): readonly LinkClaims[] {
    return [this.#hold.host.claims];
  }

  start(): void {} // others may have started it already

  update({ addresses, ...others }: PublicationChanges): void {
    const [other] = Object.entries(others).find(([, value]) => value !== undefined) ?? [];
    if (other !== undefined) throw argumentError("changes", "addresses only, for a host name", other);
    const fixed = fixedAddresses(addresses);
    if (fixed !== undefined) this.#hold.host.setAddresses(fixed);
  }

  settled(): void {} // the host itself remembers its name

  end(how: "withdraw" | "abandon"): void {
    this.#hold.release(how);
  }
}
