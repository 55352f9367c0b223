import type { ResourceRecord } from "../wire/record.ts";
import { LIMITS } from "./limits.ts";

/**
 * Which records of a message somebody here asks for, or such records lead to. The rest of a busy link's traffic is not
 * kept.
 * @param isAsked - whether anything is asked of the name with this key
 * @returns for each record in turn whether it is worth keeping
 */
export function worthKeeping(
  records: readonly ResourceRecord[],
  isAsked: (nameKey: string) => boolean,
): readonly boolean[] {
  const reached = new Set<string>();
  const kept: boolean[] = records.map(() => false);
  let left = records.length;
  for (let step = 0, before = left + 1; step < LIMITS.aliasSteps && left > 0 && left < before; step++) {
    before = left;
    for (const [index, { name, data }] of records.entries()) {
      if (kept[index] || !(reached.has(name.key) || isAsked(name.key))) continue;
      kept[index] = true;
      left--;
      if (data.kind === "name" || data.kind === "srv") reached.add(data.target.key);
    }
  }
  return kept;
}
