import type { Clock } from "./clock.ts";
import { type ClockReading, slept } from "./clock-jump.ts";

const PERIOD = 1_000;

export interface InterfaceMonitorOptions {
  readonly clock: Clock;
  /** The time of day in milliseconds. */
  readonly wallClock: () => number;
  /** Called once a period, never twice at a time; must not reject. */
  readonly look: (news: { readonly woke: boolean }) => Promise<void>;
}

/** Looks at the interfaces once a second, as nothing in Node tells of their changes, and notices that the machine slept. */
export class InterfaceMonitor {
  readonly #options: InterfaceMonitorOptions;
  #last: ClockReading;
  #cancel: (() => void) | undefined;
  #closed = false;

  constructor(options: InterfaceMonitorOptions) {
    this.#options = options;
    this.#last = this.#read();
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  #schedule(): void {
    const { clock } = this.#options;
    this.#cancel = clock.at(clock.now() + PERIOD, () => void this.#look());
  }

  async #look(): Promise<void> {
    const now = this.#read();
    const woke = slept(this.#last, now, PERIOD);
    this.#last = now;
    await this.#options.look({ woke });
    if (!this.#closed) this.#schedule();
  }

  #read(): ClockReading {
    return { monotonic: this.#options.clock.now(), wall: this.#options.wallClock() };
  }
}
