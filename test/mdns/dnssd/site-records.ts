import { Name } from "../../../src/mdns/wire/name.ts";
import type { RecordData, ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import type { RawPeer } from "../../sim/raw-peer.ts";

export const SITE: string = "Site._http._tcp.local";

function record(name: string, type: number, data: RecordData, ttl = 120): ResourceRecord {
  return { name: Name.parse(name), type, class: CLASS.IN, flush: type !== TYPE.PTR, ttl, data };
}

export const ptr = (instance = SITE, ttl = 4_500): ResourceRecord =>
  record("_http._tcp.local", TYPE.PTR, { kind: "name", target: Name.parse(instance) }, ttl);

/** `ttl` in seconds. */
export const srv = (
  options: { target?: string; port?: number; ttl?: number; priority?: number; name?: string } = {},
): ResourceRecord => {
  const { target = "dev.local", port = 80, ttl = 120, priority = 0, name = SITE } = options;
  return record(name, TYPE.SRV, { kind: "srv", priority, weight: 0, port, target: Name.parse(target) }, ttl);
};

export const txt = (text = "", ttl = 4_500, name = SITE): ResourceRecord =>
  record(name, TYPE.TXT, { kind: "txt", strings: text === "" ? [] : [Buffer.from(text)] }, ttl);

export const a = (address = "10.77.200.1", ttl = 120, name = "dev.local"): ResourceRecord =>
  record(name, TYPE.A, { kind: "address", address }, ttl);

export const nsec = (name: string, ...types: number[]): ResourceRecord =>
  record(name, TYPE.NSEC, { kind: "nsec", next: Name.parse(name), types });

export function respond(
  peer: RawPeer,
  answers: readonly ResourceRecord[],
  additionals: readonly ResourceRecord[] = [],
): void {
  peer.send({ response: true, authoritative: true, answers, additionals });
}
