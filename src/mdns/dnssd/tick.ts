import type { Clock } from "../link/clock.ts";

/** Runs an action once for everything that happens at one moment, after all of it. */
export class Tick {
  readonly #clock: Clock;
  readonly #action: () => void;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, action: () => void) {
    this.#clock = clock;
    this.#action = action;
  }

  request(): void {
    this.#cancel ??= this.#clock.at(this.#clock.now(), () => {
      this.#cancel = undefined;
      this.#action();
    });
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
