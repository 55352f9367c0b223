import type { Entry } from "./cache-entry.ts";
import { FairShare } from "./fair-share.ts";

/** Knows what goes when the cache is full: what nobody asks for first, then a record of the source that has most. */
export class CacheEviction {
  readonly #shares = new FairShare<Entry>();
  readonly #idle = new Set<Entry>();

  /** @param source - whom the record was heard from */
  add(entry: Entry, source: string): void {
    entry.source = this.#shares.add(source, entry);
    if (!entry.set.wanted) this.#idle.add(entry);
  }

  remove(entry: Entry): void {
    if (entry.source === undefined) return;
    this.#shares.remove(entry.source, entry);
    this.#idle.delete(entry);
  }

  /** Somebody began to ask for it, or nobody does any more. */
  reconsider(entry: Entry): void {
    if (entry.source === undefined) return;
    if (entry.set.wanted) this.#idle.delete(entry);
    else this.#idle.add(entry);
  }

  /** What makes room for a record of `source`; undefined when nothing held is worth less. */
  victim(source: string, options: { readonly wanted: boolean }): Entry | undefined {
    const [idle] = this.#idle;
    if (idle !== undefined) return idle;
    const { largest } = this.#shares;
    if (largest === undefined || !options.wanted) return undefined;
    if ((this.#shares.of(source)?.held.size ?? 0) >= largest.held.size) return undefined;
    const [longest] = largest.held;
    return longest;
  }
}
