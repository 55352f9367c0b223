import type { Zone } from "./zone.ts";

/** What was made of records of ours, kept until anything in the zone changes. */
export class ZoneMemo<Key, T> {
  readonly #zone: Zone;
  readonly #made = new Map<Key, T>();
  #revision: number;

  constructor(zone: Zone) {
    this.#zone = zone;
    this.#revision = zone.revision;
  }

  get size(): number {
    this.#forgetStale();
    return this.#made.size;
  }

  get(key: Key): T | undefined {
    this.#forgetStale();
    return this.#made.get(key);
  }

  /** Only after {@link get} has found nothing. */
  set(key: Key, made: T): void {
    this.#made.set(key, made);
  }

  clear(): void {
    this.#made.clear();
    this.#revision = this.#zone.revision;
  }

  #forgetStale(): void {
    if (this.#revision !== this.#zone.revision) this.clear();
  }
}
