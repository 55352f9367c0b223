import type { Arguments } from "./arguments.ts";
import { parseDuration } from "./duration.ts";
import { type EndRules, earliest, TERMINATE } from "./ending.ts";
import { UsageError } from "./usage-error.ts";

/** The ends that a command line sets. @throws {@link UsageError} */
export function endRules(given: Arguments): EndRules {
  const timeout = given.value("timeout");
  const quietFor = given.value("quiet-for");
  const count = given.value("count");
  const rules: EndRules = {
    ...(timeout === undefined ? {} : { timeout: parseDuration("timeout", timeout) }),
    ...(quietFor === undefined ? {} : { quietFor: parseDuration("quiet-for", quietFor) }),
    ...(count === undefined ? {} : { count: parseCount(count) }),
  };
  return given.has("terminate") ? earliest(rules, TERMINATE) : rules;
}

function parseCount(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new UsageError(`--count wants a whole number from 1, not "${text}"`);
  return count;
}
