// Writes docs/conformance.md and takes the `open` notes of proven requirements off the lists; `--check` only compares.
import { writeFileSync } from "node:fs";
import { renderPage } from "./conformance/page.ts";
import { count, problems } from "./conformance/proof.ts";
import { withoutAnsweredNotes } from "./conformance/requirement.ts";
import { PAGE, ROOT, read, survey } from "./conformance/survey.ts";

const { groups, proofs, lists } = survey();
const page = renderPage(groups, proofs);
const faults = problems(groups, proofs);
if (!process.argv.includes("--check")) {
  const proven = new Set(proofs.keys());
  for (const { path, tsv } of lists) writeFileSync(new URL(path, ROOT), withoutAnsweredNotes(tsv, proven));
  writeFileSync(new URL(PAGE, ROOT), page);
} else if (read(PAGE) !== page) {
  faults.push(`${PAGE} is stale: run npx tsx tools/conformance.ts`);
}

const all = groups.flatMap(({ requirements }) => requirements);
const { proven, reason, open } = count(all, proofs);
console.log(`${proven} proven, ${reason} with a reason, ${open} open`);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
