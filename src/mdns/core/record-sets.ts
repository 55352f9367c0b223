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
  readonly #names = new Map<string, RecordSet[]>();

  constructor(interest: NameInterest) {
    this.#interest = interest;
  }

  /** The set that the record belongs to. */
  of({ name, type, class: recordClass }: ResourceRecord): RecordSet | undefined {
    return find(this.#names.get(name.key), type, recordClass);
  }

  /** Whether the name has as many sets as it may. */
  isFull({ name }: ResourceRecord): boolean {
    return (this.#names.get(name.key)?.length ?? 0) >= LIMITS.setsPerName;
  }

  /** The set that the record belongs to, made if it is not there. */
  for({ name, type, class: recordClass }: ResourceRecord, wanted: boolean): RecordSet {
    let sets = this.#names.get(name.key);
    const known = find(sets, type, recordClass);
    if (known !== undefined) return known;
    if (sets === undefined) {
      sets = [];
      this.#names.set(name.key, sets);
      this.#interest.add(name);
    }
    const entries = new Entries();
    const set = { name, type, class: recordClass, entries, wanted, oldest: undefined, observed: undefined };
    sets.push(set);
    return set;
  }

  /** The sets whose records answer a question. */
  answering({ name, type, class: recordClass }: Omit<Question, "unicast">): readonly RecordSet[] {
    const sets = this.#names.get(name.key);
    if (sets === undefined) return NONE;
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
    const sets = this.#names.get(set.name.key);
    if (sets === undefined || !sets.includes(set)) return;
    if (sets.length > 1) {
      sets.splice(sets.indexOf(set), 1);
      return;
    }
    this.#names.delete(set.name.key);
    this.#interest.remove(set.name);
  }
}

const NONE: readonly RecordSet[] = [];

/** A name has few sets, and their number is capped. */
function find(sets: readonly RecordSet[] | undefined, type: number, recordClass: number): RecordSet | undefined {
  if (sets === undefined) return undefined;
  for (const set of sets) if (set.type === type && set.class === recordClass) return set;
  return undefined;
}
