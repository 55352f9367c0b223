import { COUNTS, type Instant, TIMING } from "./timing.ts";

/** Bursts of changed data that one claim may still send at will, counted at a time. RFC 6762 §8.4 */
export interface UpdateRate {
  readonly credits: number;
  readonly at: Instant;
}

export const UNUSED: UpdateRate = { credits: COUNTS.updateCredits, at: Number.NEGATIVE_INFINITY };

/** A burst was sent. */
export function noteUpdate(rate: UpdateRate, now: Instant): UpdateRate {
  return { credits: creditsAt(rate, now) - 1, at: now };
}

/** The earliest time for the next burst: at once while credits last, else when one has come back. */
export function nextUpdate(rate: UpdateRate, now: Instant): Instant {
  const missing = 1 - creditsAt(rate, now);
  return missing <= 0 ? now : now + missing * TIMING.updateCredit;
}

function creditsAt({ credits, at }: UpdateRate, now: Instant): number {
  return Math.min(COUNTS.updateCredits, credits + (now - at) / TIMING.updateCredit);
}
