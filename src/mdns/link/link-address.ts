import type { Family } from "../core/datagram.ts";

/** An address of this host on a link. `zone` is the interface name, on link-local IPv6 addresses only. */
export interface LinkAddress {
  /** `"ipv4"` or `"ipv6"`. */
  readonly family: Family;
  /** Without its zone. */
  readonly address: string;
  /** In bits. */
  readonly prefixLength: number;
  /** The interface name. */
  readonly zone?: string;
}
