import { LIMITS } from "./limits.ts";
import { type Instant, TIMING } from "./timing.ts";

/**
 * Bounds unicast replies to one source, since the source may be forged to make us flood somebody, and the sources that
 * get any, since each that is not there costs the system an entry of its short neighbour table.
 */
export class ReplyBudget {
  readonly #sources = new Map<string, { since: Instant; replies: number }>();
  #refused = 0;

  get refused(): number {
    return this.#refused;
  }

  /** Sources counted at present. */
  get sources(): number {
    return this.#sources.size;
  }

  /** Whether the source has had all that it gets for now. */
  isSpent(source: string, now: Instant): boolean {
    const known = this.#sources.get(source);
    if (known === undefined || now - known.since >= TIMING.repliesWindow) return false;
    return known.replies >= LIMITS.repliesPerSource;
  }

  /** Takes one reply from the source's budget. */
  take(source: string, now: Instant): boolean {
    const known = this.#sources.get(source);
    if (known === undefined || now - known.since >= TIMING.repliesWindow) {
      this.#sources.delete(source);
      this.#forgetPast(now);
      if (this.#sources.size >= LIMITS.replySources) return this.#refuse();
      this.#sources.set(source, { since: now, replies: 1 });
      return true;
    }
    if (known.replies >= LIMITS.repliesPerSource) return this.#refuse();
    known.replies++;
    return true;
  }

  #refuse(): false {
    this.#refused++;
    return false;
  }

  /** Oldest first, as they were added. */
  #forgetPast(now: Instant): void {
    for (const [source, { since }] of this.#sources) {
      if (now - since < TIMING.repliesWindow) return;
      this.#sources.delete(source);
    }
  }
}
