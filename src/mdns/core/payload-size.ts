import type { Family } from "./datagram.ts";
import { LIMITS } from "./limits.ts";

const MTU_MIN_IPV4 = 576; // RFC 791: what every host takes
const MTU_MIN_IPV6 = 1_280; // RFC 8200 §5
const UDP_AND_IPV4 = 28;
const UDP_AND_IPV6 = 48;

/** How much a packet may carry on a link. RFC 6762 §17 */
export interface PayloadSize {
  /** Bytes that a packet of several records may have. */
  readonly payload: number;
  /** Bytes that a packet of one record may have. */
  readonly payloadMax: number;
}

/** One packet serves all families, so the narrowest decides. */
export function payloadSize(families: readonly Family[], mtu: number): PayloadSize {
  const withIpv6 = families.includes("ipv6");
  const payloadMax = withIpv6 ? LIMITS.payloadIpv6 : LIMITS.payloadIpv4;
  const payload = Math.max(mtu, withIpv6 ? MTU_MIN_IPV6 : MTU_MIN_IPV4) - (withIpv6 ? UDP_AND_IPV6 : UDP_AND_IPV4);
  return { payload: Math.min(payload, payloadMax), payloadMax };
}
