import type { HostState } from "../core/host-state.ts";
import type { Clock } from "./clock.ts";
import type { Link } from "./link.ts";

/** What a {@link Network} tells about its links. */
export interface NetworkListener {
  /** A link came up, or back: claim and ask there too. */
  linkUp(link: Link): void;
  /** The addresses of a link changed; `link.addresses` is new already. */
  addressesChanged(link: Link): void;
  /** A link is gone; its `removed` answers have been told. */
  linkDown(link: Link): void;
}

/** The links of this host, real or virtual: all that `dnssd/` knows of the network. */
export interface Network {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** What this host owns on any link, shared by all cores. */
  readonly host: HostState;
  readonly links: ReadonlySet<Link>;
  /** Tells of the links there are now, then of every change; returns a function that ends it. */
  watch(listener: NetworkListener): () => void;
  /** Goodbyes out, then everything closed. Idempotent. */
  close(): Promise<void>;
}
