import type { Instant } from "../core/timing.ts";

/** The only way anything above the core learns the time or waits; tests put a virtual clock behind it. */
export interface Clock {
  /** Milliseconds that never jump. */
  now(): Instant;
  /** Runs `action` once at `when`; returns a function that cancels it. */
  at(when: Instant, action: () => void): () => void;
}
