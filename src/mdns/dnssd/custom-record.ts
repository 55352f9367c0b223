import { CoreError } from "../core/core-error.ts";
import { LIMITS } from "../core/limits.ts";
import type { Ownership, OwnRecord } from "../core/own-record.ts";
import { checkPublishable } from "../core/publishable.ts";
import { TTL } from "../core/timing.ts";
import { isReverseName } from "../core/unique-by-nature.ts";
import { decodeMessage } from "../wire/decode.ts";
import { encodeMessage } from "../wire/encode.ts";
import type { Name } from "../wire/name.ts";
import type { RecordData, ResourceRecord } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { TYPE } from "../wire/record-type.ts";
import { argumentError } from "./argument-error.ts";
import { MdnsError } from "./mdns-error.ts";
import { multicastName, recordType } from "./multicast-name.ts";

/** A record of any type to publish. */
export interface CustomRecord {
  /** In `.local` or a reverse-mapping name, with dots and backslashes in labels escaped. */
  readonly name: string;
  /** As in `"CNAME"`, `"TYPE65280"` or a number. */
  readonly type: string | number;
  /** Laid out as the type asks for, or its bytes. */
  readonly data: RecordData | Uint8Array;
  /** Seconds. @default 120 for a record that names a host (A, AAAA, HINFO, SRV, CNAME, reverse PTR), else 4500 */
  readonly ttl?: number | undefined;
  /**
   * `"unique"` is probed for first, all such in one call under one name; `"known-unique"` is not; `"shared"` is for
   * records that others may have too. @default "unique"
   */
  readonly ownership?: Ownership | undefined;
}

const NAMING_HOSTS: readonly number[] = [TYPE.A, TYPE.AAAA, TYPE.HINFO, TYPE.SRV, TYPE.CNAME];
const OWNERSHIPS: readonly unknown[] = ["unique", "known-unique", "shared"];

/** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
export function customRecords(records: unknown): readonly OwnRecord[] {
  if (!Array.isArray(records) || records.length === 0) throw argumentError("records", "a list of records", records);
  const own = records.map((record: CustomRecord) => customRecord(record));
  try {
    checkPublishable(own, LIMITS.payloadIpv6);
  } catch (cause) {
    if (!(cause instanceof CoreError)) throw cause;
    throw new MdnsError("ERR_MDNS_ARGUMENT", `records must be fit to publish: ${cause.message}`, { cause });
  }
  return own;
}

function customRecord(input: CustomRecord): OwnRecord {
  if (typeof input !== "object" || input === null) throw argumentError("records", "made of records", input);
  const { type, data, ownership = "unique" } = input;
  const [name, typeNumber] = [multicastName(input.name), recordType(type)];
  const { ttl = usualTtl(name, typeNumber) } = input;
  if (!Number.isInteger(ttl) || ttl < 1 || ttl > 0x7fffffff) throw argumentError("ttl", "1 to 2147483647 seconds", ttl);
  if (!OWNERSHIPS.includes(ownership))
    throw argumentError("ownership", '"unique", "known-unique" or "shared"', ownership);
  const record: ResourceRecord = {
    name,
    type: typeNumber,
    class: CLASS.IN,
    flush: ownership !== "shared",
    ttl,
    data: data instanceof Uint8Array ? { kind: "opaque", bytes: Uint8Array.from(data) } : data,
  };
  try {
    requireReadable(record);
  } catch (error) {
    throw argumentError("data", `data of a ${type} record`, data, error);
  }
  return { record, ownership };
}

/** Whoever hears a record that is not laid out as its type demands leaves it out, or the whole packet. RFC 1035 §3.3 */
function requireReadable(record: ResourceRecord): void {
  const { data } = record;
  const parts: readonly unknown[] = data.kind === "txt" ? data.strings : data.kind === "opaque" ? [data.bytes] : [];
  if (!parts.every((part) => part instanceof Uint8Array)) throw new TypeError("what is kept as bytes is a Uint8Array");
  const [read] = decodeMessage(encodeMessage({ answers: [record] })).answers;
  if (read === undefined) throw new TypeError("it cannot be read as its type");
  if (data.kind !== "opaque" && data.kind !== read.data.kind)
    throw new TypeError(`its type is read as ${read.data.kind}`);
}

/** RFC 6762 §10 */
function usualTtl(name: Name, type: number): number {
  const namesHost = NAMING_HOSTS.includes(type) || (type === TYPE.PTR && isReverseName(name));
  return namesHost ? TTL.host : TTL.other;
}
