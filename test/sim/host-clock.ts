import type { Instant } from "../../src/mdns/core/timing.ts";
import type { Clock } from "../../src/mdns/link/clock.ts";
import type { SimClock } from "./sim-clock.ts";

interface Timer {
  readonly when: Instant;
  readonly action: () => void;
  cancel: () => void;
}

/**
 * The clock of one host. It stands still while the host sleeps; when the host wakes, the time asleep is either missing
 * from it (as from a monotonic clock of Linux) or there all at once (as on other systems).
 */
export class HostClock implements Clock {
  readonly #base: SimClock;
  readonly #timers = new Set<Timer>();
  #behind = 0;
  /** The time for which the last timer was set: rounding must not let it seem that it fired too early. */
  #reached: Instant = Number.NEGATIVE_INFINITY;
  #asleepSince: Instant | undefined;

  constructor(base: SimClock) {
    this.#base = base;
  }

  now(): Instant {
    return Math.max((this.#asleepSince ?? this.#base.now()) - this.#behind, this.#reached);
  }

  get asleep(): boolean {
    return this.#asleepSince !== undefined;
  }

  at(when: Instant, action: () => void): () => void {
    const timer: Timer = { when, action, cancel: () => {} };
    this.#timers.add(timer);
    if (!this.asleep) this.#arm(timer);
    return () => {
      timer.cancel();
      this.#timers.delete(timer);
    };
  }

  sleep(): void {
    if (this.asleep) return;
    this.#asleepSince = this.#base.now();
    for (const timer of this.#timers) timer.cancel();
  }

  wake(options: { readonly sleepCounts: boolean }): void {
    if (this.#asleepSince === undefined) return;
    if (!options.sleepCounts) this.#behind += this.#base.now() - this.#asleepSince;
    this.#asleepSince = undefined;
    for (const timer of this.#timers) this.#arm(timer);
  }

  /** Forgets every timer: the process is gone. */
  stop(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  #arm(timer: Timer): void {
    timer.cancel = this.#base.at(timer.when + this.#behind, () => {
      this.#timers.delete(timer);
      this.#reached = Math.max(this.#reached, timer.when);
      timer.action();
    });
  }
}
