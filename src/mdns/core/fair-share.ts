/** Counts what each source holds and names the one that holds most, all in constant time. */
export class FairShare {
  readonly #counts = new Map<string, number>();
  readonly #byCount = new Map<number, Set<string>>();
  #most = 0;

  countOf(source: string): number {
    return this.#counts.get(source) ?? 0;
  }

  /** A source that holds most. */
  get largest(): string | undefined {
    return this.#byCount.get(this.#most)?.values().next().value;
  }

  add(source: string): void {
    const count = this.countOf(source);
    this.#move(source, count, count + 1);
    if (count + 1 > this.#most) this.#most = count + 1;
  }

  remove(source: string): void {
    const count = this.countOf(source);
    if (count === 0) return;
    this.#move(source, count, count - 1);
    if (count === this.#most && !this.#byCount.has(count)) this.#most = count - 1;
  }

  #move(source: string, from: number, to: number): void {
    const old = this.#byCount.get(from);
    old?.delete(source);
    if (old?.size === 0) this.#byCount.delete(from);
    if (to === 0) {
      this.#counts.delete(source);
      return;
    }
    this.#counts.set(source, to);
    const group = this.#byCount.get(to);
    if (group === undefined) this.#byCount.set(to, new Set([source]));
    else group.add(source);
  }
}
