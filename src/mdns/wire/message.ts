import type { Question } from "./question.ts";
import type { ResourceRecord } from "./record.ts";

/**
 * A DNS message with everything in it read.
 * @see RFC 1035 §4.1, RFC 6762 §18
 */
export interface Message {
  readonly id: number;
  /** The QR bit. */
  readonly response: boolean;
  readonly opcode: number;
  /** The AA bit. */
  readonly authoritative: boolean;
  /** The TC bit. */
  readonly truncated: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  readonly authenticData: boolean;
  readonly checkingDisabled: boolean;
  readonly rcode: number;
  readonly questions: readonly Question[];
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  readonly additionals: readonly ResourceRecord[];
  /**
   * How many times something in the sections of records could not be read: a record that was dropped, a TXT record
   * that was cut at a broken string, or (once) the place after which nothing could be found any more.
   */
  readonly malformed: number;
}
