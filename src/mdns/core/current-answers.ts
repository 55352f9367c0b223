import { denialFor } from "./negative.ts";
import { isActive, type Owned } from "./zone.ts";

/** What may still be given of answers that waited: the records that are ours, for a denial what is to be denied now. */
export function currentAnswers(waited: readonly Owned[]): Owned[] {
  const current: Owned[] = [];
  for (const owned of waited) {
    const answer = owned.denial ? denialFor(owned.at, owned.record.ttl) : owned;
    if (answer !== undefined && (answer.denial || isActive(answer))) current.push(answer);
  }
  return current;
}
