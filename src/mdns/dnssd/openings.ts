import type { MdnsError } from "./mdns-error.ts";

/** What is open on one object, so that its end is the end of all of it. */
export class Openings {
  readonly #ends = new Set<(reason: MdnsError) => void>();
  #ended: MdnsError | undefined;

  get size(): number {
    return this.#ends.size;
  }

  /** @throws {@link MdnsError} when nothing can be opened any more */
  check(): void {
    if (this.#ended !== undefined) throw this.#ended;
  }

  /**
   * @param end - called at most once, with the reason
   * @returns what takes it out again
   * @throws {@link MdnsError} when nothing can be opened any more
   */
  add(end: (reason: MdnsError) => void): () => void {
    this.check();
    this.#ends.add(end);
    return () => void this.#ends.delete(end);
  }

  end(reason: MdnsError): void {
    this.#ended ??= reason;
    for (const end of [...this.#ends]) {
      this.#ends.delete(end);
      end(reason);
    }
  }
}
