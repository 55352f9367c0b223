import { DeadlineHeap, NOWHERE, type Timed } from "./deadline-heap.ts";
import type { Instant } from "./timing.ts";

interface Node<T> extends Timed {
  readonly item: T;
}

/** A {@link DeadlineHeap} for items that do not keep their place in it themselves. */
export class DeadlineQueue<T> {
  readonly #heap = new DeadlineHeap<Node<T>>();
  readonly #nodes = new Map<T, Node<T>>();

  get size(): number {
    return this.#heap.size;
  }

  /** The earliest time of all. */
  get next(): Instant | undefined {
    return this.#heap.next;
  }

  set(item: T, due: Instant): void {
    let node = this.#nodes.get(item);
    if (node === undefined) {
      node = { item, due, place: NOWHERE };
      this.#nodes.set(item, node);
    }
    this.#heap.set(node, due);
  }

  delete(item: T): void {
    const node = this.#nodes.get(item);
    if (node === undefined) return;
    this.#nodes.delete(item);
    this.#heap.delete(node);
  }

  /** Takes out one item whose time has come. */
  takeDue(now: Instant): T | undefined {
    const item = this.#heap.takeDue(now)?.item;
    if (item !== undefined) this.#nodes.delete(item);
    return item;
  }

  /** All of them, in no order. */
  items(): Iterable<T> {
    return this.#nodes.keys();
  }

  clear(): void {
    this.#heap.clear();
    this.#nodes.clear();
  }
}
