import { expect, test } from "vitest";
import { parseDuration } from "../../src/cli/duration.ts";

test.each([
  ["500ms", 500],
  ["5s", 5_000],
  ["5", 5_000],
  ["0.5", 500],
  ["1.5m", 90_000],
  ["2h", 7_200_000],
  ["24h", 86_400_000],
])("%s is %d ms", (text, milliseconds) => {
  expect(parseDuration("timeout", text)).toBe(milliseconds);
});

test.each(["", "0", "0.1ms", "-5", "5 s", "5x", "s", "1e3", "5s5s", "NaN", "Infinity", "٣s"])(
  "%j is no time",
  (text) => {
    expect(() => parseDuration("timeout", text)).toThrow(
      `--timeout wants a time such as 500ms, 5s or 2m, not "${text}"`,
    );
  },
);

test("a time that no timer can wait is refused rather than ended at once", () => {
  expect(() => parseDuration("quiet-for", "9999h")).toThrow('--quiet-for can be 24 days at most, not "9999h"');
});
