import { recordKey } from "../wire/record-key.ts";
import { TYPE } from "../wire/record-type.ts";
import type { Entry, RecordSet } from "./cache-entry.ts";
import type { Family } from "./datagram.ts";
import type { Sought } from "./match.ts";
import { type Instant, TIMING } from "./timing.ts";

/**
 * Another host multicast a question that records of the set should answer. A record whose owner stays silent twice is
 * to be dropped ten seconds after the first time, without a question of ours.
 * @param known - by `recordKey`, what the question lists as known
 * @returns the records of which that is now so
 * @see RFC 6762 §10.5
 */
export function observeFailures(
  set: RecordSet,
  sought: Sought,
  { known, family }: { readonly known: ReadonlyMap<string, number>; readonly family: Family },
  now: Instant,
): readonly Entry[] {
  const silent: Entry[] = [];
  if (set.type === TYPE.NSEC && sought.type !== TYPE.NSEC) return silent;
  // Looked through once for all questions that count as one, so that a flood of them costs no more than a few.
  const observed = set.observed?.[family] ?? Number.NEGATIVE_INFINITY;
  if (now - observed < TIMING.failureSpacing) return silent;
  set.observed = { ...set.observed, [family]: now };
  for (const entry of set.entries.all) {
    if (entry.source === undefined || known.has(recordKey(entry.record))) continue;
    if (entry.heardOn !== "both" && entry.heardOn !== family) continue; // its owner may not speak it
    if (now - entry.received < TIMING.multicastInterval) continue; // its owner may not repeat it yet, §6
    if (isSecondMiss(entry, now)) silent.push(entry);
  }
  return silent;
}

function isSecondMiss(entry: Entry, now: Instant): boolean {
  const { missed } = entry;
  if (missed === undefined || now - missed.first > TIMING.failureWindow) {
    entry.missed = { first: now, last: now };
    return false;
  }
  if (now - missed.last < TIMING.failureSpacing) return false;
  entry.missed = { first: missed.first, last: now };
  return entry.standing === "live";
}
