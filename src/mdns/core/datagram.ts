/** RFC 6762 §2 */
export const MDNS_PORT = 5353;

/** Which IP version a datagram travelled by. */
export type Family = "ipv4" | "ipv6";

/** Where a datagram came from or goes to; addresses are numeric text without a zone. */
export interface Peer {
  readonly family: Family;
  readonly address: string;
  readonly port: number;
}

/** A datagram as the driver hands it in, with what only the driver can know about it. */
export interface Datagram {
  readonly bytes: Uint8Array;
  readonly source: Peer;
  /** Sent to the mDNS group, or to an address of this host. */
  readonly to: "group" | "host";
  /** The source lies in a subnet of this link. RFC 6762 §11 */
  readonly onLink: boolean;
  /** The source address is one of this host's own: another program here, or a copy that came round a bridge. */
  readonly fromThisHost: boolean;
}

/** A datagram to send: to the group by one family, or to one peer. */
export interface Transmission {
  readonly bytes: Uint8Array;
  readonly to: { readonly group: Family } | Peer;
}

/** Equal for what one address sent, from whichever port. */
export function sourceKey({ family, address }: Peer): string {
  return `${family} ${address}`;
}

/** Whether an address can be one host's; nothing is ever sent back to any other. */
export function isHostAddress({ family, address }: Peer): boolean {
  if (family === "ipv6") return address !== "::" && !address.toLowerCase().startsWith("ff");
  const first = leadingNumber(address);
  return first > 0 && first < FIRST_IPV4_GROUP;
}

const FIRST_IPV4_GROUP = 224; // 224.0.0.0/4, and above it the broadcast address
const ZERO = 0x30; // "0"

/** As `Number.parseInt` finds it, which takes longer than all else that is looked at before a packet is read. */
function leadingNumber(address: string): number {
  let number = 0;
  for (let at = 0; at < address.length; at++) {
    const digit = address.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) break;
    number = number * 10 + digit;
  }
  return number;
}
