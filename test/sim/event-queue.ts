/** Something that happens at a time; `place` is where the queue holds it, -1 when it does not. */
export interface QueuedEvent {
  readonly when: number;
  readonly order: number;
  readonly action: () => void;
  place: number;
}

/** A binary heap by time, then by order of insertion, from which any event can be removed. */
export class EventQueue {
  readonly #heap: QueuedEvent[] = [];
  #inserted = 0;

  get size(): number {
    return this.#heap.length;
  }

  get first(): QueuedEvent | undefined {
    return this.#heap[0];
  }

  insert(when: number, action: () => void): QueuedEvent {
    const event: QueuedEvent = { when, order: this.#inserted++, action, place: this.#heap.length };
    this.#heap.push(event);
    this.#rise(event);
    return event;
  }

  remove(event: QueuedEvent): void {
    const { place } = event;
    if (place < 0) return;
    event.place = -1;
    const last = this.#heap.pop();
    if (last === undefined || last === event) return;
    this.#put(last, place);
    this.#rise(last);
    this.#sink(last);
  }

  #rise(event: QueuedEvent): void {
    while (event.place > 0) {
      const parent = this.#heap[(event.place - 1) >> 1] as QueuedEvent;
      if (!before(event, parent)) return;
      this.#swap(event, parent);
    }
  }

  #sink(event: QueuedEvent): void {
    for (;;) {
      const left = this.#heap[2 * event.place + 1];
      const right = this.#heap[2 * event.place + 2];
      const child = left !== undefined && right !== undefined && before(right, left) ? right : left;
      if (child === undefined || !before(child, event)) return;
      this.#swap(child, event);
    }
  }

  #swap(a: QueuedEvent, b: QueuedEvent): void {
    const place = a.place;
    this.#put(a, b.place);
    this.#put(b, place);
  }

  #put(event: QueuedEvent, place: number): void {
    this.#heap[place] = event;
    event.place = place;
  }
}

function before(a: QueuedEvent, b: QueuedEvent): boolean {
  return a.when < b.when || (a.when === b.when && a.order < b.order);
}
