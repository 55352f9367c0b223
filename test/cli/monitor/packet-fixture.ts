import { type Packet, type ReadablePacket, readPacket, type Sighting } from "../../../src/cli/monitor/packet.ts";
import {
  encodeMessage,
  type Message,
  Name,
  type Question,
  type RecordData,
  type ResourceRecord,
  TYPE,
} from "../../../src/mdns/wire/index.ts";

/** A packet of 10.77.1.2 to the group, as seen on e0. */
export function packetOf(payload: Uint8Array, seen: Partial<Sighting> = {}): Packet {
  return readPacket({
    at: 0,
    interface: "e0",
    source: "10.77.1.2",
    sourcePort: 5353,
    destination: "224.0.0.251",
    destinationPort: 5353,
    ttl: 255,
    ipSize: payload.length + 28,
    payload,
    ...seen,
  });
}

export function packet(message: Partial<Message>, seen: Partial<Sighting> = {}): ReadablePacket {
  const compress = seen.destinationPort === undefined ? "multicast" : "legacy";
  const made = packetOf(encodeMessage(message, { compress }), seen);
  if (made.message === undefined) throw new Error(made.reason);
  return made;
}

export function question(name: string, type: number = TYPE.PTR, unicast = false): Question {
  return { name: Name.parse(name), type, class: 1, unicast };
}

/** Of class IN; flush bit and TTL as the RFC has them unless said otherwise. */
export function record(
  name: string,
  type: number,
  data: RecordData,
  { ttl = type === TYPE.PTR || type === TYPE.TXT ? 4_500 : 120, flush = type !== TYPE.PTR } = {},
): ResourceRecord {
  return { name: Name.parse(name), type, class: 1, flush, ttl, data };
}

type Changes = { readonly ttl?: number; readonly flush?: boolean };

export function a(name: string, address = "10.77.1.2", changes: Changes = {}): ResourceRecord {
  return record(name, TYPE.A, { kind: "address", address }, changes);
}

export function ptr(name: string, target: string, changes: Changes = {}): ResourceRecord {
  return record(name, TYPE.PTR, { kind: "name", target: Name.parse(target) }, changes);
}

export function srv(name: string, target: string, changes: Changes = {}): ResourceRecord {
  return record(
    name,
    TYPE.SRV,
    { kind: "srv", priority: 0, weight: 0, port: 631, target: Name.parse(target) },
    changes,
  );
}

export function txt(name: string, strings: readonly string[], changes: Changes = {}): ResourceRecord {
  return record(name, TYPE.TXT, { kind: "txt", strings: strings.map((text) => Buffer.from(text, "latin1")) }, changes);
}

export function nsec(name: string, types: readonly number[], next = name): ResourceRecord {
  return record(name, TYPE.NSEC, { kind: "nsec", next: Name.parse(next), types });
}
