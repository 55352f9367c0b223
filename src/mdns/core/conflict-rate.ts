import { COUNTS, type Instant, TIMING } from "./timing.ts";

/** Counts the conflicts of a whole host, over names, links and renames. RFC 6762 §8.1 */
export class ConflictRate {
  readonly #recent: Instant[] = [];

  /** Notes one conflict, a lost tie-break included. */
  note(now: Instant): void {
    this.#recent.push(now);
    if (this.#recent.length > COUNTS.conflicts) this.#recent.shift();
  }

  /** The earliest time at which a further attempt to probe may start. */
  nextAttempt(now: Instant): Instant {
    const first = this.#recent[0];
    const limited =
      this.#recent.length === COUNTS.conflicts && first !== undefined && now - first <= TIMING.conflictWindow;
    return limited ? now + TIMING.conflictPause : now;
  }
}
