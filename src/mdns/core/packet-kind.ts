import { flagsOf, RESPONSE, TRUNCATED, uint16 } from "../wire/message-format.ts";

/** What a packet is, as far as its header tells. A query that proposes records is a probe (RFC 6762 §8.2). */
export type PacketKind = "query" | "probe" | "response";

/** Numbers of packets by kind. */
export type PacketCounters = Record<PacketKind, number>;

const AUTHORITIES = 8; // where their number stands

/** @param bytes - with a whole header */
export function packetKind(bytes: Uint8Array): PacketKind {
  if ((flagsOf(bytes) & RESPONSE) !== 0) return "response";
  return uint16(bytes, AUTHORITIES) > 0 ? "probe" : "query";
}

/** A query whose known answers go on in another packet. RFC 6762 §7.2 @param bytes - with a whole header */
export function isTruncatedQuery(bytes: Uint8Array): boolean {
  return (flagsOf(bytes) & (RESPONSE | TRUNCATED)) === TRUNCATED;
}

export function zeroPackets(): PacketCounters {
  return { query: 0, probe: 0, response: 0 };
}
