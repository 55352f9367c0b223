import { LIMITS } from "./limits.ts";
import { type Instant, TIMING } from "./timing.ts";

/** When questions that nobody asks any more were last sent, as long as that matters. RFC 6762 §5.2 */
export class RecentQuestions {
  readonly #sent = new Map<string, Instant>();

  get size(): number {
    return this.#sent.size;
  }

  remember(questionKey: string, sent: Instant, now: Instant): void {
    if (isPast(sent, now)) return;
    for (const [key, before] of this.#sent) {
      if (this.#sent.size < LIMITS.recentQuestions && !isPast(before, now)) break;
      this.#sent.delete(key);
    }
    this.#sent.set(questionKey, sent);
  }

  /** Forgets it, as whoever asks the question now keeps the time. */
  take(questionKey: string): Instant | undefined {
    const sent = this.#sent.get(questionKey);
    if (sent !== undefined) this.#sent.delete(questionKey);
    return sent;
  }
}

function isPast(sent: Instant, now: Instant): boolean {
  return now - sent >= TIMING.queryInterval;
}
