import type { Question } from "../wire/question.ts";
import type { Entry } from "./cache-entry.ts";
import type { Family } from "./datagram.ts";
import type { AskId } from "./output.ts";
import { type QuestionSeries, SATISFIED } from "./question-series.ts";
import type { Instant } from "./timing.ts";

/** One question on the wire, however many ask it. */
export interface ActiveQuestion {
  readonly question: Question;
  asks: readonly Ask[];
  series: QuestionSeries;
  /** What others lately asked of it, by family. RFC 6762 §7.3 */
  heardOn: Partial<Record<Family, HeardQuestion>> | undefined;
  unicastUntil: Instant | undefined;
  lastSent: Instant | undefined;
  /** How often the question that is due next was put off. */
  heldBack: number;
}

/** That somebody else asked a question of ours. */
interface HeardQuestion {
  readonly when: Instant;
  /** Of the known answers that we should not have listed, as `keyHash`: nobody told us these. */
  readonly untold: readonly number[];
}

/** One caller's interest in a question, or the same interest in the name that a CNAME leads to. */
export interface Ask {
  /** Whom answers are reported to. */
  readonly id: AskId;
  readonly active: ActiveQuestion;
  /** The ask whose alias led here. */
  readonly parent: Ask | undefined;
  alias: { readonly entry: Entry; readonly ask: Ask } | undefined;
}

export function activeQuestion(question: Question, lastSent: Instant | undefined): ActiveQuestion {
  return {
    question: question.unicast ? { ...question, unicast: false } : question,
    asks: [],
    series: SATISFIED,
    heardOn: undefined,
    unicastUntil: undefined,
    lastSent,
    heldBack: 0,
  };
}
