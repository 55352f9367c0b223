import type { Name } from "../wire/name.ts";
import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { TYPE } from "../wire/record-type.ts";
import type { Entry, RecordSet } from "./cache-entry.ts";
import { Entries } from "./entries.ts";
import { LIMITS } from "./limits.ts";
import { answersQuestion } from "./match.ts";
import type { NameInterest } from "./name-interest.ts";

/** Cached records by name, then by type and class. */
export class RecordSets {
  readonly #interest: NameInterest;
  readonly #names = new Map<string, readonly RecordSet[]>();

  constructor(interest: NameInterest) {
    this.#interest = interest;
  }

  /** The set that the record belongs to. */
  of({ name, type, class: recordClass }: ResourceRecord): RecordSet | undefined {
    return find(this.#at(name), type, recordClass);
  }

  /** Whether the name has as many sets as it may. */
  isFull({ name }: ResourceRecord): boolean {
    return this.#at(name).length >= LIMITS.setsPerName;
  }

  /**
   * A set for the record, which belongs to none yet.
   * @param wanted - somebody asks for such records
   */
  add({ name, type, class: recordClass }: ResourceRecord, wanted: boolean): RecordSet {
    const others = this.#at(name);
    if (others.length === 0) this.#interest.add(name);
    const entries = new Entries<Entry>();
    const set = { name, type, class: recordClass, entries, wanted, oldest: undefined, observed: undefined };
    this.#names.set(name.key, others.concat(set));
    return set;
  }

  /** The sets whose records answer a question. */
  answering({ name, type, class: recordClass }: Omit<Question, "unicast">): readonly RecordSet[] {
    const sets = this.#at(name);
    if (sets.length === 0) return NONE;
    if (type === TYPE.ANY || recordClass === CLASS.ANY) {
      return sets.filter((set) => answersQuestion({ type, class: recordClass }, set));
    }
    const asked = find(sets, type, recordClass);
    const alias = type === TYPE.CNAME ? undefined : find(sets, TYPE.CNAME, recordClass);
    if (alias === undefined) return asked === undefined ? NONE : [asked];
    return asked === undefined ? [alias] : [asked, alias];
  }

  *entries(): IterableIterator<Entry> {
    for (const sets of this.#names.values()) for (const { entries } of sets) yield* entries;
  }

  dropIfEmpty(set: RecordSet): void {
    if (set.entries.size > 0) return;
    const { name } = set;
    const left = this.#at(name).filter((other) => other !== set);
    if (left.length > 0) this.#names.set(name.key, left);
    else if (this.#names.delete(name.key)) this.#interest.remove(name);
  }

  #at(name: Name): readonly RecordSet[] {
    return this.#names.get(name.key) ?? NONE;
  }
}

const NONE: readonly RecordSet[] = [];

/** A name has few sets, and their number is capped. */
function find(sets: readonly RecordSet[], type: number, recordClass: number): RecordSet | undefined {
  for (const set of sets) if (set.type === type && set.class === recordClass) return set;
  return undefined;
}
