import type { Instant } from "./timing.ts";

interface Node<T> {
  readonly item: T;
  due: Instant;
}

/** Items by the time at which something is to be done with them; an item has one time, setting it again moves it. */
export class DeadlineQueue<T> {
  readonly #heap: Node<T>[] = [];
  readonly #places = new Map<T, number>();

  get size(): number {
    return this.#heap.length;
  }

  /** The earliest time of all. */
  get next(): Instant | undefined {
    return this.#heap[0]?.due;
  }

  set(item: T, due: Instant): void {
    const place = this.#places.get(item);
    if (place === undefined) {
      this.#heap.push({ item, due });
      this.#places.set(item, this.#heap.length - 1);
      this.#up(this.#heap.length - 1);
      return;
    }
    const node = this.#at(place);
    const earlier = due < node.due;
    node.due = due;
    if (earlier) this.#up(place);
    else this.#down(place);
  }

  delete(item: T): void {
    const place = this.#places.get(item);
    if (place === undefined) return;
    this.#places.delete(item);
    const last = this.#heap.pop();
    if (last === undefined || place === this.#heap.length) return;
    this.#heap[place] = last;
    this.#places.set(last.item, place);
    this.#up(place);
    this.#down(place);
  }

  /** Takes out one item whose time has come. */
  takeDue(now: Instant): T | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.due > now) return undefined;
    this.delete(first.item);
    return first.item;
  }

  clear(): void {
    this.#heap.length = 0;
    this.#places.clear();
  }

  #at(place: number): Node<T> {
    return this.#heap[place] as Node<T>;
  }

  #swap(a: number, b: number): void {
    const nodeA = this.#at(a);
    const nodeB = this.#at(b);
    this.#heap[a] = nodeB;
    this.#heap[b] = nodeA;
    this.#places.set(nodeB.item, a);
    this.#places.set(nodeA.item, b);
  }

  #up(start: number): void {
    for (let place = start; place > 0; ) {
      const parent = (place - 1) >> 1;
      if (this.#at(parent).due <= this.#at(place).due) return;
      this.#swap(place, parent);
      place = parent;
    }
  }

  #down(start: number): void {
    for (let place = start; ; ) {
      const left = 2 * place + 1;
      if (left >= this.#heap.length) return;
      const right = left + 1;
      const child = right < this.#heap.length && this.#at(right).due < this.#at(left).due ? right : left;
      if (this.#at(place).due <= this.#at(child).due) return;
      this.#swap(place, child);
      place = child;
    }
  }
}
