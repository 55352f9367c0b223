import type { Name } from "../wire/name.ts";

/** Unique names that this object publishes: two of its own publications never share one. */
export class OwnNames {
  readonly #taken = new Set<string>();

  /** Takes the first free one of a series of names. */
  take<T extends { readonly name: Name }>(first: T, next: (taken: T) => T): T {
    let candidate = first;
    while (this.#taken.has(candidate.name.key)) candidate = next(candidate);
    this.#taken.add(candidate.name.key);
    return candidate;
  }

  release(name: Name): void {
    this.#taken.delete(name.key);
  }
}
