import type { Entry } from "./cache-entry.ts";
import { REFRESH_STEP, TIMING } from "./timing.ts";

/**
 * How long ago, in ms, its question may have been sent to serve as a refresh of the record: less than a second, and of
 * a record with a short life not so long that it would lose one of its four. RFC 6762 §5.2
 */
export function refreshSpacing({ recheck, record }: Entry): number {
  const step = recheck.length > 0 ? TIMING.reconfirmRetry : record.ttl * 1_000 * REFRESH_STEP;
  return Math.min(TIMING.queryInterval, step / 2);
}
