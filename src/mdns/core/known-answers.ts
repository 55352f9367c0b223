import type { ResourceRecord } from "../wire/record.ts";
import { recordKey } from "../wire/record-key.ts";
import { type Owned, wholeSet } from "./zone.ts";

/** The TTLs in seconds of the records that a querier says it knows, by `recordKey`. RFC 6762 §7.1 */
export type KnownAnswers = ReadonlyMap<string, number>;

export const NOTHING_KNOWN: KnownAnswers = new Map();

export function knownAnswers(records: readonly ResourceRecord[]): KnownAnswers {
  if (records.length === 0) return NOTHING_KNOWN;
  const known = new Map<string, number>();
  for (const record of records) known.set(recordKey(record), record.ttl);
  return known;
}

/**
 * Whether the querier knows the answer well enough: at least half its lifetime is left. A unique record set is one
 * answer, known only as a whole. RFC 6762 §7.1, §10.2
 */
export function isKnown(owned: Owned, known: KnownAnswers): boolean {
  if (known.size === 0) return false;
  return wholeSet(owned).every((member) => {
    const ttl = known.get(member.key);
    return ttl !== undefined && ttl * 2 >= member.record.ttl;
  });
}
