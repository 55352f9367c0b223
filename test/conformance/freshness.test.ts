import { expect, test } from "vitest";
import { renderPage } from "../../tools/conformance/page.ts";
import { problems } from "../../tools/conformance/proof.ts";
import { PAGE, read, survey } from "../../tools/conformance/survey.ts";

const { groups, proofs } = survey();

test("each requirement has a test or a note, and each ID in a title is a requirement", () => {
  expect(problems(groups, proofs)).toEqual([]);
});

test("docs/conformance.md is what `npx tsx tools/conformance.ts` writes", () => {
  expect(read(PAGE) === renderPage(groups, proofs)).toBe(true);
});
