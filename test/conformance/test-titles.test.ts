import { describe, expect, test } from "vitest";
import { citedIds, testTitles } from "../../tools/conformance/test-titles.ts";

describe("titles of tests are found in source text", () => {
  test.each([
    ["a plain test", 'test("one (P-16)", () => {});', ["one (P-16)"]],
    ["single quotes and escapes", "it('it\\'s one', () => {});", ["it's one"]],
    ["a group and its tests", 'describe("group", () => { test("one", f); });', ["group", "one"]],
    ["a table", 'test.each([["(", 1], [")", 2]])("row %s (A-01)", f);', ["row %s (A-01)"]],
    ["a table with calls in it", 'test.each(cases.map((c) => [c(1)]))("row", f);', ["row"]],
    ["a tagged table", "test.each`a|b\n1|2`('row', f);", ["row"]],
    ["a table with types", 'test.each<[string, Row]>([["one", {}]])("row", f);', ["row"]],
    [
      "a table that names requirements",
      'test.each([["x (A-02)", 1], ["y", 2]])("%s: z", f);',
      ["%s: z", "x (A-02): z"],
    ],
    ["a table whose text is not in the title", 'test.each([["x (A-02)", 1]])("row", f);', ["row"]],
    ["a condition", 'test.skipIf(process.getuid() !== 0)("as root", f);', ["as root"]],
    ["concurrent", 'test.concurrent("side by side", f);', ["side by side"]],
    ["a title on its own line", 'test(\n  "one",\n  f,\n);', ["one"]],
  ])("%s", (_case, source, titles) => {
    expect(testTitles(source)).toEqual(titles);
  });

  test.each([
    ["a comment", '// test("one", f)\n/* it("two", f) */'],
    ["a string", `const text = 'test("one", f)';`],
    ["a method of that name", 'regex.test("one");'],
    ["a test that is skipped", 'test.skip("one (P-16)", f);'],
    ["a test still to be written", 'test.todo("one (P-16)");'],
    ["a test that should fail", 'test.fails("one (P-16)", f);'],
    ["a title that is computed", "test(title, f);"],
  ])("%s gives none", (_case, source) => {
    expect(testTitles(source)).toEqual([]);
  });
});

describe("requirements named in a title", () => {
  test.each([
    ["waits a second (RFC 6762 §8.2; P-16, M-07)", ["P-16", "M-07"]],
    ["P-16 alone", ["P-16"]],
    ["BC-11 is no requirement, nor are UTF-16, A-1 and A-100", []],
  ])("%s", (title, ids) => {
    expect(citedIds(title)).toEqual(ids);
  });
});
