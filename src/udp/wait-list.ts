/** Called when what it waits for may have become possible; must not throw. */
export type Wake = () => void;

/** A place in a {@link WaitList}. */
export interface Waiter {
  readonly wake: Wake;
  waiting: boolean;
  previous: Waiter | undefined;
  next: Waiter | undefined;
}

/** Those who wait, in order of arrival. A linked list, since a Set that is emptied as fast as it is filled keeps rehashing. */
export class WaitList {
  #first: Waiter | undefined;
  #last: Waiter | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(wake: Wake): Waiter {
    const waiter: Waiter = { wake, waiting: true, previous: this.#last, next: undefined };
    if (this.#last === undefined) this.#first = waiter;
    else this.#last.next = waiter;
    this.#last = waiter;
    this.#size++;
    return waiter;
  }

  /** Whoever is removed keeps its `next`, so that a round of waking that has reached it goes on. */
  remove(waiter: Waiter): void {
    if (!waiter.waiting) return;
    waiter.waiting = false;
    this.#size--;
    if (waiter.previous === undefined) this.#first = waiter.next;
    else waiter.previous.next = waiter.next;
    if (waiter.next === undefined) this.#last = waiter.previous;
    else waiter.next.previous = waiter.previous;
  }

  /** Wakes one after the other as long as there is reason to; a wake may remove any of them. */
  wakeWhile(reason: () => boolean): void {
    for (let waiter = this.#first; waiter !== undefined && reason(); waiter = waiter.next) {
      if (waiter.waiting) waiter.wake();
    }
  }

  wakeAll(): void {
    this.wakeWhile(() => true);
  }
}
