import { foldCase, toByteString } from "./byte-string.ts";
import type { Name } from "./name.ts";
import { typeBitmap } from "./nsec.ts";
import { PacketBuffer } from "./packet-buffer.ts";
import type { RecordData, ResourceRecord } from "./record.ts";
import { CLASS } from "./record-class.ts";
import { TxtData } from "./txt-data.ts";
import { opaqueNames, writeRdata } from "./write-rdata.ts";

/** A record with room for its key: that is what every layer above asks for first. */
export class KeyedRecord implements ResourceRecord {
  // Only declared: a field that is defined is written twice, and here are most of all fields of a message.
  declare readonly name: Name;
  declare readonly type: number;
  declare readonly class: number;
  declare readonly flush: boolean;
  declare readonly ttl: number;
  declare readonly data: RecordData;
  readonly #rdata: string | undefined;
  #key: string | undefined;

  /** @param rdata - the rdata as a byte string, if it was at hand and holds no names */
  constructor(
    name: Name,
    type: number,
    klass: number,
    flush: boolean,
    ttl: number,
    data: RecordData,
    rdata: string | undefined,
  ) {
    this.name = name;
    this.type = type;
    this.class = klass;
    this.flush = flush;
    this.ttl = ttl;
    this.data = data;
    this.#rdata = rdata;
  }

  get key(): string {
    this.#key ??= rrsetKey(this) + (this.#rdata ?? foldedRdata(this));
    return this.#key;
  }
}

const rdataOf = new WeakMap<ResourceRecord, Uint8Array>();
const keyOf = new WeakMap<ResourceRecord, string>();
const scratch = new PacketBuffer();
const EMPTY = scratch.mark();

/**
 * The record's rdata as on the wire, names uncompressed and in their case: what tie-breaking compares.
 * Computed once for each record; do not change what is returned.
 * @throws {@link WireError} for data that cannot be written
 * @see RFC 6762 §8.2
 */
export function rdataBytes(record: ResourceRecord): Uint8Array {
  let bytes = rdataOf.get(record);
  if (bytes === undefined) {
    scratch.rewind(EMPTY);
    writeRdata(scratch, record, "none");
    bytes = scratch.copy();
    rdataOf.set(record, bytes);
  }
  return bytes;
}

/** Equal for records of one name (without regard to ASCII case), type and class: an RRset. */
export function rrsetKey(record: ResourceRecord): string {
  const { type, class: klass } = record;
  const usual = klass === CLASS.IN ? INTERNET_ENDINGS[type] : undefined;
  return record.name.key + (usual ?? rrsetEnding(type, klass));
}

function rrsetEnding(type: number, klass: number): string {
  return String.fromCharCode(0, type >> 8, type & 0xff, klass >> 8, klass & 0xff);
}

/** By type; nearly all records that there are. */
const INTERNET_ENDINGS: readonly string[] = Array.from({ length: 256 }, (_, type) => rrsetEnding(type, CLASS.IN));

/**
 * Equal for records that are the same but for TTL and cache-flush bit: name, type, class and rdata, names compared
 * without regard to ASCII case. Computed once for each record.
 * @throws {@link WireError} for data that cannot be written
 * @see RFC 6762 §7.1
 */
export function recordKey(record: ResourceRecord): string {
  if (record instanceof KeyedRecord) return record.key;
  let key = keyOf.get(record);
  if (key === undefined) {
    key = rrsetKey(record) + foldedRdata(record);
    keyOf.set(record, key);
  }
  return key;
}

/** Whether two records are the same but for TTL and cache-flush bit, as {@link recordKey}. */
export function sameRecord(a: ResourceRecord, b: ResourceRecord): boolean {
  return a === b || recordKey(a) === recordKey(b);
}

/** A copy of the record that has the cache-flush bit or not. */
export function withFlush({ name, type, class: klass, ttl, data }: ResourceRecord, flush: boolean): ResourceRecord {
  return new KeyedRecord(name, type, klass, flush, ttl, data, undefined);
}

function foldedRdata(record: ResourceRecord): string {
  const { data } = record;
  switch (data.kind) {
    case "name":
      return `${data.target.key}\0`;
    case "srv":
      return `${twoBytes(data.priority)}${twoBytes(data.weight)}${twoBytes(data.port)}${data.target.key}\0`;
    case "nsec":
      return `${data.next.key}\0${toByteString(typeBitmap(data.types))}`;
    case "opaque":
      return foldNames(toByteString(data.bytes), opaqueNames(record.type, data.bytes));
    case "txt":
      return data instanceof TxtData ? data.rdata : toByteString(rdataBytes(record));
    case "address":
    case "opt":
      return toByteString(rdataBytes(record));
  }
}

function twoBytes(value: number): string {
  return String.fromCharCode(value >> 8, value & 0xff);
}

function foldNames(rdata: string, names: readonly { readonly start: number; readonly end: number }[]): string {
  let folded = "";
  let at = 0;
  for (const { start, end } of names) {
    folded += rdata.slice(at, start) + foldCase(rdata.slice(start, end));
    at = end;
  }
  return folded + rdata.slice(at);
}
