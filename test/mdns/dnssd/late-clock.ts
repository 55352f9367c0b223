import type { Clock } from "../../../src/mdns/link/clock.ts";

/** A clock on which everything that is due runs when the test says so. */
export class LateClock implements Clock {
  readonly #waiting = new Map<() => void, number>();
  #now = 0;

  now(): number {
    return this.#now;
  }

  /** Time passes, but no timer fires. */
  pass(ms: number): void {
    this.#now += ms;
  }

  at(when: number, action: () => void): () => void {
    this.#waiting.set(action, when);
    return () => void this.#waiting.delete(action);
  }

  /** The next moment at which the event loop turns. */
  turn(now: number): void {
    this.#now = now;
    for (const [action, when] of [...this.#waiting]) {
      if (when > now) continue;
      this.#waiting.delete(action);
      action();
    }
  }
}
