/** One received datagram. */
export interface Datagram {
  /** The payload; its own memory, the receiver may keep or change it. */
  readonly data: Buffer;
  /** The sender's numeric address; link-local IPv6 addresses carry their zone (`fe80::1%eth0`). */
  readonly host: string;
  /** The sender's port. */
  readonly port: number;
}

/** Takes a datagram as {@link UdpSocket.deliverTo} hands it over: its payload, and the sender as in {@link Datagram}. */
export type DatagramHandler = (data: Buffer, host: string, port: number) => void;

/** What a queued datagram costs beside its bytes: objects, buffer header and allocator slack, as measured. */
export const DATAGRAM_OVERHEAD = 768;

/**
 * Stands for the kernel's receive buffer: first in, first out, bounded in bytes.
 * When full the newest is dropped, but an empty inbox takes one datagram of any size, as kernels do.
 */
export class Inbox {
  #ring: (Datagram | undefined)[] = new Array(16); // its length is a power of two
  #head = 0;
  #size = 0;
  #used = 0;
  /** In bytes, at {@link DATAGRAM_OVERHEAD} a datagram beside its data. */
  budget: number = Number.POSITIVE_INFINITY;
  received = 0;
  dropped = 0;

  get size(): number {
    return this.#size;
  }

  /** Bytes charged against {@link budget}. */
  get used(): number {
    return this.#used;
  }

  push(datagram: Datagram): void {
    const cost = datagram.data.length + DATAGRAM_OVERHEAD;
    if (this.#used + cost > this.budget && this.#size > 0) {
      this.dropped++;
      return;
    }
    this.received++;
    this.#used += cost;
    if (this.#size === this.#ring.length) this.#grow();
    this.#ring[(this.#head + this.#size++) & (this.#ring.length - 1)] = datagram;
  }

  shift(): Datagram | undefined {
    const datagram = this.#ring[this.#head];
    if (datagram === undefined) return undefined;
    this.#ring[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#ring.length - 1);
    this.#size--;
    this.#used -= datagram.data.length + DATAGRAM_OVERHEAD;
    return datagram;
  }

  clear(): void {
    this.#ring = new Array(16);
    this.#head = this.#size = this.#used = 0;
  }

  #grow(): void {
    const { length } = this.#ring;
    const inOrder = [...this.#ring.slice(this.#head), ...this.#ring.slice(0, this.#head)];
    this.#ring = inOrder.concat(new Array(length));
    this.#head = 0;
  }
}
