/** One received datagram. */
export interface Datagram {
  /** The payload; its own memory, the receiver may keep or change it. */
  readonly data: Buffer;
  /** The sender's numeric address; link-local IPv6 addresses carry their zone (`fe80::1%eth0`). */
  readonly host: string;
  /** The sender's port. */
  readonly port: number;
}

/** What a queued datagram costs beside its bytes: objects, buffer header and allocator slack, as measured. */
export const DATAGRAM_OVERHEAD = 768;

/**
 * Stands for the kernel's receive buffer: first in, first out, bounded in bytes.
 * When full the newest is dropped, but an empty inbox takes one datagram of any size, as kernels do.
 */
export class Inbox {
  #items: (Datagram | undefined)[] = [];
  #head = 0;
  #used = 0;
  /** In bytes, at {@link DATAGRAM_OVERHEAD} a datagram beside its data. */
  budget: number = Number.POSITIVE_INFINITY;
  received = 0;
  dropped = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  /** Bytes charged against {@link budget}. */
  get used(): number {
    return this.#used;
  }

  push(datagram: Datagram): void {
    const cost = datagram.data.length + DATAGRAM_OVERHEAD;
    if (this.#used + cost > this.budget && this.#used > 0) {
      this.dropped++;
      return;
    }
    this.received++;
    this.#used += cost;
    this.#items.push(datagram);
  }

  shift(): Datagram | undefined {
    const datagram = this.#items[this.#head];
    if (datagram === undefined) return undefined;
    this.#items[this.#head] = undefined;
    this.#head++;
    this.#used -= datagram.data.length + DATAGRAM_OVERHEAD;
    if (this.#head === this.#items.length) {
      this.#items.length = this.#head = 0;
    } else if (this.#head >= 1024) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return datagram;
  }

  clear(): void {
    this.#items = [];
    this.#head = this.#used = 0;
  }
}
