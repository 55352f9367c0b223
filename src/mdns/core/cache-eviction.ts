import type { ResourceRecord } from "../wire/record.ts";
import { recordKey } from "../wire/record-key.ts";
import type { Entry, RecordSet } from "./cache-entry.ts";
import { FairShare } from "./fair-share.ts";
import { LIMITS } from "./limits.ts";
import { Newcomers } from "./newcomers.ts";
import type { Instant } from "./timing.ts";
import { isUniqueByNature } from "./unique-by-nature.ts";

/** Records heard from others, and what became of those that did not fit. */
export interface CacheCounters {
  /** Records held now. */
  readonly records: number;
  /** Records not taken, as the cache was full of more valuable ones. */
  readonly refused: number;
  /** Records given up for more valuable ones. */
  readonly evicted: number;
}

/** A record that wants in. */
export interface Candidate {
  readonly record: ResourceRecord;
  readonly source: string;
  readonly wanted: boolean;
}

/** Keeps heard records within the cap: what nobody asks for goes first, then a record of the source that has most. */
export class CacheEviction {
  readonly #limit: number;
  readonly #full: () => void;
  readonly #shares = new FairShare<Entry>();
  /** What nobody asks for, with the time that it had been heard last when it got its place in this queue. */
  readonly #idle = new Map<Entry, Instant>();
  readonly #newcomers = new Newcomers();
  #records = 0;
  #refused = 0;
  #evicted = 0;
  #toldFull = false;

  /**
   * @param limit - records that may be held
   * @param full - called when something does not fit for the first time
   */
  constructor(limit: number, full: () => void) {
    this.#limit = limit;
    this.#full = full;
  }

  get counters(): CacheCounters {
    return { records: this.#records, refused: this.#refused, evicted: this.#evicted };
  }

  get isFull(): boolean {
    return this.#records >= this.#limit;
  }

  /** @param source - whom the record was heard from */
  add(entry: Entry, source: string): void {
    this.#records++;
    entry.source = this.#shares.add(source, entry);
    if (!entry.set.wanted) this.#idle.set(entry, entry.received);
  }

  remove(entry: Entry): void {
    if (entry.source === undefined) return;
    this.#records--;
    this.#shares.remove(entry.source, entry);
    this.#idle.delete(entry);
  }

  /** Somebody began to ask for it, or nobody does any more. */
  reconsider(entry: Entry): void {
    if (entry.source === undefined) return;
    if (entry.set.wanted) this.#idle.delete(entry);
    else if (!this.#idle.has(entry)) this.#idle.set(entry, entry.received);
  }

  /** What has to go so that the record gets in; `refused` when nothing held is worth less. */
  room(candidate: Candidate, now: Instant): "free" | "refused" | Entry {
    if (!this.isFull) return "free";
    if (!this.#toldFull) this.#full();
    this.#toldFull = true;
    const victim = this.#victim(candidate, now);
    if (victim === undefined) this.#refused++;
    else this.#evicted++;
    return victim ?? "refused";
  }

  /** What has to go before another record gets into a set that has as many as it may; undefined when none has to. */
  excess({ name, type, entries }: RecordSet): Entry | undefined {
    if (entries.size < LIMITS.recordsPerSet || !isUniqueByNature(name, type)) return undefined;
    let victim: Entry | undefined;
    for (const entry of entries.all) if (heldWith(entry) > heldWith(victim)) victim = entry;
    if (victim !== undefined) this.#evicted++;
    return victim;
  }

  /** A record was not taken for another reason. */
  refuse(): void {
    this.#refused++;
  }

  #victim({ record, source, wanted }: Candidate, now: Instant): Entry | undefined {
    const idle = this.#idleLongest();
    if (idle !== undefined && idle.received < now) return idle; // those of this very packet may be asked for in a moment
    const share = this.#shares.of(source);
    const other = this.#shares.largestBut(share);
    if (other === undefined) return undefined;
    // Where a flood came from many sources, each with little, a host with a few services must not be taken for one.
    if ((share?.held.size ?? 0) >= other.held.size + LIMITS.shareSlack) return undefined;
    const isAskedByName = wanted && isUniqueByNature(record.name, record.type);
    const isSpread = other.held.size <= LIMITS.shareSlack;
    if (isSpread && !isAskedByName && !this.#newcomers.admits(recordKey(record), now)) return undefined;
    const [longest] = other.held;
    return longest;
  }

  /** What was heard again since it got its place takes a new one only now, for most is heard often and never looked at. */
  #idleLongest(): Entry | undefined {
    for (const [entry, heard] of this.#idle) {
      if (entry.received === heard) return entry;
      this.#idle.delete(entry);
      this.#idle.set(entry, entry.received);
    }
    return undefined;
  }
}

/** How much its source holds; nothing for a record of our own. */
function heldWith(entry: Entry | undefined): number {
  return entry?.source?.held.size ?? 0;
}
