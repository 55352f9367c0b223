import { COUNTS, type Instant, TIMING } from "./timing.ts";

/** Times of the last bursts of changed data of one claim, oldest first. RFC 6762 §8.4 */
export type UpdateRate = readonly Instant[];

export function noteUpdate(rate: UpdateRate, now: Instant): UpdateRate {
  return [...rate, now].slice(-COUNTS.updates);
}

/** The earliest time for the next burst. */
export function nextUpdate(rate: UpdateRate, now: Instant): Instant {
  const oldest = rate[0];
  if (rate.length < COUNTS.updates || oldest === undefined) return now;
  return Math.max(now, oldest + TIMING.updateWindow);
}
