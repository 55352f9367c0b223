import type { Message } from "./message.ts";
import {
  AUTHENTIC_DATA,
  AUTHORITATIVE,
  CHECKING_DISABLED,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  RESPONSE,
  TRUNCATED,
} from "./message-format.ts";
import { PacketBuffer } from "./packet-buffer.ts";
import type { ResourceRecord } from "./record.ts";
import { WireError } from "./wire-error.ts";
import { writeQuestion, writeRecord } from "./write-message.ts";
import { checkUint16 } from "./write-rdata.ts";

/** How {@link encodeMessage} writes. */
export interface EncodeOptions {
  /**
   * `multicast` compresses names wherever multicast DNS does; `legacy` leaves those in SRV and NSEC whole.
   * @default "multicast"
   * @see RFC 6762 §18.14
   */
  readonly compress?: "multicast" | "legacy";
}

/** Kept from message to message: to allocate it costs as much as to fill it. */
const scratch = new PacketBuffer();
const EMPTY = scratch.mark();

/**
 * Writes a message of any size up to 65,535 bytes. Every field may be left out: flags are clear then (AA follows
 * `response`), numbers 0 and sections empty. `malformed` is not written.
 * @throws {@link WireError} for a field that cannot be written, `ERR_WIRE_SIZE` for a message too large
 * @see RFC 1035 §4.1, RFC 6762 §18
 */
export function encodeMessage(message: Partial<Message>, options: EncodeOptions = {}): Uint8Array {
  const { compress = "multicast" } = options;
  const { questions = [], answers = [], authorities = [], additionals = [] } = message;
  const out = scratch;
  out.rewind(EMPTY);
  out.uint16(checkUint16(message.id ?? 0, "id"));
  out.uint16(flagWord(message));
  for (const section of [questions, answers, authorities, additionals]) {
    out.uint16(checkUint16(section.length, "number of entries in a section"));
  }
  for (const question of questions) writeQuestion(out, question);
  writeSection(out, answers, compress);
  writeSection(out, authorities, compress);
  writeSection(out, additionals, compress);
  if (out.size > 0xffff) throw new WireError("ERR_WIRE_SIZE", `A message has at most 65,535 bytes, not ${out.size}`);
  return out.copy();
}

function writeSection(out: PacketBuffer, records: readonly ResourceRecord[], mode: "multicast" | "legacy"): void {
  for (const record of records) writeRecord(out, record, mode);
}

function flagWord(message: Partial<Message>): number {
  const { response = false, authoritative = response, opcode = 0, rcode = 0 } = message;
  return (
    (response ? RESPONSE : 0) |
    (checkNibble(opcode, "opcode") << 11) |
    (authoritative ? AUTHORITATIVE : 0) |
    (message.truncated ? TRUNCATED : 0) |
    (message.recursionDesired ? RECURSION_DESIRED : 0) |
    (message.recursionAvailable ? RECURSION_AVAILABLE : 0) |
    (message.authenticData ? AUTHENTIC_DATA : 0) |
    (message.checkingDisabled ? CHECKING_DISABLED : 0) |
    checkNibble(rcode, "rcode")
  );
}

function checkNibble(value: number, field: string): number {
  if (Number.isInteger(value) && value >= 0 && value <= 15) return value;
  throw new WireError("ERR_WIRE_FIELD", `${field} must be an integer from 0 to 15, not ${value}`);
}
