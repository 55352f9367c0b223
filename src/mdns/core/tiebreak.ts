import type { ResourceRecord } from "../wire/record.ts";
import { rdataBytes } from "../wire/record-key.ts";

/**
 * Compares two sets of records proposed for one name. RFC 6762 §8.2, §8.2.1
 * @returns positive when ours is lexicographically later and wins, negative when theirs does, 0 when they are the same
 */
export function tiebreak(ours: readonly ResourceRecord[], theirs: readonly ResourceRecord[]): number {
  const mine = [...ours].sort(compareRecords);
  const other = [...theirs].sort(compareRecords);
  for (let index = 0; index < Math.min(mine.length, other.length); index++) {
    const order = compareRecords(mine[index] as ResourceRecord, other[index] as ResourceRecord);
    if (order !== 0) return order;
  }
  return mine.length - other.length;
}

function compareRecords(a: ResourceRecord, b: ResourceRecord): number {
  return a.class - b.class || a.type - b.type || compareBytes(rdataBytes(a), rdataBytes(b));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const difference = (a[index] as number) - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
