import { denialFor } from "./negative.ts";
import { isActive, type Owned } from "./zone.ts";

/** What may still be given of an answer that waited: the record if it is ours, for a denial what is to be denied now. */
export function currentAnswer(owned: Owned): readonly Owned[] {
  if (isActive(owned)) return [owned];
  const denial = owned.denial ? denialFor(owned.at, owned.record.ttl) : undefined;
  return denial === undefined ? [] : [denial];
}
