/** Runs an action once for everything that happens in one turn of the event loop, after all of it. */
export class Tick {
  readonly #action: () => void;
  #requested = false;
  /** Turns that were cancelled must not run the action of a later request early. */
  #generation = 0;

  constructor(action: () => void) {
    this.#action = action;
  }

  request(): void {
    if (this.#requested) return;
    this.#requested = true;
    const generation = this.#generation;
    queueMicrotask(() => {
      if (generation !== this.#generation) return;
      this.#requested = false;
      this.#action();
    });
  }

  cancel(): void {
    this.#requested = false;
    this.#generation++;
  }
}
