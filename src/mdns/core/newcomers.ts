import { keyHash } from "./fnv-hash.ts";
import { LIMITS } from "./limits.ts";
import { type Instant, TIMING } from "./timing.ts";

/**
 * Decides what a full cache takes in when no source holds much, as in a flood from forged sources. Some get in at once;
 * the others when they are heard again, as what is announced is (RFC 6762 §8.3) and what is asked for.
 */
export class Newcomers {
  #heard: Uint16Array | undefined;
  #since: Instant = Number.NEGATIVE_INFINITY;
  #admitted = 0;

  /** @param key - of a record that is not held */
  admits(key: string, now: Instant): boolean {
    if (now - this.#since >= TIMING.newcomersWindow) {
      this.#since = now;
      this.#admitted = 0;
    }
    return this.#admitted++ < LIMITS.newcomers || this.#wasHeard(key);
  }

  /** Of keys that share a place the last one is remembered. */
  #wasHeard(key: string): boolean {
    this.#heard ??= new Uint16Array(LIMITS.heardOnce);
    const hash = keyHash(key);
    const place = hash % LIMITS.heardOnce;
    const mark = hash >>> 16;
    const was = this.#heard[place] === mark;
    this.#heard[place] = mark;
    return was;
  }
}
