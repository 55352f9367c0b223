import type { Group, Requirement } from "./requirement.ts";
import { citedIds, testTitles } from "./test-titles.ts";

interface Test {
  /** From the project's root, with `/`. */
  readonly file: string;
  readonly title: string;
}

/** Requirement IDs to the tests whose titles name them. */
export type Proofs = ReadonlyMap<string, readonly Test[]>;

export type Standing = "proven" | "reason" | "open";

export function collectProofs(sources: readonly { readonly file: string; readonly text: string }[]): Proofs {
  const proofs = new Map<string, Test[]>();
  for (const { file, text } of sources) {
    for (const title of testTitles(text)) {
      for (const id of new Set(citedIds(title))) {
        const tests = proofs.get(id) ?? [];
        tests.push({ file, title });
        proofs.set(id, tests);
      }
    }
  }
  return proofs;
}

/** `undefined` when there is neither a test nor a note. */
function standing({ id, note }: Requirement, proofs: Proofs): Standing | undefined {
  return proofs.has(id) ? "proven" : note?.kind;
}

/** What is wrong with list and tests, a line each. */
export function problems(groups: readonly Group[], proofs: Proofs): string[] {
  const found: string[] = [];
  const requirements = new Map(groups.flatMap((group) => group.requirements.map((entry) => [entry.id, entry])));
  for (const [id, tests] of proofs) {
    if (requirements.has(id)) continue;
    for (const { file, title } of tests) found.push(`${file}: "${title}" names ${id}, which is no requirement`);
  }
  for (const requirement of requirements.values()) {
    const { id, note } = requirement;
    if (standing(requirement, proofs) === undefined) found.push(`${id} has neither a test nor a note`);
    else if (note?.kind === "reason" && proofs.has(id)) found.push(`${id} has a test, yet a reason for having none`);
  }
  return found;
}

export function count(requirements: readonly Requirement[], proofs: Proofs): Readonly<Record<Standing, number>> {
  const counts = { proven: 0, reason: 0, open: 0 };
  for (const requirement of requirements) {
    const state = standing(requirement, proofs);
    if (state !== undefined) counts[state] += 1;
  }
  return counts;
}
