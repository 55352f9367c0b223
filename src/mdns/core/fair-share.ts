/** What one source holds. */
export interface Share<T> {
  readonly source: string;
  readonly held: Set<T>;
  /** Where it stands in the order. */
  place: number;
}

/** Keeps sources in the order of how much each holds, so that the largest is always known; all in constant time. */
export class FairShare<T> {
  readonly #bySource = new Map<string, Share<T>>();
  /** Those that hold most come first. */
  readonly #ordered: Share<T>[] = [];
  /** By the number of things held: how many sources hold so many, and where in the order the first of them is. */
  readonly #many: number[] = [];
  readonly #first: number[] = [];

  /** Of all but one, a source that holds most. */
  largestBut(share: Share<T> | undefined): Share<T> | undefined {
    const [first, second] = this.#ordered;
    return first === share ? second : first;
  }

  of(source: string): Share<T> | undefined {
    return this.#bySource.get(source);
  }

  /** The item must not be held by any source. */
  add(source: string, item: T): Share<T> {
    const share = this.#bySource.get(source) ?? this.#open(source);
    const size = share.held.size;
    const place = size === 0 ? share.place : this.#firstOf(size);
    this.#swap(share, place);
    if (size > 0) this.#leave(size, place + 1);
    this.#enter(size + 1, this.#countOf(size + 1) === 0 ? place : this.#firstOf(size + 1));
    share.held.add(item);
    return share;
  }

  remove(share: Share<T>, item: T): void {
    if (!share.held.delete(item)) return;
    const size = share.held.size + 1;
    const place = this.#firstOf(size) + this.#countOf(size) - 1;
    this.#swap(share, place);
    this.#leave(size, this.#firstOf(size));
    if (size > 1) {
      this.#enter(size - 1, place);
      return;
    }
    this.#ordered.pop();
    this.#bySource.delete(share.source);
  }

  #open(source: string): Share<T> {
    const share: Share<T> = { source, held: new Set(), place: this.#ordered.length };
    this.#bySource.set(source, share);
    this.#ordered.push(share);
    return share;
  }

  #countOf(size: number): number {
    return this.#many[size] ?? 0;
  }

  #firstOf(size: number): number {
    return this.#first[size] ?? 0;
  }

  #enter(size: number, first: number): void {
    this.#many[size] = this.#countOf(size) + 1;
    this.#first[size] = first;
  }

  #leave(size: number, first: number): void {
    this.#many[size] = this.#countOf(size) - 1;
    this.#first[size] = first;
  }

  #swap(share: Share<T>, place: number): void {
    const other = this.#ordered[place] as Share<T>;
    this.#ordered[share.place] = other;
    other.place = share.place;
    this.#ordered[place] = share;
    share.place = place;
  }
}
