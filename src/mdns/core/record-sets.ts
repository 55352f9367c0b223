import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import type { Entry, RecordSet } from "./cache-entry.ts";
import { Entries } from "./entries.ts";
import { LIMITS } from "./limits.ts";
import { answersQuestion } from "./match.ts";
import type { NameInterest } from "./name-interest.ts";

const NONE: readonly RecordSet[] = [];

/** Cached records by name, then by type and class. */
export class RecordSets {
  readonly #interest: NameInterest;
  /** The first set of each name. */
  readonly #names = new Map<string, RecordSet>();

  constructor(interest: NameInterest) {
    this.#interest = interest;
  }

  /** The set that the record belongs to. */
  of({ name, type, class: recordClass }: ResourceRecord): RecordSet | undefined {
    let set = this.#names.get(name.key);
    while (set !== undefined && (set.type !== type || set.class !== recordClass)) set = set.next;
    return set;
  }

  /** Whether the name has as many sets as it may. */
  isFull({ name }: ResourceRecord): boolean {
    let left: number = LIMITS.setsPerName;
    for (let set = this.#names.get(name.key); set !== undefined; set = set.next) left--;
    return left <= 0;
  }

  /**
   * A set for the record, which belongs to none yet.
   * @param wanted - somebody asks for such records
   */
  add({ name, type, class: recordClass }: ResourceRecord, wanted: boolean): RecordSet {
    const next = this.#names.get(name.key);
    if (next === undefined) this.#interest.add(name);
    const entries = new Entries<Entry>();
    const set = { name, type, class: recordClass, entries, wanted, oldest: undefined, observed: undefined, next };
    this.#names.set(name.key, set);
    return set;
  }

  /** The sets whose records answer a question. */
  answering({ name, type, class: recordClass }: Omit<Question, "unicast">): readonly RecordSet[] {
    const sought = { type, class: recordClass };
    let found = NONE;
    for (let set = this.#names.get(name.key); set !== undefined; set = set.next) {
      if (answersQuestion(sought, set)) found = found === NONE ? [set] : [...found, set];
    }
    return found;
  }

  *entries(): IterableIterator<Entry> {
    for (const first of this.#names.values()) {
      for (let set: RecordSet | undefined = first; set !== undefined; set = set.next) yield* set.entries.all;
    }
  }

  dropIfEmpty(set: RecordSet): void {
    if (set.entries.size > 0) return;
    const { key } = set.name;
    let before = this.#names.get(key);
    if (before !== set) {
      while (before !== undefined && before.next !== set) before = before.next;
      if (before !== undefined) before.next = set.next;
    } else if (set.next !== undefined) {
      this.#names.set(key, set.next);
    } else {
      this.#names.delete(key);
      this.#interest.remove(set.name);
    }
  }
}
