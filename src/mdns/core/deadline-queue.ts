import type { Instant } from "./timing.ts";

interface Node<T> {
  readonly item: T;
  due: Instant;
  place: number;
}

/** Items by the time at which something is to be done with them; an item has one time, setting it again moves it. */
export class DeadlineQueue<T> {
  readonly #heap: Node<T>[] = [];
  readonly #nodes = new Map<T, Node<T>>();

  get size(): number {
    return this.#heap.length;
  }

  /** The earliest time of all. */
  get next(): Instant | undefined {
    return this.#heap[0]?.due;
  }

  set(item: T, due: Instant): void {
    const node = this.#nodes.get(item);
    if (node === undefined) {
      const added = { item, due, place: this.#heap.length };
      this.#nodes.set(item, added);
      this.#heap.push(added);
      this.#up(added);
      return;
    }
    const earlier = due < node.due;
    node.due = due;
    if (earlier) this.#up(node);
    else this.#down(node);
  }

  delete(item: T): void {
    const node = this.#nodes.get(item);
    if (node !== undefined) this.#remove(node);
  }

  /** Takes out one item whose time has come. */
  takeDue(now: Instant): T | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.due > now) return undefined;
    this.#remove(first);
    return first.item;
  }

  clear(): void {
    this.#heap.length = 0;
    this.#nodes.clear();
  }

  #remove(node: Node<T>): void {
    this.#nodes.delete(node.item);
    const last = this.#heap.pop();
    if (last === undefined || last === node) return;
    this.#put(last, node.place);
    this.#up(last);
    this.#down(last);
  }

  #put(node: Node<T>, place: number): void {
    this.#heap[place] = node;
    node.place = place;
  }

  #up(node: Node<T>): void {
    while (node.place > 0) {
      const place = (node.place - 1) >> 1;
      const parent = this.#at(place);
      if (parent.due <= node.due) return;
      this.#put(parent, node.place);
      this.#put(node, place);
    }
  }

  #down(node: Node<T>): void {
    while (2 * node.place + 1 < this.#heap.length) {
      const left = this.#at(2 * node.place + 1);
      const right = this.#heap[2 * node.place + 2];
      const child = right !== undefined && right.due < left.due ? right : left;
      if (node.due <= child.due) return;
      const { place } = child;
      this.#put(child, node.place);
      this.#put(node, place);
    }
  }

  #at(place: number): Node<T> {
    return this.#heap[place] as Node<T>;
  }
}
