import { type Instant, TIMING } from "./timing.ts";

/** When an answer may, should and must go out. */
export interface Window {
  readonly earliest: Instant;
  readonly due: Instant;
  readonly latest: Instant;
}

export function atOnce(now: Instant): Window {
  return { earliest: now, due: now, latest: now };
}

/** For answers that other hosts may give as well. RFC 6762 §6 */
export function afterRandomDelay(now: Instant, random: () => number): Window {
  const spread = TIMING.sharedAnswerMax - TIMING.sharedAnswerMin;
  return {
    earliest: now + TIMING.sharedAnswerMin,
    due: now + TIMING.sharedAnswerMin + random() * spread,
    latest: now + TIMING.sharedAnswerMax,
  };
}

export function notBefore(window: Window, limit: Instant): Window {
  const { earliest, due, latest } = window;
  if (limit <= earliest) return window;
  return { earliest: Math.max(earliest, limit), due: Math.max(due, limit), latest: Math.max(latest, limit) };
}

export function sooner(a: Window, b: Window): Window {
  return {
    earliest: Math.min(a.earliest, b.earliest),
    due: Math.min(a.due, b.due),
    latest: Math.min(a.latest, b.latest),
  };
}
