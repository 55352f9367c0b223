import type { PacketBuffer } from "./packet-buffer.ts";
import type { Question } from "./question.ts";
import type { ResourceRecord } from "./record.ts";
import { CLASS_FLAG } from "./record-class.ts";
import { isPseudoType, typeName } from "./record-type.ts";
import { WireError } from "./wire-error.ts";
import { type Compression, checkUint16, writeRdata } from "./write-rdata.ts";

/** What a writer may set otherwise than the record says. */
export interface RecordOverrides {
  /** Seconds. */
  readonly ttl?: number;
  /** The cache-flush bit. RFC 6762 §10.2 */
  readonly flush?: boolean;
}

export function writeQuestion(out: PacketBuffer, question: Question): void {
  checkClass(question.class);
  out.compressedName(question.name);
  out.uint16(checkUint16(question.type, "type"));
  out.uint16(question.unicast ? question.class | CLASS_FLAG : question.class);
}

export function writeRecord(
  out: PacketBuffer,
  record: ResourceRecord,
  compression: Compression,
  overrides?: RecordOverrides,
): void {
  out.compressedName(record.name);
  out.uint16(checkUint16(record.type, "type"));
  out.uint16(classWord(record, overrides?.flush ?? record.flush));
  out.uint32(checkTtl(overrides?.ttl ?? record.ttl));
  const lengthAt = out.size;
  out.uint16(0);
  writeRdata(out, record, compression);
  const length = out.size - lengthAt - 2;
  if (length > 0xffff) {
    throw new WireError(
      "ERR_WIRE_RDATA",
      `Rdata of type ${typeName(record.type)} has ${length} bytes, at most 65,535 fit`,
    );
  }
  out.patchUint16(lengthAt, length);
}

function classWord(record: ResourceRecord, flush: boolean): number {
  if (isPseudoType(record.type)) return checkUint16(record.class, "class");
  checkClass(record.class);
  return flush ? record.class | CLASS_FLAG : record.class;
}

/** RFC 6762 §22: only 15 bits are left for a class. */
function checkClass(value: number): void {
  if (Number.isInteger(value) && value >= 0 && value < CLASS_FLAG) return;
  throw new WireError("ERR_WIRE_FIELD", `class must be an integer from 0 to 32767, not ${value}`);
}

function checkTtl(ttl: number): number {
  if (Number.isInteger(ttl) && ttl >= 0 && ttl <= 0xffffffff) return ttl;
  throw new WireError("ERR_WIRE_FIELD", `ttl must be an integer from 0 to 4294967295 seconds, not ${ttl}`);
}
