import { argumentError } from "./argument-error.ts";
import type { FixedAddress } from "./fixed-address.ts";
import { hostName } from "./host-name.ts";
import { type HostOptions, type HostUser, PublishedHost } from "./published-host.ts";
import type { Session } from "./session.ts";

/** Hold on a host name: it stays published until the last hold is let go. */
export interface HostHold {
  readonly host: PublishedHost;
  release(how: "withdraw" | "abandon"): void;
}

/** The host names that are published, each claimed once however many services point at it. */
export class Hosts {
  /** The label that this machine's name begins with. */
  readonly ownLabel: string;
  readonly #session: Session;
  readonly #hosts = new Map<string, PublishedHost>();

  constructor(session: Session, ownLabel: string) {
    this.#session = session;
    this.ownLabel = ownLabel;
  }

  /** This machine under its own name. */
  holdOwn(user: HostUser): HostHold {
    return this.#hold("", { label: this.ownLabel, addresses: undefined, reverse: true }, user);
  }

  /**
   * A further name, for these addresses or for this machine's.
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` when the name has other addresses already
   */
  hold(label: string, addresses: readonly FixedAddress[] | undefined, user: HostUser): HostHold {
    const key = hostName(label).key;
    const known = this.#hosts.get(key);
    if (known !== undefined && addressKey(known.addresses) !== addressKey(addresses)) {
      throw argumentError("addresses", `the same everywhere for the host "${label}"`, addresses);
    }
    return this.#hold(key, { label, addresses, reverse: false }, user);
  }

  #hold(key: string, options: HostOptions, user: HostUser): HostHold {
    const known = this.#hosts.get(key);
    const host = known ?? new PublishedHost(this.#session, options);
    this.#hosts.set(key, host);
    host.users.add(user);
    if (known === undefined) host.claims.start();
    return {
      host,
      release: (how) => {
        if (!host.users.delete(user) || host.users.size > 0) return;
        this.#hosts.delete(key);
        host.end(how);
      },
    };
  }
}

function addressKey(addresses: readonly FixedAddress[] | undefined): string | undefined {
  return addresses
    ?.map(({ address, zone }) => `${address}%${zone}`)
    .sort()
    .join();
}
