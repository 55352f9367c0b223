import { encodeMessage, WireError } from "../../../mdns/wire/index.ts";
import { isLegacy, type ReadablePacket } from "../packet.ts";
import type { Rule } from "./rule.ts";

const ZERO_BITS = [
  ["RA", 0x80],
  ["Z", 0x40],
  ["AD", 0x20],
  ["CD", 0x10],
] as const;

/** The header, and the message as a whole. */
export const HEADER_RULES: readonly Rule[] = [
  {
    section: "RFC 1035 §4.1",
    level: "must",
    title: "part of the message cannot be read",
    check: ({ message: { malformed } }) => (malformed === 0 ? undefined : `${malformed} records or strings`),
  },
  {
    section: "RFC 6762 §18.1",
    level: "should",
    title: "a query with an ID that is not 0",
    check: (packet) => (isOurs(packet, "query") ? idUnlessZero(packet) : undefined),
  },
  {
    section: "RFC 6762 §18.1",
    level: "must",
    title: "a response with an ID that is not 0",
    check: (packet) => (isOurs(packet, "response") ? idUnlessZero(packet) : undefined),
  },
  {
    section: "RFC 6762 §18.3",
    level: "must",
    title: "an opcode that is not 0",
    check: ({ message: { opcode } }) => (opcode === 0 ? undefined : `opcode ${opcode}`),
  },
  {
    section: "RFC 6762 §18.4",
    level: "must",
    title: "the wrong AA bit",
    check: ({ message: { response, authoritative } }) => {
      if (response === authoritative) return undefined;
      return response ? "clear in a response" : "set in a query";
    },
  },
  {
    section: "RFC 6762 §18.5",
    level: "must",
    title: "a response with the TC bit",
    check: (packet) => (isOurs(packet, "response") && packet.message.truncated ? sizeOf(packet) : undefined),
  },
  {
    section: "RFC 6762 §18.6",
    level: "should",
    title: "the RD bit set",
    check: (packet) => (!isLegacy(packet) && packet.message.recursionDesired ? packet.kind : undefined),
  },
  {
    section: "RFC 6762 §18.7-18.10",
    level: "must",
    title: "header bits set that are always 0",
    check: (packet) => {
      const word = packet.payload[3] ?? 0;
      const set = ZERO_BITS.filter(([, bit]) => (word & bit) !== 0).map(([name]) => name);
      return isLegacy(packet) || set.length === 0 ? undefined : set.join(", ");
    },
  },
  {
    section: "RFC 6762 §18.11",
    level: "must",
    title: "a response code that is not 0",
    check: ({ message: { rcode } }) => (rcode === 0 ? undefined : `rcode ${rcode}`),
  },
  {
    section: "RFC 6762 §18.14",
    level: "should",
    title: "names that are not compressed",
    check: (packet) => {
      const saved = packet.payload.length - compressedSize(packet);
      return saved > 0 ? `${saved} of ${packet.payload.length} bytes could be saved` : undefined;
    },
  },
];

function isOurs(packet: ReadablePacket, direction: "query" | "response"): boolean {
  return !isLegacy(packet) && packet.message.response === (direction === "response");
}

function idUnlessZero({ message: { id } }: ReadablePacket): string | undefined {
  return id === 0 ? undefined : `ID ${id}`;
}

function sizeOf({ payload }: ReadablePacket): string {
  return `${payload.length} bytes`;
}

/** Of the message as this project writes it; its own size if not all of it could be read. */
function compressedSize(packet: ReadablePacket): number {
  const { message, payload } = packet;
  if (message.malformed > 0) return payload.length;
  try {
    return encodeMessage(message, { compress: isLegacy(packet) ? "legacy" : "multicast" }).length;
  } catch (error) {
    if (error instanceof WireError) return payload.length; // larger than a message can be
    throw error;
  }
}
