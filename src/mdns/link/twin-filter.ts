import type { Instant } from "../core/timing.ts";
import { datagramKey } from "./datagram-key.ts";

// Nothing that mDNS repeats on purpose comes sooner than 250 ms after the first (RFC 6762 §8.1).
const WINDOW = 100;
const MAX_ENTRIES = 128;

/**
 * Recognises the copies of one datagram that arrive by several interfaces on one LAN: where these have one subnet,
 * the first copy is given to all of their links, and its twins are dropped.
 */
export class TwinFilter {
  readonly #seen = new Map<string, Instant>();

  isTwin(source: string, bytes: Uint8Array, now: Instant): boolean {
    for (const [key, at] of this.#seen) {
      if (now - at < WINDOW && this.#seen.size < MAX_ENTRIES) break;
      this.#seen.delete(key);
    }
    const key = datagramKey(source, bytes);
    if (this.#seen.has(key)) return true;
    this.#seen.set(key, now);
    return false;
  }
}
