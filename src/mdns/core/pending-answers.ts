import { sooner, type Window } from "./answer-window.ts";
import type { Instant } from "./timing.ts";

/** Answers that wait to be sent together; `T` is compared by identity. RFC 6762 §6, §6.4 */
export class PendingAnswers<T> {
  readonly #windows = new Map<T, Window>();
  /** Undefined when it has to be looked for. */
  #next: Instant | undefined;

  get size(): number {
    return this.#windows.size;
  }

  /** When the next packet is due. */
  get next(): Instant | undefined {
    if (this.#windows.size > 0) this.#next ??= this.#earliestDue();
    return this.#next;
  }

  /**
   * Adds answers to one query. An answer that waits already keeps the earlier time. Where an earlier answer's window
   * allows it, it waits for the new ones, so that one packet takes all.
   */
  add(answers: Iterable<readonly [T, Window]>): void {
    let wait = Number.NEGATIVE_INFINITY;
    for (const [answer, window] of answers) {
      const known = this.#windows.get(answer);
      this.#windows.set(answer, known === undefined ? window : sooner(known, window));
      wait = Math.max(wait, window.earliest);
    }
    for (const [answer, window] of this.#windows) {
      if (window.due < wait && window.latest >= wait) this.#windows.set(answer, { ...window, due: wait });
    }
    this.#next = undefined;
  }

  /** @returns whether it waited */
  delete(answer: T): boolean {
    const window = this.#windows.get(answer);
    if (window === undefined) return false;
    if (window.due === this.#next) this.#next = undefined;
    return this.#windows.delete(answer);
  }

  clear(): void {
    this.#windows.clear();
    this.#next = undefined;
  }

  /** Takes out all that may go now, if anything is due. */
  take(now: Instant): T[] {
    const { next } = this;
    if (next === undefined || next > now) return [];
    const taken: T[] = [];
    for (const [answer, { earliest }] of this.#windows) if (earliest <= now) taken.push(answer);
    for (const answer of taken) this.#windows.delete(answer);
    this.#next = undefined;
    return taken;
  }

  #earliestDue(): Instant {
    let next = Number.POSITIVE_INFINITY;
    for (const { due } of this.#windows.values()) next = Math.min(next, due);
    return next;
  }
}
