import { formatIpv4, formatIpv6 } from "../../../mdns/wire/index.ts";

/** A UDP datagram as it was on the wire. */
export interface IpDatagram {
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** TTL of IPv4, hop limit of IPv6. */
  readonly ttl: number;
  /** Of the IP packet, in bytes. */
  readonly ipSize: number;
  readonly payload: Uint8Array;
}

/**
 * Why there is no datagram in an IP packet.
 * - `other`: it is not UDP
 * - `fragment`: a part of a larger packet, which is not put together
 * - `cut`: less was captured than was sent
 * - `damaged`: its lengths do not fit
 */
export type NoDatagram = "other" | "fragment" | "cut" | "damaged";

const UDP = 17;
const FRAGMENT = 44;
/** Extension headers that tell their length: hop-by-hop options, routing, destination options. RFC 8200 §4.1 */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60]);
const MOST_EXTENSIONS = 8;

/** What an IP packet says of its payload. */
interface IpHeader {
  readonly source: string;
  readonly destination: string;
  readonly ttl: number;
  readonly ipSize: number;
  readonly payloadAt: number;
}

/** Reads the UDP datagram in an IP packet. */
export function ipDatagram(packet: DataView): IpDatagram | NoDatagram {
  const version = packet.getUint8(0) >> 4;
  if (version !== 4 && version !== 6) return "other";
  const header = version === 4 ? readIpv4(packet) : readIpv6(packet);
  return typeof header === "string" ? header : readUdp(packet, header);
}

function readIpv4(packet: DataView): IpHeader | NoDatagram {
  if (packet.byteLength < 20) return "cut";
  const payloadAt = (packet.getUint8(0) & 0xf) * 4;
  const ipSize = packet.getUint16(2);
  if (payloadAt < 20 || ipSize < payloadAt) return "damaged";
  if (packet.getUint8(9) !== UDP) return "other";
  if ((packet.getUint16(6) & 0x3fff) !== 0) return "fragment"; // MF and the offset. RFC 791 §3.1
  const bytes = bytesOf(packet, 0, 20);
  const ttl = packet.getUint8(8);
  return { source: formatIpv4(bytes, 12), destination: formatIpv4(bytes, 16), ttl, ipSize, payloadAt };
}

function readIpv6(packet: DataView): IpHeader | NoDatagram {
  if (packet.byteLength < 40) return "cut";
  let next = packet.getUint8(6);
  let payloadAt = 40;
  for (let extensions = 0; next !== UDP; extensions++) {
    if (extensions === MOST_EXTENSIONS || !(EXTENSIONS.has(next) || next === FRAGMENT)) return "other";
    if (packet.byteLength < payloadAt + 8) return "cut";
    if (next === FRAGMENT && (packet.getUint16(payloadAt + 2) & 0xfff9) !== 0) return "fragment"; // offset, M flag
    const size = next === FRAGMENT ? 8 : (packet.getUint8(payloadAt + 1) + 1) * 8;
    next = packet.getUint8(payloadAt);
    payloadAt += size;
  }
  const bytes = bytesOf(packet, 0, 40);
  const ipSize = 40 + packet.getUint16(4);
  return { source: formatIpv6(bytes, 8), destination: formatIpv6(bytes, 24), ttl: bytes[7] ?? 0, ipSize, payloadAt };
}

function readUdp(packet: DataView, { payloadAt, ...header }: IpHeader): IpDatagram | NoDatagram {
  if (packet.byteLength < payloadAt + 8) return "cut";
  const size = packet.getUint16(payloadAt + 4);
  if (size < 8 || payloadAt + size > header.ipSize) return "damaged";
  if (payloadAt + size > packet.byteLength) return "cut";
  return {
    ...header,
    sourcePort: packet.getUint16(payloadAt),
    destinationPort: packet.getUint16(payloadAt + 2),
    payload: bytesOf(packet, payloadAt + 8, payloadAt + size),
  };
}

function bytesOf(packet: DataView, start: number, end: number): Uint8Array {
  return new Uint8Array(packet.buffer, packet.byteOffset + start, end - start);
}
