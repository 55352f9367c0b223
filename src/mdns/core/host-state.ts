import { ConflictRate } from "./conflict-rate.ts";

/**
 * What spans the links of one host: the records it owns on any of them, so that its own data heard through a second
 * interface, a bridge or a reflector is never taken for a rival's, and the count of recent conflicts.
 */
export class HostState {
  readonly conflicts: ConflictRate = new ConflictRate();
  readonly #owners = new Map<string, number>();

  /** Distinct records owned. */
  get size(): number {
    return this.#owners.size;
  }

  /** Whether this host has a record with this `recordKey` on any link. */
  owns(recordKey: string): boolean {
    return this.#owners.has(recordKey);
  }

  add(recordKey: string): void {
    this.#owners.set(recordKey, (this.#owners.get(recordKey) ?? 0) + 1);
  }

  remove(recordKey: string): void {
    const left = (this.#owners.get(recordKey) ?? 0) - 1;
    if (left > 0) this.#owners.set(recordKey, left);
    else this.#owners.delete(recordKey);
  }
}
