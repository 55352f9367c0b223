import { slept } from "./clock-jump.ts";

// Changes are acted on within two seconds, and what the system refuses is tried again as soon as that.
const CALM = 1_950; // ms
const TROUBLED = 950; // ms: one look tries, the next finds it well

export interface InterfaceMonitorOptions {
  /** Runs an action over and over until the returned function is called. */
  readonly every: (period: number, action: () => void) => () => void;
  /** The time of day in milliseconds. */
  readonly wallClock: () => number;
  /** Nothing is left to be tried again. */
  readonly isSettled: () => boolean;
  /** Whether the interfaces may have changed since the last look. */
  readonly isStale: () => boolean;
  /** Never called twice at a time; must not reject. */
  readonly look: (news: { readonly woke: boolean }) => Promise<void>;
}

/**
 * Has the interfaces looked at whenever there may be reason to, as nothing in Node tells of their changes, and notices
 * that the machine slept.
 */
export class InterfaceMonitor {
  readonly #options: InterfaceMonitorOptions;
  #wall: number;
  #period = 0;
  #stop: (() => void) | undefined;
  #woke = false;
  #looking = false;
  #closed = false;

  constructor(options: InterfaceMonitorOptions) {
    this.#options = options;
    this.#wall = options.wallClock();
    this.pace();
  }

  /** To be called when something was refused, so that it is tried again soon; a look does it by itself. */
  pace(): void {
    const period = this.#options.isSettled() ? CALM : TROUBLED;
    if (this.#closed || period === this.#period) return;
    this.#stop?.();
    this.#period = period;
    this.#stop = this.#options.every(period, () => this.#tick());
  }

  close(): void {
    this.#closed = true;
    this.#stop?.();
  }

  #tick(): void {
    const { wallClock, isStale } = this.#options;
    const wall = wallClock();
    if (slept(wall - this.#wall, this.#period)) this.#woke = true;
    this.#wall = wall;
    if (!this.#looking && (this.#woke || this.#period === TROUBLED || isStale())) void this.#look();
  }

  async #look(): Promise<void> {
    const woke = this.#woke;
    this.#woke = false;
    this.#looking = true;
    await this.#options.look({ woke });
    this.#looking = false;
    this.pace();
  }
}
