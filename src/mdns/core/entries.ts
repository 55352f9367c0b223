const NONE: readonly never[] = [];

/** Entries by `recordKey`, in the order in which they came. Nearly always there is one, which needs no table. */
export class Entries<Entry extends { readonly key: string }> {
  #only: Entry | undefined;
  #table: Map<string, Entry> | undefined;

  get size(): number {
    if (this.#table !== undefined) return this.#table.size;
    return this.#only === undefined ? 0 : 1;
  }

  get(key: string): Entry | undefined {
    if (this.#table !== undefined) return this.#table.get(key);
    return this.#only?.key === key ? this.#only : undefined;
  }

  /** One of this key must not be there. */
  add(entry: Entry): void {
    if (this.#table !== undefined) {
      this.#table.set(entry.key, entry);
    } else if (this.#only === undefined) {
      this.#only = entry;
    } else {
      this.#table = new Map([
        [this.#only.key, this.#only],
        [entry.key, entry],
      ]);
      this.#only = undefined;
    }
  }

  delete({ key }: Entry): void {
    this.#table?.delete(key);
    if (this.#only?.key === key) this.#only = undefined;
  }

  /** A list that does not change with what is added and deleted later. */
  get all(): readonly Entry[] {
    if (this.#table !== undefined) return [...this.#table.values()];
    return this.#only === undefined ? NONE : [this.#only];
  }
}
