import { denialFor } from "./negative.ts";
import { isActive, type Owned, wholeSet } from "./zone.ts";

/**
 * What is to be given of answers that waited, as things are now: the records that are ours with all of their sets, which
 * may have grown (RFC 6762 §10.2), and for a denial what is to be denied.
 */
export function currentAnswers(waited: readonly Owned[]): readonly Owned[] {
  const current = new Set<Owned>();
  for (const owned of waited) {
    if (owned.denial) {
      const denial = denialFor(owned.at, owned.record.ttl);
      if (denial !== undefined) current.add(denial);
    } else if (isActive(owned)) {
      for (const member of wholeSet(owned)) current.add(member);
    }
  }
  return [...current];
}
