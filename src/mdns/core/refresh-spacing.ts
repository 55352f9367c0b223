import type { Entry } from "./cache-entry.ts";
import { REFRESH_STEP, TIMING } from "./timing.ts";

/**
 * How long ago, in ms, its question may have been sent to serve as a refresh of the record: less than a second, and of
 * a record with a short life not so long that it would lose one of its four. RFC 6762 §5.2
 */
export function refreshSpacing({ recheck, record }: Entry): number {
  if (recheck.length > 0) return TIMING.queryInterval; // two of three are left, RFC 6762 §10.4
  return Math.min(TIMING.queryInterval, (record.ttl * 1_000 * REFRESH_STEP) / 2);
}
