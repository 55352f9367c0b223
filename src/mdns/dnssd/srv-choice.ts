import type { RecordData, ResourceRecord } from "../wire/record.ts";
import { sameRecord } from "../wire/record-key.ts";

export type Srv = Extract<RecordData, { kind: "srv" }>;

/**
 * Which of several SRV records to use: of those with the lowest priority number one at random, in proportion to the
 * weights. RFC 2782
 */
export function chooseSrv(records: readonly ResourceRecord[], random: () => number): ResourceRecord | undefined {
  const lowest = Math.min(...records.map(priority));
  const best = records.filter((record) => priority(record) === lowest);
  if (best.length <= 1) return best[0];
  // Weight 0 comes first and is reached only by a draw of exactly 0, so that it is picked rarely.
  const ordered = best.sort((a, b) => weight(a) - weight(b));
  let draw = Math.floor(random() * (1 + ordered.reduce((sum, record) => sum + weight(record), 0)));
  for (const record of ordered) {
    draw -= weight(record);
    if (draw <= 0) return record;
  }
  return ordered.at(-1);
}

/** The same, but what was chosen before stays so while it is as good as any; its latest copy is returned. */
export function keepSrv(
  records: readonly ResourceRecord[],
  before: ResourceRecord | undefined,
  random: () => number,
): ResourceRecord | undefined {
  const lowest = Math.min(...records.map(priority));
  const kept = before && records.find((record) => sameRecord(record, before));
  return kept !== undefined && priority(kept) === lowest ? kept : chooseSrv(records, random);
}

export function srvOf({ data }: ResourceRecord): Srv | undefined {
  return data.kind === "srv" ? data : undefined;
}

function priority(record: ResourceRecord): number {
  return srvOf(record)?.priority ?? Number.POSITIVE_INFINITY;
}

function weight(record: ResourceRecord): number {
  return srvOf(record)?.weight ?? 0;
}
