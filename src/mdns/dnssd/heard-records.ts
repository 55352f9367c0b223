import type { Answer } from "../core/output.ts";
import type { Instant } from "../core/timing.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { sameRecord } from "../wire/record-key.ts";

/** A record that answers, and when it was last heard. */
export interface HeardRecord {
  readonly record: ResourceRecord;
  readonly received: Instant;
  readonly outdated: boolean;
}

const NONE: readonly HeardRecord[] = [];

/** The records of one type that answer a question, kept up to date by what its asker is told: as many as the cache holds. */
export class HeardRecords {
  readonly type: number;
  #heard: readonly HeardRecord[] = NONE; // seldom more than one
  #sorted: readonly HeardRecord[] | undefined;
  #absent = false;

  constructor(type: number) {
    this.type = type;
  }

  /** The latest ones first; those that a newer one replaces only while that is all there is. RFC 6762 §10.2 */
  get all(): readonly HeardRecord[] {
    this.#sorted ??= latestFirst(this.#heard);
    return this.#sorted;
  }

  /** The owner of the name says that there are none. RFC 6762 §6.1 */
  get absent(): boolean {
    return this.#absent;
  }

  /** @returns whether it is news */
  take(answer: Answer): boolean {
    if (answer.change === "absent") {
      if (answer.type === this.type) this.#absent = true;
      return answer.type === this.type;
    }
    const { change, record, received } = answer;
    if (record.type !== this.type) return false; // a CNAME on the way
    const others = this.#othersThan(record);
    if (change === "removed" && others.length === this.#heard.length) return false;
    this.#sorted = undefined;
    if (change === "removed") {
      this.#heard = others;
      return true;
    }
    this.#absent = false;
    const latest = { record, received, outdated: change === "outdated" };
    this.#heard = others.length === 0 ? [latest] : others.concat(latest);
    return true;
  }

  #othersThan(record: ResourceRecord): readonly HeardRecord[] {
    return this.#heard.length === 0 ? NONE : this.#heard.filter((heard) => !sameRecord(heard.record, record));
  }
}

function latestFirst(heard: readonly HeardRecord[]): readonly HeardRecord[] {
  if (heard.length < 2) return heard;
  const all = heard.toSorted((a, b) => b.received - a.received);
  const current = all.filter(({ outdated }) => !outdated);
  return current.length > 0 ? current : all;
}
