import { expect, test } from "vitest";
import { slept } from "../../../src/mdns/link/clock-jump.ts";

const before = { monotonic: 1_000, wall: 1_700_000_000_000 };
const after = (monotonic: number, wall: number) => ({ monotonic: 1_000 + monotonic, wall: before.wall + wall });

test.each([
  ["a look in time", after(1_000, 1_000), false],
  ["a look three seconds late on a busy machine", after(4_000, 4_000), false],
  ["a monotonic clock that stood still for a minute", after(1_000, 61_000), true],
  ["a monotonic clock that went on for a minute", after(61_000, 61_000), true],
  ["a time of day set back by an hour", after(1_000, -3_600_000), false],
  ["a time of day corrected by a second", after(1_000, 2_000), false],
])("sleep is told from %s", (_title, reading, expected) => {
  expect(slept(before, reading, 1_000)).toBe(expected);
});
