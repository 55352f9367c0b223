import type { Entry } from "./cache-entry.ts";
import { FairShare } from "./fair-share.ts";
import { LIMITS } from "./limits.ts";

/** Records heard from others, and what became of those that did not fit. */
export interface CacheCounters {
  /** Records held now. */
  readonly records: number;
  /** Records not taken, as the cache was full of more valuable ones. */
  readonly refused: number;
  /** Records given up for more valuable ones. */
  readonly evicted: number;
}

/** Keeps heard records within the cap: what nobody asks for goes first, then a record of the source that has most. */
export class CacheEviction {
  readonly #full: () => void;
  readonly #shares = new FairShare<Entry>();
  readonly #idle = new Set<Entry>();
  #records = 0;
  #refused = 0;
  #evicted = 0;
  #toldFull = false;

  /** @param full - called when something does not fit for the first time */
  constructor(full: () => void) {
    this.#full = full;
  }

  get counters(): CacheCounters {
    return { records: this.#records, refused: this.#refused, evicted: this.#evicted };
  }

  /** @param source - whom the record was heard from */
  add(entry: Entry, source: string): void {
    this.#records++;
    entry.source = this.#shares.add(source, entry);
    if (!entry.set.wanted) this.#idle.add(entry);
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
    else this.#idle.add(entry);
  }

  /** What has to go so that a record of `source` gets in; `refused` when nothing held is worth less. */
  room(source: string, options: { readonly wanted: boolean }): "free" | "refused" | Entry {
    if (this.#records < LIMITS.cacheRecords) return "free";
    if (!this.#toldFull) this.#full();
    this.#toldFull = true;
    const victim = this.#victim(source, options);
    if (victim === undefined) this.#refused++;
    else this.#evicted++;
    return victim ?? "refused";
  }

  /** A record was not taken for another reason. */
  refuse(): void {
    this.#refused++;
  }

  #victim(source: string, { wanted }: { readonly wanted: boolean }): Entry | undefined {
    const [idle] = this.#idle;
    if (idle !== undefined) return idle;
    const share = this.#shares.of(source);
    const other = this.#shares.largestBut(share);
    if (other === undefined || !wanted) return undefined;
    // Where a flood came from many sources, each with little, a host with a few services must not be taken for one.
    if ((share?.held.size ?? 0) >= other.held.size + LIMITS.shareSlack) return undefined;
    const [longest] = other.held;
    return longest;
  }
}
