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
  /** By a number of things: how many sources hold more than that, which is where those begin that do not. */
  readonly #holdingMore: number[] = [];

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
    const { size } = share.held;
    const place = this.#holdingMore[size] ?? 0;
    this.#swap(share, place);
    this.#holdingMore[size] = place + 1;
    share.held.add(item);
    return share;
  }

  remove(share: Share<T>, item: T): void {
    if (!share.held.delete(item)) return;
    const { size } = share.held;
    const place = (this.#holdingMore[size] ?? 0) - 1;
    this.#swap(share, place);
    this.#holdingMore[size] = place;
    if (size > 0) return;
    this.#ordered.pop();
    this.#bySource.delete(share.source);
  }

  #open(source: string): Share<T> {
    const share: Share<T> = { source, held: new Set(), place: this.#ordered.length };
    this.#bySource.set(source, share);
    this.#ordered.push(share);
    return share;
  }

  #swap(share: Share<T>, place: number): void {
    if (share.place === place) return;
    const other = this.#ordered[place] as Share<T>;
    this.#ordered[share.place] = other;
    other.place = share.place;
    this.#ordered[place] = share;
    share.place = place;
  }
}
