import { LIMITS } from "./limits.ts";
import { type Instant, TIMING } from "./timing.ts";

/** Bounds unicast replies to one source, since the source may be forged to make us flood somebody. */
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

  /** Takes one reply from the source's budget. */
  take(source: string, now: Instant): boolean {
    const known = this.#sources.get(source);
    if (known === undefined || now - known.since >= TIMING.repliesWindow) {
      this.#sources.delete(source);
      if (this.#sources.size >= LIMITS.replySources) this.#forgetOldest();
      this.#sources.set(source, { since: now, replies: 1 });
      return true;
    }
    if (known.replies >= LIMITS.repliesPerSource) {
      this.#refused++;
      return false;
    }
    known.replies++;
    return true;
  }

  #forgetOldest(): void {
    const oldest = this.#sources.keys().next();
    if (!oldest.done) this.#sources.delete(oldest.value);
  }
}
