import type { Instant } from "./timing.ts";

/** What can stand in a {@link DeadlineHeap}, which alone writes these two. */
export interface Timed {
  /** When something is to be done with it. */
  due: Instant;
  /** Where it stands in the heap; {@link NOWHERE} when it does not. */
  place: number;
}

export const NOWHERE = -1;

/** Items by the time at which something is to be done with them; setting it again moves an item. */
export class DeadlineHeap<T extends Timed> {
  readonly #heap: T[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** The earliest time of all. */
  get next(): Instant | undefined {
    return this.#heap[0]?.due;
  }

  set(item: T, due: Instant): void {
    if (item.place === NOWHERE) {
      item.place = this.#heap.push(item) - 1;
      item.due = due;
      this.#up(item);
      return;
    }
    const isEarlier = due < item.due;
    item.due = due;
    if (isEarlier) this.#up(item);
    else this.#down(item);
  }

  delete(item: T): void {
    const { place } = item;
    if (place === NOWHERE) return;
    item.place = NOWHERE;
    const last = this.#heap.pop();
    if (last === undefined || last === item) return;
    this.#put(last, place);
    this.#up(last);
    this.#down(last);
  }

  /** Takes out one item whose time has come. */
  takeDue(now: Instant): T | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.due > now) return undefined;
    this.delete(first);
    return first;
  }

  clear(): void {
    for (const item of this.#heap) item.place = NOWHERE;
    this.#heap.length = 0;
  }

  #put(item: T, place: number): void {
    this.#heap[place] = item;
    item.place = place;
  }

  #up(item: T): void {
    let { place } = item;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above] as T;
      if (parent.due <= item.due) break;
      this.#put(parent, place);
      place = above;
    }
    if (place !== item.place) this.#put(item, place);
  }

  #down(item: T): void {
    while (2 * item.place + 1 < this.#heap.length) {
      const left = this.#heap[2 * item.place + 1] as T;
      const right = this.#heap[2 * item.place + 2];
      const child = right !== undefined && right.due < left.due ? right : left;
      if (item.due <= child.due) return;
      const { place } = child;
      this.#put(child, item.place);
      this.#put(item, place);
    }
  }
}
