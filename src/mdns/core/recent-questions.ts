import type { Question } from "../wire/question.ts";
import { LIMITS } from "./limits.ts";
import { questionKey } from "./question-key.ts";
import { type Instant, TIMING } from "./timing.ts";

/** When questions that have no series, or none any more, were last sent, as long as that matters. RFC 6762 §5.2 */
export class RecentQuestions {
  readonly #sent = new Map<string, Instant>();

  get size(): number {
    return this.#sent.size;
  }

  remember(question: Question, sent: Instant, now: Instant): void {
    if (isPast(sent, now)) return;
    for (const [key, before] of this.#sent) {
      if (this.#sent.size < LIMITS.recentQuestions && !isPast(before, now)) break;
      this.#sent.delete(key);
    }
    const key = questionKey(question);
    this.#sent.delete(key);
    this.#sent.set(key, sent);
  }

  find(question: Question): Instant | undefined {
    return this.#sent.size === 0 ? undefined : this.#sent.get(questionKey(question));
  }

  /** Forgets it, as whoever asks the question now keeps the time. */
  take(question: Question): Instant | undefined {
    if (this.#sent.size === 0) return undefined;
    const key = questionKey(question);
    const sent = this.#sent.get(key);
    this.#sent.delete(key);
    return sent;
  }
}

function isPast(sent: Instant, now: Instant): boolean {
  return now - sent >= TIMING.queryInterval;
}
