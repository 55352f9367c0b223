import type { Instant } from "../core/timing.ts";
import { datagramKey } from "./datagram-key.ts";

const EXPIRY = 2_000;
const MAX_ENTRIES = 1_024;
const MAX_BYTES = 1_048_576;

interface Sent {
  credit: number;
  expires: Instant;
}

/**
 * Tells the looped-back copy of what this process just sent from everything else: one copy is dropped for each send.
 * A further copy came round a bridge or from another program that says the same, and is passed on.
 */
export class EchoFilter {
  readonly #sent = new Map<string, Sent>();
  #bytes = 0;

  /** `channel` is the interface and family by which the copy will come back. */
  sent(channel: string, bytes: Uint8Array, now: Instant): void {
    this.#forget(now);
    const key = datagramKey(channel, bytes);
    const known = this.#sent.get(key);
    if (known === undefined) {
      this.#bytes += key.length;
      this.#sent.set(key, { credit: 1, expires: now + EXPIRY });
      return;
    }
    this.#sent.delete(key);
    this.#sent.set(key, { credit: known.credit + 1, expires: now + EXPIRY });
  }

  /** Whether this is the copy of a send, which is used up by it. */
  isEcho(channel: string, bytes: Uint8Array): boolean {
    if (this.#sent.size === 0) return false;
    const key = datagramKey(channel, bytes);
    const known = this.#sent.get(key);
    if (known === undefined) return false;
    if (--known.credit === 0) this.#drop(key);
    return true;
  }

  get size(): number {
    return this.#sent.size;
  }

  /** Oldest first, as they expire in that order. */
  #forget(now: Instant): void {
    for (const [key, { expires }] of this.#sent) {
      if (expires > now && this.#sent.size < MAX_ENTRIES && this.#bytes < MAX_BYTES) return;
      this.#drop(key);
    }
  }

  #drop(key: string): void {
    if (this.#sent.delete(key)) this.#bytes -= key.length;
  }
}
