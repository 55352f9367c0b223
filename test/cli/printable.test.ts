import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonLine, printable, printableName } from "../../src/cli/printable.ts";

const DANGEROUS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

test.each([
  ["\u001b[2J\u001b]0;title\u0007", "\\u{1b}[2J\\u{1b}]0;title\\u{7}"],
  ["two\nlines\r", "two\\u{a}lines\\u{d}"],
  ["\u009b31m", "\\u{9b}31m"],
  ["invoice\u202efdp.exe", "invoice\\u{202e}fdp.exe"],
  ["a\u2028b\ufeff", "a\\u{2028}b\\u{feff}"],
  ["\ud800", "\\u{d800}"],
])("%j is shown as %s", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test.each(["A.B C\\D", "Büro", "打印机", "👩‍💻", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم"])("%s stays as it is", (text) => {
  expect(printable(text)).toBe(text);
});

test.each([
  ["\\027[2J.local", "\\u{1b}[2J.local"],
  ["a\\194\\155b.local", "a\\u{9b}b.local"],
  ["a\\\\027.local", "a\\\\027.local"],
  ["\\200\\027.local", "\\200\\027.local"],
  ["a\\.b\\999.x\u202e", "a\\.b\\999.x\\u{202e}"],
])("the name %s is shown as %s", (text, shown) => {
  expect(printableName(text)).toBe(shown);
});

test("no control character, escape sequence or bidirectional control gets through (S-12)", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !DANGEROUS.test(printable(text))));
});

test("a JSON line is as safe, and reads back exactly", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (key, value) => {
      const line = jsonLine({ [`k${key}`]: value });
      return !DANGEROUS.test(line) && JSON.parse(line)[`k${key}`] === value;
    }),
  );
});
