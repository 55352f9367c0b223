import { ConflictRate } from "./conflict-rate.ts";
import { FormerRecords } from "./former-records.ts";
import type { Instant } from "./timing.ts";

/**
 * What spans the links of one host: the records it owns on any of them, so that its own data heard through a second
 * interface, a bridge or a reflector is never taken for a rival's, and the count of recent conflicts.
 */
export class HostState {
  readonly conflicts: ConflictRate = new ConflictRate();
  readonly #owners = new Map<string, number>();
  readonly #former = new FormerRecords();
  /** Apart from the others, as another host may have them still. */
  readonly #formerShared = new FormerRecords();

  /** Distinct records owned. */
  get size(): number {
    return this.#owners.size;
  }

  /** Whether there is any record that {@link HostState.owns} may be about. */
  get hasRecords(): boolean {
    return this.#owners.size > 0 || this.#former.size > 0;
  }

  /** Whether there is any record that {@link HostState.doubtsUntil} may be about. */
  get hasDoubts(): boolean {
    return this.#formerShared.size > 0;
  }

  /** Whether only this host has, or had a moment ago, a record with this `recordKey` on any link. */
  owns(recordKey: string, now: Instant): boolean {
    return this.#owners.has(recordKey) || this.#former.until(recordKey, now) !== undefined;
  }

  /** Until when a record that only this host had passes for its own, though it was given up. */
  formerUntil(recordKey: string, now: Instant): Instant | undefined {
    return this.#owners.has(recordKey) ? undefined : this.#former.until(recordKey, now);
  }

  /** Until when a record that this host gave up and others may have is perhaps no more than a late copy of our own. */
  doubtsUntil(recordKey: string, now: Instant): Instant | undefined {
    return this.#formerShared.until(recordKey, now);
  }

  add(recordKey: string): void {
    this.#former.delete(recordKey);
    this.#formerShared.delete(recordKey);
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
    if (!this.#owners.has(recordKey)) this.#former.add(recordKey, now);
  }

  /** The same for one that others may have as well. */
  giveUpShared(recordKey: string, now: Instant): void {
    this.remove(recordKey);
    if (!this.#owners.has(recordKey)) this.#formerShared.add(recordKey, now);
  }
}
