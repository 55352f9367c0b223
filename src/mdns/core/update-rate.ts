import { COUNTS, type Instant, TIMING } from "./timing.ts";

/** Times of the bursts of changed data of one claim in the last minute, oldest first. RFC 6762 §8.4 */
export type UpdateRate = readonly Instant[];

export function noteUpdate(rate: UpdateRate, now: Instant): UpdateRate {
  return [...recent(rate, now), now];
}

/**
 * The earliest time for the next burst. Half of the minute's allowance may be used at will, the other half is spread
 * over the minute, so that the last value never waits for long.
 */
export function nextUpdate(rate: UpdateRate, now: Instant): Instant {
  const last = rate.at(-1);
  if (last === undefined || recent(rate, now).length < COUNTS.updates / 2) return now;
  return Math.max(now, last + TIMING.updateWindow / (COUNTS.updates / 2));
}

function recent(rate: UpdateRate, now: Instant): Instant[] {
  return rate.filter((time) => now - time < TIMING.updateWindow);
}
