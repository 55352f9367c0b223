import { type ResourceRecord, recordKey } from "../wire/record.ts";
import { type Owned, wholeSet } from "./zone.ts";

/** The TTLs in seconds of the records that a querier says it knows, by `recordKey`. RFC 6762 §7.1 */
export type KnownAnswers = Map<string, number>;

export function knownAnswers(records: readonly ResourceRecord[]): KnownAnswers {
  const known: KnownAnswers = new Map();
  for (const record of records) known.set(recordKey(record), record.ttl);
  return known;
}

/**
 * Whether the querier knows the answer well enough: at least half its lifetime is left. A unique record set is one
 * answer, known only as a whole. RFC 6762 §7.1, §10.2
 */
export function isKnown(owned: Owned, known: KnownAnswers): boolean {
  return wholeSet(owned).every((member) => {
    const ttl = known.get(member.key);
    return ttl !== undefined && ttl * 2 >= member.record.ttl;
  });
}
