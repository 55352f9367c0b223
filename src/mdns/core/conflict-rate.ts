import { COUNTS, type Instant, TIMING } from "./timing.ts";

/** Counts the conflicts of a whole host, over names, links and renames. RFC 6762 §8.1 */
export class ConflictRate {
  readonly #recent: Instant[] = [];
  #total = 0;
  #limited = false;
  /** The last attempt that was given a time. */
  #granted: Instant = Number.NEGATIVE_INFINITY;

  /** How many there were so far. */
  get total(): number {
    return this.#total;
  }

  /** The time given to the last attempt that was held back; before any there was, negative infinity. */
  get lastGranted(): Instant {
    return this.#granted;
  }

  /** Notes one conflict, a lost tie-break included. */
  note(now: Instant): void {
    this.#total++;
    this.#calmDown(now);
    this.#recent.push(now);
    if (this.#recent.length > COUNTS.conflicts) this.#recent.shift();
    const oldest = this.#recent[0] ?? now;
    if (this.#recent.length === COUNTS.conflicts && now - oldest <= TIMING.conflictWindow) this.#limited = true;
  }

  /**
   * The earliest time at which a further attempt to probe may start. Limited, until there was no conflict for a while,
   * each call is given a time of its own, so that the attempts of all names and links keep the distance.
   */
  nextAttempt(now: Instant): Instant {
    this.#calmDown(now);
    if (!this.#limited) return now;
    this.#granted = Math.max(now, this.#granted) + TIMING.conflictPause;
    return this.#granted;
  }

  #calmDown(now: Instant): void {
    const last = this.#recent.at(-1);
    if (last !== undefined && now - last > TIMING.conflictWindow) this.#limited = false;
  }
}
