import { LIMITS } from "./limits.ts";
import { setLatest } from "./set-latest.ts";
import { type Instant, TIMING } from "./timing.ts";

/** Records given up lately, as long as late copies of our own packets may come round. */
export class FormerRecords {
  readonly #until = new Map<string, Instant>();

  get size(): number {
    return this.#until.size;
  }

  add(recordKey: string, now: Instant): void {
    setLatest(this.#until, recordKey, now + TIMING.formerRecord, LIMITS.formerRecords);
  }

  delete(recordKey: string): void {
    this.#until.delete(recordKey);
  }

  /** Until when a copy may come round; undefined when none may. */
  until(recordKey: string, now: Instant): Instant | undefined {
    if (this.#until.size === 0) return undefined;
    const until = this.#until.get(recordKey);
    return until !== undefined && now < until ? until : undefined;
  }
}
