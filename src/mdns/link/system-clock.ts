import type { Instant } from "../core/timing.ts";
import type { Clock } from "./clock.ts";

const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** The real clock. Whatever waits on it keeps the process running, unless it is told not to. */
export class SystemClock implements Clock {
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #performance: typeof performance = performance; // the global is a getter, dearer than what it gets
  #keepAlive = true;

  now(): Instant {
    return this.#performance.now();
  }

  at(when: Instant, action: () => void): () => void {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const wait = Math.min(Math.max(Math.ceil(when - this.now()), 0), LONGEST_TIMEOUT);
      timer = setTimeout(fire, wait);
      if (!this.#keepAlive) timer.unref();
      this.#timers.add(timer);
    };
    const fire = (): void => {
      this.#timers.delete(timer);
      // Node fires up to a millisecond early, and a wait may be longer than one timer can be.
      if (this.now() < when) arm();
      else action();
    };
    arm();
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  /** Runs `action` every `period` milliseconds; returns a function that ends that. */
  every(period: number, action: () => void): () => void {
    const timer = setInterval(action, period);
    if (!this.#keepAlive) timer.unref();
    this.#timers.add(timer);
    return () => {
      clearInterval(timer);
      this.#timers.delete(timer);
    };
  }

  setKeepAlive(keepAlive: boolean): void {
    this.#keepAlive = keepAlive;
    for (const timer of this.#timers) {
      if (keepAlive) timer.ref();
      else timer.unref();
    }
  }
}
