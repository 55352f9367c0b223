import type { Question } from "../wire/question.ts";
import type { ActiveQuestion } from "./active-question.ts";
import type { Cache } from "./cache.ts";
import { isKnownAnswer } from "./cache-entry.ts";
import type { Family } from "./datagram.ts";
import type { HeardQuery } from "./heard-queries.ts";
import { answersQuestion } from "./match.ts";
import { duplicateWindow } from "./question-series.ts";
import { type Instant, TIMING } from "./timing.ts";

/** Somebody asked the question on this family, to the same effect as if we had. RFC 6762 §7.3 */
export function noteHeard(active: ActiveQuestion, family: Family, now: Instant): void {
  active.heardOn = { ...active.heardOn, [family]: now };
}

/** A question that somebody asked on this family just now need not be repeated there. RFC 6762 §7.3 */
export function isSpared(active: ActiveQuestion, family: Family, now: Instant): boolean {
  return active.series.phase === "asking" && sinceHeard(active, family, now) <= duplicateWindow(active.series);
}

/** A refresh stands apart from the question's series, so only a question of just now spares it. RFC 6762 §7.3 */
export function isRefreshSpared(active: ActiveQuestion, family: Family, now: Instant): boolean {
  return sinceHeard(active, family, now) < TIMING.queryInterval;
}

/** Whether a query's known answers for our question are all such as we should list too. RFC 6762 §7.3 */
export function listsOnlyOurs(query: HeardQuery, question: Question, cache: Cache, now: Instant): boolean {
  for (const record of query.answers) {
    if (record.name.key !== question.name.key || !answersQuestion(question, record)) continue;
    const entry = cache.find(record);
    if (entry === undefined || !isKnownAnswer(entry, now)) return false;
  }
  return true;
}

function sinceHeard({ heardOn }: ActiveQuestion, family: Family, now: Instant): number {
  return now - (heardOn?.[family] ?? Number.NEGATIVE_INFINITY);
}
