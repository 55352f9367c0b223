import { expect, test } from "vitest";
import { displayWidth, fitted } from "../../src/cli/display-width.ts";

test.each([
  ["", 0],
  ["abc", 3],
  ["Büro", 4],
  ["e\u0301", 1],
  ["打印机", 6],
  ["ﾊﾛｰ", 3],
  ["👩‍💻", 2],
  ["☕", 2],
  ["🇩🇪", 2],
])("%s takes %d columns", (text, columns) => {
  expect(displayWidth(text)).toBe(columns);
});

test.each([
  ["abc", 5, "abc  "],
  ["abcdef", 4, "abc…"],
  ["打印机", 5, "打印…"],
  ["打印机", 4, "打… "],
  ["abc", 1, "…"],
  ["abc", 0, ""],
])("%s fits %d columns as %j", (text, width, shown) => {
  expect(fitted(text, width)).toBe(shown);
});
