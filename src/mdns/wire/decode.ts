import type { Message } from "./message.ts";
import {
  AUTHENTIC_DATA,
  AUTHORITATIVE,
  CHECKING_DISABLED,
  flagsOf,
  HEADER_SIZE,
  OPCODE,
  QUESTION_FIELDS,
  RCODE,
  RECORD_FIELDS,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  RESPONSE,
  TRUNCATED,
  uint16,
} from "./message-format.ts";
import { NameReader } from "./name-reader.ts";
import { PacketText } from "./packet-text.ts";
import type { Question } from "./question.ts";
import { type RdataSource, readRdata } from "./read-rdata.ts";
import type { ResourceRecord } from "./record.ts";
import { CLASS_FLAG } from "./record-class.ts";
import { KeyedRecord } from "./record-key.ts";
import { isPseudoType, TYPE } from "./record-type.ts";
import { TxtData } from "./txt-data.ts";
import { WireError } from "./wire-error.ts";

/**
 * Reads a whole message. What it returns shares no memory with `bytes`.
 *
 * A record that is not laid out as its type demands is left out and counted in {@link Message.malformed}; where a
 * record cannot even be stepped over, reading ends, and what came before stays.
 *
 * @throws {@link WireError} `ERR_WIRE_HEADER` for fewer than 12 bytes, `ERR_WIRE_QUESTION` for a broken question
 * section; nothing else, whatever the bytes
 * @see RFC 1035 §4.1, RFC 6762 §18
 */
export function decodeMessage(bytes: Uint8Array): Message {
  if (bytes.length < HEADER_SIZE) {
    throw new WireError("ERR_WIRE_HEADER", `A message has at least ${HEADER_SIZE} bytes, not ${bytes.length}`);
  }
  const walk = new MessageWalk(bytes);
  const flags = flagsOf(bytes);
  const questions = walk.readQuestions(uint16(bytes, 4));
  const answers = walk.readRecords(uint16(bytes, 6));
  const authorities = walk.readRecords(uint16(bytes, 8));
  const additionals = walk.readRecords(uint16(bytes, 10));
  return {
    id: uint16(bytes, 0),
    response: (flags & RESPONSE) !== 0,
    opcode: (flags & OPCODE) >> 11,
    authoritative: (flags & AUTHORITATIVE) !== 0,
    truncated: (flags & TRUNCATED) !== 0,
    recursionDesired: (flags & RECURSION_DESIRED) !== 0,
    recursionAvailable: (flags & RECURSION_AVAILABLE) !== 0,
    authenticData: (flags & AUTHENTIC_DATA) !== 0,
    checkingDisabled: (flags & CHECKING_DISABLED) !== 0,
    rcode: flags & RCODE,
    questions,
    answers,
    authorities,
    additionals,
    malformed: walk.malformed,
  };
}

/** One pass over a message, from its questions to its end. */
class MessageWalk implements RdataSource {
  readonly bytes: Uint8Array;
  readonly text: PacketText;
  readonly names: NameReader;
  malformed = 0;
  #at = HEADER_SIZE;
  #lost = false;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.text = new PacketText(bytes);
    this.names = new NameReader(bytes, this.text);
  }

  readQuestions(count: number): Question[] {
    const { bytes } = this;
    const questions: Question[] = [];
    for (let left = count; left > 0; left--) {
      const name = this.names.read(this.#at);
      const end = this.names.end + QUESTION_FIELDS;
      if (name === undefined || end > bytes.length) {
        const message = `Question ${questions.length + 1} of ${count} is malformed or cut off`;
        throw new WireError("ERR_WIRE_QUESTION", message, { offset: this.#at });
      }
      const word = uint16(bytes, end - 2);
      const unicast = (word & CLASS_FLAG) !== 0;
      questions.push({ name, type: uint16(bytes, end - 4), class: word & ~CLASS_FLAG, unicast });
      this.#at = end;
    }
    return questions;
  }

  readRecords(count: number): ResourceRecord[] {
    const records: ResourceRecord[] = [];
    for (let left = count; left > 0 && !this.#lost; left--) {
      const record = this.#readRecord();
      if (record === undefined) this.malformed += 1;
      else records.push(record);
    }
    return records;
  }

  #readRecord(): ResourceRecord | undefined {
    const { bytes } = this;
    const name = this.names.read(this.#at);
    const start = this.names.end + RECORD_FIELDS;
    const end = this.names.end < 0 || start > bytes.length ? -1 : start + uint16(bytes, start - 2);
    if (end < 0 || end > bytes.length) {
      this.#lost = true;
      return undefined;
    }
    this.#at = end;
    if (name === undefined) return undefined;
    const type = uint16(bytes, start - 10);
    const data = readRdata(this, type, start, end);
    if (data === undefined) return undefined;
    if (data instanceof TxtData && data.size < end - start) this.malformed += 1;
    const word = uint16(bytes, start - 8);
    const pseudo = isPseudoType(type);
    return new KeyedRecord(
      name,
      type,
      pseudo ? word : word & ~CLASS_FLAG,
      !pseudo && (word & CLASS_FLAG) !== 0,
      uint16(bytes, start - 6) * 0x10000 + uint16(bytes, start - 4),
      data,
      type === TYPE.A || type === TYPE.AAAA ? this.text.slice(start, end) : undefined,
    );
  }
}
