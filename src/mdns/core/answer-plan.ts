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

/** An answer, the question that it is to, and whether it defends the name against a probe. */
export interface PlannedAnswer {
  readonly owned: Owned;
  readonly question: Question;
  readonly defence: boolean;
}

/** What there is to say to a query: each record once, and none that the sender knows. RFC 6762 §6, §7.1 */
export function planAnswers(
  { questions, known, probed }: Asked,
  zone: Zone,
  { trace }: CoreContext,
): readonly PlannedAnswer[] {
  const planned: PlannedAnswer[] = [];
  for (const question of questions) {
    const defence = probed.has(question.name.key);
    for (const owned of answersTo(question, zone)) {
      if (defence || !isKnown(owned, known)) planned.push({ owned, question, defence });
      else trace("answer suppressed", owned.record.name, "the querier knows it (RFC 6762 §7.1)");
    }
  }
  return questions.length > 1 ? withoutRepeats(planned) : planned;
}

/** Of denials of one name, which may differ in that, the one with the shortest lifetime is given. */
function withoutRepeats(planned: readonly PlannedAnswer[]): readonly PlannedAnswer[] {
  const distinct = new Map<string, PlannedAnswer>();
  for (const answer of planned) {
    const ttl = distinct.get(answer.owned.key)?.owned.record.ttl;
    if (ttl === undefined || answer.owned.record.ttl < ttl) distinct.set(answer.owned.key, answer);
  }
  return [...distinct.values()];
}

/** Our records that answer a question, or our denial that there are any. */
export function answersTo(question: Question, zone: Zone): readonly Owned[] {
  const positive = zone.answers(question);
  if (positive.length > 0) return positive;
  const at = zone.at(question.name);
  const negative = at === undefined ? undefined : negativeAnswer(at, question);
  return negative === undefined ? [] : [negative];
}
