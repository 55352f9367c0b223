import type { Name } from "../wire/name.ts";
import { TYPE } from "../wire/record-type.ts";
import type { Ask } from "./active-question.ts";
import type { Entry } from "./cache-entry.ts";
import { LIMITS } from "./limits.ts";

/** Whether the record says that the answer is at another name. RFC 6762 §6 */
export function isAlias({ active: { question } }: Ask, entry: Entry): boolean {
  return entry.set.type === TYPE.CNAME && question.type !== TYPE.CNAME && question.type !== TYPE.ANY;
}

/** The name to ask for instead; undefined when the chain is too long or leads back to itself. */
export function aliasTarget(ask: Ask, { record }: Entry): Name | undefined {
  const { data } = record;
  if (data.kind !== "name") return undefined;
  let steps = 0;
  for (let link: Ask | undefined = ask; link !== undefined; link = link.parent) {
    if (link.active.question.name.equals(data.target) || ++steps > LIMITS.aliasSteps) return undefined;
  }
  return data.target;
}
