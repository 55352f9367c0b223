import type { Question } from "../wire/question.ts";
import { recordKey } from "../wire/record-key.ts";
import type { ActiveQuestion } from "./active-question.ts";
import type { Cache } from "./cache.ts";
import { type Entry, isKnownAnswer } from "./cache-entry.ts";
import type { Family } from "./datagram.ts";
import { keyHash } from "./fnv-hash.ts";
import type { HeardQuery } from "./heard-queries.ts";
import { LIMITS } from "./limits.ts";
import { answersQuestion } from "./match.ts";
import { duplicateWindow } from "./question-series.ts";
import { type Instant, TIMING } from "./timing.ts";

/**
 * Notes a question that was asked on this family. Several within the window are as good as ours once no answer was
 * known to all of them: each host lists its own records, and what one of them keeps from being told the next asks for.
 * RFC 6762 §7.3
 */
export function noteHeard(active: ActiveQuestion, family: Family, untold: readonly number[], now: Instant): void {
  const before = active.heardOn?.[family];
  const together =
    before === undefined || untold.length === 0 || now - before.when > duplicateWindow(active.series)
      ? { when: now, untold }
      : { when: before.when, untold: before.untold.filter((key) => untold.includes(key)) };
  active.heardOn = { ...active.heardOn, [family]: together };
}

/** A question that others asked on this family just now need not be repeated there. RFC 6762 §7.3 */
export function isSpared({ series, heardOn }: ActiveQuestion, family: Family, now: Instant): boolean {
  const heard = heardOn?.[family];
  if (heard === undefined || series.phase !== "asking" || heard.untold.length > 0) return false;
  return now - heard.when <= duplicateWindow(series);
}

/** A refresh stands apart from the question's series, so only a question of just now spares it. RFC 6762 §7.3 */
export function isRefreshSpared(active: ActiveQuestion, family: Family, entry: Entry, now: Instant): boolean {
  const heard = heardAsking(active, family, entry);
  return heard !== undefined && now - heard < TIMING.queryInterval;
}

/** Whether neither we nor others asked for the answer on this family since it was past half its life. */
export function isUnasked(active: ActiveQuestion, family: Family, entry: Entry): boolean {
  const half = entry.received + (entry.record.ttl * 1_000) / 2;
  const isEarlier = (asked: Instant | undefined): boolean => asked === undefined || asked < half;
  return isEarlier(active.lastSent) && isEarlier(heardAsking(active, family, entry));
}

/** When others last asked on this family for the answer, too: they did not list it. */
function heardAsking({ heardOn }: ActiveQuestion, family: Family, { record }: Entry): Instant | undefined {
  const heard = heardOn?.[family];
  return heard?.untold.includes(keyHash(recordKey(record))) ? undefined : heard?.when;
}

/**
 * A query's known answers for our question that we should not list (RFC 6762 §7.3), as `keyHash`; undefined when they are
 * too many to go after.
 */
export function untoldAnswers(
  query: HeardQuery,
  question: Question,
  cache: Cache,
  now: Instant,
): readonly number[] | undefined {
  const untold: number[] = [];
  for (const record of query.answers) {
    if (record.name.key !== question.name.key || !answersQuestion(question, record)) continue;
    const entry = cache.find(record);
    if (entry !== undefined && isKnownAnswer(entry, now)) continue;
    if (untold.length === LIMITS.untoldAnswers) return undefined;
    untold.push(keyHash(recordKey(record)));
  }
  return untold;
}
