import type { OwnRecord } from "../core/own-record.ts";
import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import { addressesOn, type FixedAddress } from "./fixed-address.ts";
import { checkedHostLabel, hostName } from "./host-name.ts";
import { addressRecord, reverseRecord } from "./host-records.ts";
import { LinkClaims } from "./link-claims.ts";
import { nextHostName } from "./next-name.ts";
import { recalled, remember } from "./remembered-name.ts";
import type { Session } from "./session.ts";

/** Who publishes something that needs the host. */
export interface HostUser {
  /** The host has another name from now on. RFC 6762 §9 */
  hostRenamed(): void;
  hostAnnounced(): void;
  hostUnsettled(): void;
  hostFailed(error: unknown): void;
}

export interface HostOptions {
  /** The label to begin with. */
  readonly label: string;
  /** undefined: those of each link on that link. */
  readonly addresses: readonly FixedAddress[] | undefined;
  /** Whether it is this machine's own name, to which its addresses lead back. */
  readonly reverse: boolean;
}

interface Label {
  readonly label: string;
  readonly name: Name;
}

/** A host name with its addresses, claimed on every link while somebody uses it. */
export class PublishedHost {
  readonly users: Set<HostUser> = new Set();
  readonly claims: LinkClaims;
  readonly #session: Session;
  readonly #options: HostOptions;
  #addresses: readonly FixedAddress[] | undefined;
  #current: Label;

  constructor(session: Session, options: HostOptions) {
    this.#session = session;
    this.#options = options;
    this.#addresses = options.addresses;
    const first = recalled(session, "host", options.label, (name) => checkedHostLabel("host", name)) ?? options.label;
    this.#current = session.names.take(labelled(first), (taken) => this.#after(taken));
    this.claims = new LinkClaims(session.network, {
      records: (link) => this.#records(link),
      lost: () => this.#rename(),
      announced: () => this.#tell((user) => user.hostAnnounced()),
      unsettled: () => this.#tell((user) => user.hostUnsettled()),
      failed: (error) => this.#tell((user) => user.hostFailed(error)),
    });
  }

  /** The whole name, with `.local`. */
  get name(): Name {
    return this.#current.name;
  }

  get label(): string {
    return this.#current.label;
  }

  get addresses(): readonly FixedAddress[] | undefined {
    return this.#addresses;
  }

  setAddresses(addresses: readonly FixedAddress[] | undefined): void {
    this.#addresses = addresses;
    this.claims.update();
  }

  end(how: "withdraw" | "abandon"): void {
    this.claims[how]();
    this.#session.names.release(this.name);
  }

  #records(link: Link): readonly OwnRecord[] {
    const addresses = addressesOn(link, this.#addresses);
    const records = addresses.map((address) => addressRecord(this.name, address));
    if (!this.#options.reverse) return records;
    return [...records, ...addresses.map((address) => reverseRecord(this.name, address))];
  }

  /** One name on all links: lost on one is lost on all. */
  #rename(): void {
    const { names } = this.#session;
    const before = this.#current;
    this.#current = names.take(this.#after(before), (taken) => this.#after(taken));
    names.release(before.name);
    remember(this.#session, "host", this.#options.label, this.label);
    this.claims.replace();
    this.#tell((user) => user.hostRenamed());
  }

  #after({ label }: Label): Label {
    return labelled(nextHostName(label, this.#session.network.random));
  }

  #tell(news: (user: HostUser) => void): void {
    for (const user of [...this.users]) news(user);
  }
}

function labelled(label: string): Label {
  return { label, name: hostName(label) };
}
