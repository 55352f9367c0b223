/** What a packet is, as far as its header tells. A query that proposes records is a probe (RFC 6762 §8.2). */
export type PacketKind = "query" | "probe" | "response";

/** Numbers of packets by kind. */
export type PacketCounters = Record<PacketKind, number>;

const RESPONSE = 0x80;
const TRUNCATED = 0x02;

export function packetKind(bytes: Uint8Array): PacketKind {
  if (((bytes[2] ?? 0) & RESPONSE) !== 0) return "response";
  const authorities = (bytes[8] ?? 0) | (bytes[9] ?? 0);
  return authorities > 0 ? "probe" : "query";
}

/** A query whose known answers go on in another packet. RFC 6762 §7.2 */
export function isTruncatedQuery(bytes: Uint8Array): boolean {
  return ((bytes[2] ?? 0) & (RESPONSE | TRUNCATED)) === TRUNCATED;
}

export function zeroPackets(): PacketCounters {
  return { query: 0, probe: 0, response: 0 };
}
