import { AUTHORITATIVE, HEADER_SIZE, RECURSION_DESIRED, RESPONSE, TRUNCATED } from "./message-format.ts";
import { type Mark, PacketBuffer } from "./packet-buffer.ts";
import type { Question } from "./question.ts";
import type { ResourceRecord } from "./record.ts";
import { WireError } from "./wire-error.ts";
import { type RecordOverrides, writeQuestion, writeRecord } from "./write-message.ts";
import { checkUint16 } from "./write-rdata.ts";

const SECTIONS = ["questions", "answers", "authorities", "additionals"] as const;
const QUESTIONS = 0;
const ANSWERS = 1;
const AUTHORITIES = 2;
const ADDITIONALS = 3;

/** How a {@link MessageWriter} begins. */
export interface MessageWriterOptions {
  /** @default 0 */
  readonly id?: number;
  /** Sets QR and AA. RFC 6762 §18.4 */
  readonly response: boolean;
  /** The TC bit. @default false */
  readonly truncated?: boolean;
  /** The RD bit, which a legacy reply repeats. @default false */
  readonly recursionDesired?: boolean;
  /** Bytes that the message may have. */
  readonly limit: number;
  /** `legacy` leaves the names in SRV and NSEC whole. RFC 6762 §18.14 @default "multicast" */
  readonly mode?: "multicast" | "legacy";
}

/**
 * Packs a message up to a limit: what does not fit is refused and leaves no trace, so the caller can go on in the next
 * message. Sections are filled in their order.
 * @see RFC 6762 §17
 */
export class MessageWriter {
  readonly #out = new PacketBuffer();
  readonly #empty = this.#out.mark();
  /** By section, in the order of {@link SECTIONS}. */
  readonly #counts: [number, number, number, number] = [0, 0, 0, 0];
  #limit = 0;
  #mode: "multicast" | "legacy" = "multicast";
  #section = QUESTIONS;
  #flags = 0;

  /** @throws {@link WireError} `ERR_WIRE_FIELD` for an id or a limit that is no 16-bit integer, or a limit under 12 */
  constructor(options: MessageWriterOptions) {
    this.begin(options);
  }

  /**
   * Drops what was written and begins another message in the same memory, which to allocate costs as much as to fill.
   * @throws {@link WireError} as the constructor
   */
  begin(options: MessageWriterOptions): void {
    const { id = 0, limit, mode = "multicast" } = options;
    if (checkUint16(limit, "limit") < HEADER_SIZE)
      throw new WireError("ERR_WIRE_FIELD", `limit must be at least ${HEADER_SIZE}, not ${limit}`);
    this.#limit = limit;
    this.#mode = mode;
    this.#flags =
      (options.response ? RESPONSE | AUTHORITATIVE : 0) |
      (options.truncated ? TRUNCATED : 0) |
      (options.recursionDesired ? RECURSION_DESIRED : 0);
    this.#out.rewind(this.#empty);
    this.#counts.fill(0);
    this.#section = QUESTIONS;
    this.#out.uint16(checkUint16(id, "id"));
    for (let word = 0; word < 5; word++) this.#out.uint16(0);
  }

  /** Bytes so far. */
  get size(): number {
    return this.#out.size;
  }

  /** What each section holds so far. */
  get counts(): Readonly<Record<(typeof SECTIONS)[number], number>> {
    const [questions, answers, authorities, additionals] = this.#counts;
    return { questions, answers, authorities, additionals };
  }

  /**
   * @returns `false`, with nothing written, when the question does not fit
   * @throws {@link WireError} for a field that cannot be written, with nothing written either
   */
  addQuestion(question: Question): boolean {
    const mark = this.#enter(QUESTIONS);
    try {
      writeQuestion(this.#out, question);
    } catch (error) {
      this.#out.rewind(mark);
      throw error;
    }
    return this.#keep(QUESTIONS, mark);
  }

  /** As {@link addQuestion}, for the answer section; `overrides` replace the record's own TTL and flush bit. */
  addAnswer(record: ResourceRecord, overrides?: RecordOverrides): boolean {
    return this.#addRecord(ANSWERS, record, overrides);
  }

  /** As {@link addAnswer}, for the authority section. */
  addAuthority(record: ResourceRecord, overrides?: RecordOverrides): boolean {
    return this.#addRecord(AUTHORITIES, record, overrides);
  }

  /** As {@link addAnswer}, for the additional section. */
  addAdditional(record: ResourceRecord, overrides?: RecordOverrides): boolean {
    return this.#addRecord(ADDITIONALS, record, overrides);
  }

  /** As {@link addAnswer}, for the additional section and records that go together: all of them or none. */
  addAdditionals(records: readonly ResourceRecord[]): boolean {
    const section = this.#section;
    const mark = this.#enter(ADDITIONALS);
    const before = this.#counts[ADDITIONALS];
    let isWhole = false;
    try {
      isWhole = records.every((record) => this.#addRecord(ADDITIONALS, record, undefined));
    } finally {
      if (!isWhole) {
        this.#out.rewind(mark);
        this.#counts[ADDITIONALS] = before;
        this.#section = section;
      }
    }
    return isWhole;
  }

  /** Sets the TC bit. */
  setTruncated(): void {
    this.#flags |= TRUNCATED;
  }

  /** The message as a copy of its own. */
  finish(): Uint8Array {
    this.#out.patchUint16(2, this.#flags);
    for (const [section, count] of this.#counts.entries()) this.#out.patchUint16(4 + 2 * section, count);
    return this.#out.copy();
  }

  #addRecord(section: number, record: ResourceRecord, overrides: RecordOverrides | undefined): boolean {
    const mark = this.#enter(section);
    try {
      writeRecord(this.#out, record, this.#mode, overrides);
    } catch (error) {
      this.#out.rewind(mark);
      throw error;
    }
    return this.#keep(section, mark);
  }

  #enter(section: number): Mark {
    if (section < this.#section)
      throw new Error(`${SECTIONS[section]} must be written before ${SECTIONS[this.#section]}`);
    return this.#out.mark();
  }

  #keep(section: number, mark: Mark): boolean {
    if (this.#out.size > this.#limit) {
      this.#out.rewind(mark);
      return false;
    }
    this.#section = section;
    this.#counts[section] = (this.#counts[section] as number) + 1;
    return true;
  }
}
