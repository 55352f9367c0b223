import type { ChangeKind } from "../mdns/index.ts";

/** In how many views each service is now. */
export class Presence {
  readonly #views = new Map<string, number>();

  /** Whether the change brings the service into the first view. */
  isNew(kind: ChangeKind, fullName: string): boolean {
    const before = this.#views.get(fullName) ?? 0;
    const after = kind === "up" ? before + 1 : kind === "down" ? before - 1 : before;
    if (after > 0) this.#views.set(fullName, after);
    else this.#views.delete(fullName);
    return before === 0 && after > 0;
  }
}
