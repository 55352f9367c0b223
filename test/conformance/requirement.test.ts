import { describe, expect, test } from "vitest";
import { parseGroupList, parseRequirements, withoutAnsweredNotes } from "../../tools/conformance/requirement.ts";

const HEADER = "id\tsource\tlevel\trequirement\tnote\n";

test("a list is read row by row", () => {
  const tsv = `${HEADER}A-01\tRFC 1\tMUST\tDo this.\t\nA-02\tRFC 2\tMAY\tDo that.\topen: nobody tried\n`;
  expect(parseRequirements("A", "a.tsv", tsv)).toEqual([
    { id: "A-01", source: "RFC 1", level: "MUST", text: "Do this.", note: undefined },
    { id: "A-02", source: "RFC 2", level: "MAY", text: "Do that.", note: { kind: "open", text: "nobody tried" } },
  ]);
});

describe("a malformed row is an error that names its line", () => {
  test.each([
    ["too few columns", "A-01\tRFC 1\tMUST\tDo this.", /a\.tsv:2: 4 columns/],
    ["an ID out of turn", "A-02\tRFC 1\tMUST\tDo this.\t", /a\.tsv:2: "A-02" where A-01 is due/],
    ["an ID of another group", "B-01\tRFC 1\tMUST\tDo this.\t", /"B-01"/],
    ["no text", "A-01\tRFC 1\tMUST\t\t", /an empty column/],
    ["a note without a kind", "A-01\tRFC 1\tMUST\tDo this.\tlater", /"later"/],
    ["a note that says nothing", "A-01\tRFC 1\tMUST\tDo this.\topen: ", /"open: "/],
  ])("%s", (_case, row, message) => {
    expect(() => parseRequirements("A", "a.tsv", `${HEADER}${row}\n`)).toThrow(message);
  });
});

test("the list of groups is read", () => {
  expect(parseGroupList("letter\tfile\ttitle\nA\ta.tsv\tAnswers\n")).toEqual([
    { letter: "A", file: "a.tsv", title: "Answers" },
  ]);
});

test("an open note goes when its requirement is proven; others and reasons stay", () => {
  const rows = ["A-01\tR\tMUST\tx\topen: later", "A-02\tR\tMUST\tx\topen: later", "A-03\tR\tMUST\tx\treason: none"];
  const tsv = `${HEADER}${rows.join("\n")}\n`;
  expect(withoutAnsweredNotes(tsv, new Set(["A-01", "A-03"]))).toBe(tsv.replace("open: later", ""));
});
