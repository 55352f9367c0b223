import type { Instant } from "../../src/mdns/core/timing.ts";
import type { Clock } from "../../src/mdns/link/clock.ts";
import { EventQueue } from "./event-queue.ts";

/** Virtual time in milliseconds from 0. Events at one time happen in the order in which they were arranged. */
export class SimClock implements Clock {
  readonly #queue = new EventQueue();
  #now: Instant = 0;

  now(): Instant {
    return this.#now;
  }

  at(when: Instant, action: () => void): () => void {
    const event = this.#queue.insert(Math.max(when, this.#now), action);
    return () => this.#queue.remove(event);
  }

  /** When the next event is due. */
  get next(): Instant | undefined {
    return this.#queue.first?.when;
  }

  /** Events arranged and not cancelled. */
  get pending(): number {
    return this.#queue.size;
  }

  /** Moves to the next event and lets it happen, if there is one no later than `until`; else moves to `until`. */
  step(until: Instant = Number.POSITIVE_INFINITY): boolean {
    const event = this.#queue.first;
    if (event === undefined || event.when > until) {
      if (Number.isFinite(until)) this.#now = Math.max(this.#now, until);
      return false;
    }
    this.#queue.remove(event);
    this.#now = event.when;
    event.action();
    return true;
  }

  /** Lets everything happen that is due within `duration`, in ms. */
  run(duration: number): void {
    const until = this.#now + duration;
    while (this.step(until));
  }
}
