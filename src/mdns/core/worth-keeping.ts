import type { ResourceRecord } from "../wire/record.ts";
import { LIMITS } from "./limits.ts";

/**
 * Which records of a message somebody here asks for, or such records lead to. The rest of a busy link's traffic is not
 * kept.
 * @param asked - the keys of the names of which anything is asked
 * @returns for each record in turn whether it is worth keeping
 */
export function worthKeeping(
  records: readonly ResourceRecord[],
  asked: { has(nameKey: string): boolean },
): readonly boolean[] {
  const reached = new Set<string>();
  const kept: boolean[] = [];
  let left = records.length;
  for (let step = 0, before = left + 1; step < LIMITS.aliasSteps && left > 0 && left < before; step++) {
    before = left;
    for (let index = 0; index < records.length; index++) {
      if (kept[index]) continue;
      const { name, data } = records[index] as ResourceRecord;
      const isKept = reached.has(name.key) || asked.has(name.key);
      kept[index] = isKept;
      if (!isKept) continue;
      left--;
      if (data.kind === "name" || data.kind === "srv") reached.add(data.target.key);
    }
  }
  return kept;
}
