import type { Question } from "../wire/question.ts";
import type { CoreContext } from "./context.ts";
import { isKnown, type KnownAnswers } from "./known-answers.ts";
import { negativeAnswer } from "./negative.ts";
import type { Owned, Zone } from "./zone.ts";

/** What a query asks, whether it came in one packet or in several. */
export interface Asked {
  readonly questions: readonly Question[];
  readonly known: KnownAnswers;
  /** Keys of the names that the sender is probing for. */
  readonly probed: ReadonlySet<string>;
}

/** An answer and the question that it is to. */
export interface PlannedAnswer {
  readonly owned: Owned;
  readonly question: Question;
  /** The sender probes for the name. */
  readonly defence: boolean;
}

/** What there is to say to a query: each record once, and none that the sender knows. RFC 6762 §6, §7.1 */
export function planAnswers({ questions, known, probed }: Asked, zone: Zone, { trace }: CoreContext): PlannedAnswer[] {
  const planned = new Map<string, PlannedAnswer>();
  for (const question of questions) {
    const defence = probed.has(question.name.key);
    for (const owned of answersTo(question, zone)) {
      const ttl = planned.get(owned.key)?.owned.record.ttl; // denials of one name may differ in it
      if (ttl !== undefined && ttl <= owned.record.ttl) continue;
      if (!defence && isKnown(owned, known)) {
        trace("answer suppressed", owned.record.name, "the querier knows it (RFC 6762 §7.1)");
        continue;
      }
      planned.set(owned.key, { owned, question, defence });
    }
  }
  return [...planned.values()];
}

/** Our records that answer a question, or our denial that there are any. */
export function answersTo(question: Question, zone: Zone): readonly Owned[] {
  const positive = zone.answers(question);
  if (positive.length > 0) return positive;
  const at = zone.at(question.name);
  const negative = at === undefined ? undefined : negativeAnswer(at, question);
  return negative === undefined ? [] : [negative];
}
