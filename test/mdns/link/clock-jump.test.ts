import { expect, test } from "vitest";
import { slept } from "../../../src/mdns/link/clock-jump.ts";

test.each([
  ["a look in time", 1_000, false],
  ["a look three seconds late on a busy machine", 4_000, false],
  ["a minute that has passed since a look that was due in a second", 61_000, true],
  ["a time of day set back by an hour", -3_600_000, false],
  ["a time of day corrected by a second", 2_000, false],
])("sleep is told from %s", (_title, passed, expected) => {
  expect(slept(passed, 1_000)).toBe(expected);
});
