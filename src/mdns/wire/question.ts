import type { Name } from "./name.ts";

/**
 * One question.
 * @see RFC 1035 §4.1.2, RFC 6762 §18.12
 */
export interface Question {
  /** The name that is asked for. */
  readonly name: Name;
  /** A number of `TYPE`. */
  readonly type: number;
  /** 15 bits. */
  readonly class: number;
  /** The QU bit: a unicast response is asked for. RFC 6762 §5.4 */
  readonly unicast: boolean;
}
