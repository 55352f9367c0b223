import type { ResourceRecord } from "../wire/record.ts";
import { recordKey, sameRecord } from "../wire/record-key.ts";

const NONE: readonly never[] = [];

/** Entries by record, in the order in which they came. Nearly always there is one, which needs neither table nor key. */
export class Entries<Entry extends { readonly record: ResourceRecord }> {
  #only: Entry | undefined;
  #table: Map<string, Entry> | undefined;

  get size(): number {
    if (this.#table !== undefined) return this.#table.size;
    return this.#only === undefined ? 0 : 1;
  }

  /** The entry of the same record. */
  get(record: ResourceRecord): Entry | undefined {
    if (this.#table !== undefined) return this.#table.get(recordKey(record));
    return this.#only !== undefined && sameRecord(this.#only.record, record) ? this.#only : undefined;
  }

  /** One of this record must not be there. */
  add(entry: Entry): void {
    if (this.#table !== undefined) {
      this.#table.set(recordKey(entry.record), entry);
    } else if (this.#only === undefined) {
      this.#only = entry;
    } else {
      this.#table = new Map([
        [recordKey(this.#only.record), this.#only],
        [recordKey(entry.record), entry],
      ]);
      this.#only = undefined;
    }
  }

  delete(entry: Entry): void {
    this.#table?.delete(recordKey(entry.record));
    if (this.#only === entry) this.#only = undefined;
  }

  /** A list that does not change with what is added and deleted later. */
  get all(): readonly Entry[] {
    if (this.#table !== undefined) return [...this.#table.values()];
    return this.#only === undefined ? NONE : [this.#only];
  }
}
