import { nameHash } from "../wire/glance.ts";
import type { Name } from "../wire/name.ts";

/** The names that a packet must hold one of to concern this link at all, counted by who wants them. */
export class NameInterest {
  readonly #counts = new Map<number, number>();

  has(hash: number): boolean {
    return this.#counts.has(hash);
  }

  add(name: Name): void {
    const hash = nameHash(name);
    this.#counts.set(hash, (this.#counts.get(hash) ?? 0) + 1);
  }

  remove(name: Name): void {
    const hash = nameHash(name);
    const left = (this.#counts.get(hash) ?? 0) - 1;
    if (left > 0) this.#counts.set(hash, left);
    else this.#counts.delete(hash);
  }
}
