import type { Owned, Zone } from "./zone.ts";

/** What was made for a record of ours, kept until anything in the zone changes. */
export class ZoneMemo<T> {
  readonly #zone: Zone;
  readonly #made = new Map<Owned, T>();
  #revision: number;

  constructor(zone: Zone) {
    this.#zone = zone;
    this.#revision = zone.revision;
  }

  get(owned: Owned): T | undefined {
    if (this.#revision !== this.#zone.revision) {
      this.#made.clear();
      this.#revision = this.#zone.revision;
    }
    return this.#made.get(owned);
  }

  /** Only after {@link get} has found nothing. */
  set(owned: Owned, made: T): void {
    this.#made.set(owned, made);
  }
}
