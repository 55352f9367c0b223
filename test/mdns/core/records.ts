import type { Ownership, OwnRecord } from "../../../src/mdns/core/own-record.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { RecordData, ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { rdataBytes } from "../../../src/mdns/wire/record-key.ts";
import { TYPE, typeName } from "../../../src/mdns/wire/record-type.ts";

export type NameText = string | Name;

/** What a record may be given beside its data. */
export interface RecordOptions {
  readonly ttl?: number;
  readonly flush?: boolean;
  readonly class?: number;
}

function nameOf(text: NameText): Name {
  return typeof text === "string" ? Name.parse(text) : text;
}

export function record(name: NameText, type: number, data: RecordData, options: RecordOptions = {}): ResourceRecord {
  const ttl = options.ttl ?? (type === TYPE.PTR || type === TYPE.TXT ? 4_500 : 120);
  return { name: nameOf(name), type, class: options.class ?? 1, flush: options.flush ?? false, ttl, data };
}

export function a(name: NameText, address: string, options?: RecordOptions): ResourceRecord {
  return record(name, TYPE.A, { kind: "address", address }, options);
}

export function aaaa(name: NameText, address: string, options?: RecordOptions): ResourceRecord {
  return record(name, TYPE.AAAA, { kind: "address", address }, options);
}

export function ptr(name: NameText, target: NameText, options?: RecordOptions): ResourceRecord {
  return record(name, TYPE.PTR, { kind: "name", target: nameOf(target) }, options);
}

export function cname(name: NameText, target: NameText, options?: RecordOptions): ResourceRecord {
  return record(name, TYPE.CNAME, { kind: "name", target: nameOf(target) }, options);
}

export function srv(name: NameText, target: NameText, port: number, options?: RecordOptions): ResourceRecord {
  return record(name, TYPE.SRV, { kind: "srv", priority: 0, weight: 0, port, target: nameOf(target) }, options);
}

export function txt(name: NameText, strings: readonly string[], options?: RecordOptions): ResourceRecord {
  const bytes = strings.map((text) => new TextEncoder().encode(text));
  return record(name, TYPE.TXT, { kind: "txt", strings: bytes }, options);
}

export function nsec(name: NameText, types: readonly number[], options?: RecordOptions): ResourceRecord {
  return record(name, TYPE.NSEC, { kind: "nsec", next: nameOf(name), types }, options);
}

export function opaque(
  name: NameText,
  type: number,
  bytes: readonly number[],
  options?: RecordOptions,
): ResourceRecord {
  return record(name, type, { kind: "opaque", bytes: Uint8Array.from(bytes) }, options);
}

export function question(name: NameText, type: number, { unicast = false, klass = 1 } = {}): Question {
  return { name: nameOf(name), type, class: klass, unicast };
}

/** The same question as a QU one. RFC 6762 §5.4 */
export function qu(name: NameText, type: number): Question {
  return question(name, type, { unicast: true });
}

export function own(ownership: Ownership, ...records: readonly ResourceRecord[]): OwnRecord[] {
  return records.map((entry) => ({ record: entry, ownership }));
}

/** Type, name and data in one line, without class, TTL and flush bit. */
export function brief({ name, type, data, ...rest }: ResourceRecord): string {
  const head = `${typeName(type)} ${name}`;
  switch (data.kind) {
    case "address":
      return `${head} ${data.address}`;
    case "name":
      return `${head} ${data.target}`;
    case "srv":
      return `${head} ${data.target}:${data.port}`;
    case "txt":
      return [head, ...data.strings.map((string) => new TextDecoder().decode(string))].join(" ");
    case "nsec":
      return `${head} ${data.types.map(typeName).join("+")}`;
    case "opt":
    case "opaque":
      return `${head} ${Buffer.from(rdataBytes({ name, type, data, ...rest })).toString("hex")}`;
  }
}
