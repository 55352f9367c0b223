/** What a packet is, as far as its header tells. A query that proposes records is a probe (RFC 6762 §8.2). */
export type PacketKind = "query" | "probe" | "response";

/** Numbers of packets by kind. */
export type PacketCounters = Record<PacketKind, number>;

const RESPONSE = 0x80;

export function packetKind(bytes: Uint8Array): PacketKind {
  if (((bytes[2] ?? 0) & RESPONSE) !== 0) return "response";
  const authorities = (bytes[8] ?? 0) | (bytes[9] ?? 0);
  return authorities > 0 ? "probe" : "query";
}

export function zeroPackets(): PacketCounters {
  return { query: 0, probe: 0, response: 0 };
}
