import type { Answer } from "../core/output.ts";
import type { Instant } from "../core/timing.ts";
import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import { type ResourceRecord, sameRecord } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { LIMITS } from "./limits.ts";

/** A record that answers, and when it was last heard. */
export interface HeardRecord {
  readonly record: ResourceRecord;
  readonly received: Instant;
  readonly outdated: boolean;
}

/** The records of one name and type on one link, kept up to date. */
export class RecordWatch {
  #heard: readonly HeardRecord[] = []; // seldom more than one
  readonly #type: number;
  readonly #stop: () => void;
  #sorted: readonly HeardRecord[] | undefined;
  #absent = false;

  /** @param changed - called on each change, perhaps before this returns */
  constructor(link: Link, name: Name, type: number, changed: () => void, options?: { readonly immediate?: boolean }) {
    this.#type = type;
    const question = { name, type, class: CLASS.IN, unicast: false };
    this.#stop = link.ask(
      question,
      (answer) => {
        if (this.#take(answer)) changed();
      },
      options,
    );
  }

  /** The latest ones first; those that a newer one replaces only while that is all there is. RFC 6762 §10.2 */
  get records(): readonly HeardRecord[] {
    this.#sorted ??= latestFirst(this.#heard);
    return this.#sorted;
  }

  /** The owner of the name says that there are none. RFC 6762 §6.1 */
  get absent(): boolean {
    return this.#absent;
  }

  stop(): void {
    this.#stop();
  }

  /** @returns whether it is news */
  #take(answer: Answer): boolean {
    if (answer.change === "absent") {
      this.#absent = true;
      return true;
    }
    const { change, record, received } = answer;
    if (record.type !== this.#type) return false; // a CNAME on the way
    const others = this.#heard.filter((heard) => !sameRecord(heard.record, record));
    if (others.length >= LIMITS.records) return false;
    if (change === "removed" && others.length === this.#heard.length) return false;
    this.#sorted = undefined;
    if (change === "removed") {
      this.#heard = others;
      return true;
    }
    this.#absent = false;
    this.#heard = [...others, { record, received, outdated: change === "outdated" }];
    return true;
  }
}

function latestFirst(heard: readonly HeardRecord[]): readonly HeardRecord[] {
  if (heard.length < 2) return heard;
  const all = heard.toSorted((a, b) => b.received - a.received);
  const current = all.filter(({ outdated }) => !outdated);
  return current.length > 0 ? current : all;
}
