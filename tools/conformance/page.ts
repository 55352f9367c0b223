import { count, type Proofs } from "./proof.ts";
import type { Group, Requirement } from "./requirement.ts";

/** docs/conformance.md */
export function renderPage(groups: readonly Group[], proofs: Proofs): string {
  const all = groups.flatMap(({ requirements }) => requirements);
  const { proven, reason, open } = count(all, proofs);
  return [
    "# Conformance",
    "",
    "What earshot is held to, and the tests that prove it. Written by `npx tsx tools/conformance.ts` from the lists in",
    "`conformance/` and the titles of the tests; do not edit it.",
    "",
    `Of ${all.length} requirements ${proven} are proven by tests, ${reason} have a reason for having none, and ${open} are open.`,
    "",
    "| | Group | Proven | Reason | Open |",
    "| --- | --- | ---: | ---: | ---: |",
    ...groups.map((group) => summaryRow(group, proofs)),
    ...groups.flatMap((group) => section(group, proofs)),
    "",
  ].join("\n");
}

function summaryRow({ letter, title, requirements }: Group, proofs: Proofs): string {
  const { proven, reason, open } = count(requirements, proofs);
  return row([letter, title, `${proven}`, `${reason}`, `${open}`]);
}

function section({ letter, title, requirements }: Group, proofs: Proofs): string[] {
  return [
    "",
    `## ${letter}: ${title}`,
    "",
    "| ID | Source | Level | Requirement | Proof |",
    "| --- | --- | --- | --- | --- |",
    ...requirements.map((entry) => row([entry.id, entry.source, entry.level, cell(entry.text), proof(entry, proofs)])),
  ];
}

function proof({ id, note }: Requirement, proofs: Proofs): string {
  const tests = proofs.get(id);
  if (tests !== undefined) {
    return tests.map(({ file, title }) => `[${file.replace(/^test\//, "")}](../${file}): ${cell(title)}`).join("<br>");
  }
  if (note === undefined) return "**missing**";
  return note.kind === "open" ? `**open**: ${cell(note.text)}` : cell(note.text);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cell(text: string): string {
  return text.replace(/[|<>*_`\\[\]]/g, "\\$&");
}
