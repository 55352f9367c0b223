import { unheeded } from "./unheeded.ts";

/** How something that is listed can change. */
export type ChangeKind = "up" | "update" | "down";

interface Pending<T> {
  readonly kind: ChangeKind;
  readonly item: T;
}

interface Waiting<C> {
  resolve(result: IteratorResult<C, undefined>): void;
  reject(error: unknown): void;
}

/**
 * Changes as an async iterator. What its reader has not taken yet is kept once for each thing listed, in its latest
 * state, so a slow reader misses no thing and holds no more than there is.
 */
export class ChangeFeed<T, C> implements AsyncIterableIterator<C, undefined> {
  readonly #shape: (kind: ChangeKind, item: T) => C;
  readonly #left: () => void;
  readonly #pending = new Map<string, Pending<T>>();
  readonly #waiting: Waiting<C>[] = [];
  #ended = false;
  #failure: { readonly reason: unknown } | undefined;

  /**
   * @param shape - what the reader gets for a change
   * @param left - called when the reader leaves its loop
   */
  constructor(shape: (kind: ChangeKind, item: T) => C, left: () => void) {
    this.#shape = shape;
    this.#left = left;
  }

  /** Changes that wait for the reader. */
  get backlog(): number {
    return this.#pending.size;
  }

  push(key: string, kind: ChangeKind, item: T): void {
    if (this.#ended) return;
    const reader = this.#waiting.shift();
    if (reader !== undefined) {
      reader.resolve({ done: false, value: this.#shape(kind, item) });
      return;
    }
    const before = this.#pending.get(key);
    if (before === undefined) {
      this.#pending.set(key, { kind, item });
      return;
    }
    const sum = summed(before.kind, kind);
    if (sum === undefined) this.#pending.delete(key);
    else this.#pending.set(key, { kind: sum, item });
  }

  /** No more changes, neither those that wait; with a failure the reader is told. */
  end(failure?: { readonly reason: unknown }): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#pending.clear();
    this.#failure = failure;
    for (const reader of this.#waiting.splice(0)) this.#finish(reader);
  }

  next(): Promise<IteratorResult<C, undefined>> {
    return unheeded(
      () =>
        new Promise((resolve, reject) => {
          for (const [key, { kind, item }] of this.#pending) {
            this.#pending.delete(key);
            resolve({ done: false, value: this.#shape(kind, item) });
            return;
          }
          if (this.#ended) this.#finish({ resolve, reject });
          else this.#waiting.push({ resolve, reject });
        }),
    );
  }

  async return(): Promise<IteratorResult<C, undefined>> {
    this.end();
    this.#left();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The failure is told once. */
  #finish({ resolve, reject }: Waiting<C>): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure === undefined) resolve({ done: true, value: undefined });
    else reject(failure.reason);
  }
}

/** Two changes of one thing as one; undefined when the reader has nothing to learn. */
function summed(first: ChangeKind, second: ChangeKind): ChangeKind | undefined {
  if (first === "up") return second === "down" ? undefined : "up";
  return second === "down" ? "down" : "update";
}
