import { ConflictRate } from "./conflict-rate.ts";
import { LIMITS } from "./limits.ts";
import { type Instant, TIMING } from "./timing.ts";

/**
 * What spans the links of one host: the records it owns on any of them, so that its own data heard through a second
 * interface, a bridge or a reflector is never taken for a rival's, and the count of recent conflicts.
 */
export class HostState {
  readonly conflicts: ConflictRate = new ConflictRate();
  readonly #owners = new Map<string, number>();
  /** Records given up lately: a late copy of our own packet may still come round. */
  readonly #former = new Map<string, Instant>();

  /** Distinct records owned. */
  get size(): number {
    return this.#owners.size;
  }

  /** Whether this host has, or had a moment ago, a record with this `recordKey` on any link. */
  owns(recordKey: string, now: Instant): boolean {
    if (this.#owners.has(recordKey)) return true;
    const until = this.#former.get(recordKey);
    return until !== undefined && now < until;
  }

  add(recordKey: string): void {
    this.#former.delete(recordKey);
    this.#owners.set(recordKey, (this.#owners.get(recordKey) ?? 0) + 1);
  }

  /** A record that was only proposed is dropped. */
  remove(recordKey: string): void {
    const left = (this.#owners.get(recordKey) ?? 0) - 1;
    if (left > 0) this.#owners.set(recordKey, left);
    else this.#owners.delete(recordKey);
  }

  /** A record that was announced is given up. */
  giveUp(recordKey: string, now: Instant): void {
    this.remove(recordKey);
    if (this.#owners.has(recordKey)) return;
    this.#former.delete(recordKey);
    this.#former.set(recordKey, now + TIMING.formerRecord);
    if (this.#former.size <= LIMITS.formerRecords) return;
    for (const oldest of this.#former.keys()) {
      this.#former.delete(oldest);
      return;
    }
  }
}
