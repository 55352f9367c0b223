import { describe, expect, test } from "vitest";
import { renderPage } from "../../tools/conformance/page.ts";
import { collectProofs, count, problems } from "../../tools/conformance/proof.ts";
import type { Group, Note, Requirement } from "../../tools/conformance/requirement.ts";

function requirement(id: string, note?: Note): Requirement {
  return { id, source: "RFC 6762 §6", level: "MUST", text: `Text | of ${id}.`, note };
}

const OPEN: Note = { kind: "open", text: "not yet" };
const REASON: Note = { kind: "reason", text: "cannot be seen" };

function group(...requirements: Requirement[]): Group[] {
  return [{ letter: "A", title: "Answers", requirements }];
}

const proofs = collectProofs([
  { file: "test/one.test.ts", text: 'test("first (A-01, A-01)", f); test("second (A-01, A-02)", f);' },
  { file: "test/two.test.ts", text: 'test("third", f);' },
]);

test("tests are collected by the requirements in their titles, each once", () => {
  expect([...proofs]).toEqual([
    [
      "A-01",
      [
        { file: "test/one.test.ts", title: "first (A-01, A-01)" },
        { file: "test/one.test.ts", title: "second (A-01, A-02)" },
      ],
    ],
    ["A-02", [{ file: "test/one.test.ts", title: "second (A-01, A-02)" }]],
  ]);
});

describe("problems", () => {
  test("there are none when each requirement has a test or a note", () => {
    expect(
      problems(group(requirement("A-01"), requirement("A-02", OPEN), requirement("A-03", REASON)), proofs),
    ).toEqual([]);
  });

  test("a requirement without either", () => {
    const list = group(requirement("A-01"), requirement("A-02"), requirement("A-03"));
    expect(problems(list, proofs)).toEqual(["A-03 has neither a test nor a note"]);
  });

  test("an ID in a title that is no requirement", () => {
    expect(problems(group(requirement("A-01")), proofs)).toEqual([
      'test/one.test.ts: "second (A-01, A-02)" names A-02, which is no requirement',
    ]);
  });

  test("a reason for having no test beside a test", () => {
    const list = group(requirement("A-01", REASON), requirement("A-02"));
    expect(problems(list, proofs)).toEqual(["A-01 has a test, yet a reason for having none"]);
  });
});

test("a test counts before an open note", () => {
  const list = [requirement("A-01", OPEN), requirement("A-02"), requirement("A-03", OPEN), requirement("A-04", REASON)];
  expect(count(list, proofs)).toEqual({ proven: 2, reason: 1, open: 1 });
});

test("the page shows tests with links, reasons, and what is open or missing", () => {
  const list = [requirement("A-02"), requirement("A-03", REASON), requirement("A-04", OPEN), requirement("A-05")];
  const page = renderPage(group(...list), proofs).split("\n");
  expect(page).toContain("| A | Answers | 1 | 1 | 1 |");
  expect(page.slice(-5)).toEqual([
    "| A-02 | RFC 6762 §6 | MUST | Text \\| of A-02. | [one.test.ts](../test/one.test.ts): second (A-01, A-02) |",
    "| A-03 | RFC 6762 §6 | MUST | Text \\| of A-03. | cannot be seen |",
    "| A-04 | RFC 6762 §6 | MUST | Text \\| of A-04. | **open**: not yet |",
    "| A-05 | RFC 6762 §6 | MUST | Text \\| of A-05. | **missing** |",
    "",
  ]);
});
