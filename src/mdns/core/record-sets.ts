import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { TYPE } from "../wire/record-type.ts";
import type { Entry, RecordSet } from "./cache-entry.ts";
import { answersQuestion } from "./match.ts";
import type { NameInterest } from "./name-interest.ts";
import type { Instant } from "./timing.ts";

/** Cached records by name, then by type and class. */
export class RecordSets {
  readonly #interest: NameInterest;
  readonly #names = new Map<string, Map<number, RecordSet>>();

  constructor(interest: NameInterest) {
    this.#interest = interest;
  }

  /** The set that the record belongs to. */
  of({ name, type, class: recordClass }: ResourceRecord): RecordSet | undefined {
    return this.#names.get(name.key)?.get(setKey(type, recordClass));
  }

  /** The same, made if it is not there. */
  for({ name, type, class: recordClass }: ResourceRecord, now: Instant, wants: (set: RecordSet) => boolean): RecordSet {
    let sets = this.#names.get(name.key);
    if (sets === undefined) {
      sets = new Map();
      this.#names.set(name.key, sets);
      this.#interest.add(name);
    }
    const key = setKey(type, recordClass);
    let set = sets.get(key);
    if (set === undefined) {
      const entries = new Map<string, Entry>();
      set = { name, type, class: recordClass, entries, wanted: false, oldest: now, observed: undefined };
      set.wanted = wants(set);
      sets.set(key, set);
    }
    return set;
  }

  /** The sets whose records answer a question. */
  answering({ name, type, class: recordClass }: Omit<Question, "unicast">): readonly RecordSet[] {
    const sets = this.#names.get(name.key);
    if (sets === undefined) return NONE;
    if (type === TYPE.ANY || recordClass === CLASS.ANY) {
      return [...sets.values()].filter((set) => answersQuestion({ type, class: recordClass }, set));
    }
    const asked = sets.get(setKey(type, recordClass));
    const alias = type === TYPE.CNAME ? undefined : sets.get(setKey(TYPE.CNAME, recordClass));
    if (alias === undefined) return asked === undefined ? NONE : [asked];
    return asked === undefined ? [alias] : [asked, alias];
  }

  *entries(): IterableIterator<Entry> {
    for (const sets of this.#names.values()) for (const set of sets.values()) yield* set.entries.values();
  }

  dropIfEmpty(set: RecordSet): void {
    if (set.entries.size > 0) return;
    const sets = this.#names.get(set.name.key);
    sets?.delete(setKey(set.type, set.class));
    if (sets?.size !== 0) return;
    this.#names.delete(set.name.key);
    this.#interest.remove(set.name);
  }
}

const NONE: readonly RecordSet[] = [];

function setKey(type: number, recordClass: number): number {
  return type * 0x10000 + recordClass;
}
