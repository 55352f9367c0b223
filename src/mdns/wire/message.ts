import type { Question } from "./question.ts";
import type { ResourceRecord } from "./record.ts";

/**
 * A DNS message with everything in it read.
 * @see RFC 1035 §4.1, RFC 6762 §18
 */
export interface Message {
  /** 0 in multicast DNS, but for legacy unicast. RFC 6762 §18.1 */
  readonly id: number;
  /** The QR bit. */
  readonly response: boolean;
  /** 0, a standard query, in multicast DNS. RFC 6762 §18.3 */
  readonly opcode: number;
  /** The AA bit. */
  readonly authoritative: boolean;
  /** The TC bit. */
  readonly truncated: boolean;
  /** The RD bit. */
  readonly recursionDesired: boolean;
  /** The RA bit. */
  readonly recursionAvailable: boolean;
  /** The AD bit. */
  readonly authenticData: boolean;
  /** The CD bit. */
  readonly checkingDisabled: boolean;
  /** 0, no error, in multicast DNS. RFC 6762 §18.11 */
  readonly rcode: number;
  /** The question section. */
  readonly questions: readonly Question[];
  /** The answer section; the known answers of a query. RFC 6762 §7.1 */
  readonly answers: readonly ResourceRecord[];
  /** The authority section; the proposed records of a probe. RFC 6762 §8.2 */
  readonly authorities: readonly ResourceRecord[];
  /** The additional section. */
  readonly additionals: readonly ResourceRecord[];
  /**
   * How many times something in the sections of records could not be read: a record that was dropped, a TXT record
   * that was cut at a broken string, or (once) the place after which nothing could be found any more.
   */
  readonly malformed: number;
}
