import { decodeMessage, type Message, type ResourceRecord, WireError } from "../../mdns/wire/index.ts";

export const MDNS_PORT = 5353;
const GROUPS: ReadonlySet<string> = new Set(["224.0.0.251", "ff02::fb"]);

/** What a packet can be for, as far as it shows. */
export const PACKET_KINDS = [
  "query",
  "known answers",
  "probe",
  "response",
  "goodbye",
  "legacy query",
  "legacy reply",
  "unreadable",
] as const;

export type PacketKind = (typeof PACKET_KINDS)[number];

/** A datagram of multicast DNS as it was seen, live or in a capture. */
export interface Sighting {
  /** The time of day in milliseconds, with fractions. */
  readonly at: number | undefined;
  readonly interface: string | undefined;
  readonly source: string;
  readonly sourcePort: number;
  /** `undefined` where only the group can have been meant. */
  readonly destination: string | undefined;
  readonly destinationPort: number;
  /** IP TTL or hop limit; `undefined` where the system does not tell. */
  readonly ttl: number | undefined;
  /** Of the IP packet, in bytes. */
  readonly ipSize: number;
  readonly payload: Uint8Array;
}

/** A sighting with its message, if that can be read. */
export type Packet = Sighting &
  (
    | { readonly kind: "unreadable"; readonly message: undefined; readonly reason: string }
    | { readonly kind: Exclude<PacketKind, "unreadable">; readonly message: Message }
  );

/** A packet whose message could be read. */
export type ReadablePacket = Packet & { readonly message: Message };

export function readPacket(sighting: Sighting): Packet {
  try {
    const message = decodeMessage(sighting.payload);
    return { ...sighting, kind: kindOf(message, sighting), message };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { ...sighting, kind: "unreadable", message: undefined, reason: error.message };
  }
}

/** All records of a message but those that are no data. */
export function recordsOf({ message }: ReadablePacket): readonly ResourceRecord[] {
  return [...message.answers, ...message.authorities, ...message.additionals].filter(({ data }) => data.kind !== "opt");
}

/** Whether it was sent to the group, as far as can be known. */
export function isMulticast({ destination }: Sighting): boolean {
  return destination === undefined || GROUPS.has(destination);
}

/** Conventional DNS, as a resolver that knows nothing of multicast asks and is answered. RFC 6762 §6.7 */
export function isLegacy({ kind }: Packet): boolean {
  return kind === "legacy query" || kind === "legacy reply";
}

function kindOf(message: Message, { sourcePort, destinationPort }: Sighting): Exclude<PacketKind, "unreadable"> {
  const { response, questions, answers, authorities, additionals } = message;
  if (response) {
    if (destinationPort !== MDNS_PORT) return "legacy reply";
    const records = [...answers, ...additionals];
    return answers.length > 0 && records.every(({ ttl }) => ttl === 0) ? "goodbye" : "response";
  }
  if (sourcePort !== MDNS_PORT) return "legacy query";
  if (authorities.length > 0) return "probe";
  return questions.length === 0 ? "known answers" : "query";
}
