import { expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { Newcomers } from "../../../src/mdns/core/newcomers.ts";
import { TIMING } from "../../../src/mdns/core/timing.ts";

function keys(label: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${label} ${index}`);
}

/** How many of them get in. */
function admitted(newcomers: Newcomers, of: readonly string[]): number {
  return of.filter((key) => newcomers.admits(key, 0)).length;
}

function crowded(): Newcomers {
  const newcomers = new Newcomers();
  expect(admitted(newcomers, keys("first", 2 * LIMITS.newcomers))).toBe(LIMITS.newcomers);
  return newcomers;
}

test("a few get in each second, the others when they are heard again (S-11)", () => {
  const newcomers = crowded();
  const late = keys("late", 100);
  expect(admitted(newcomers, late)).toBe(0);
  expect(admitted(newcomers, late)).toBe(late.length);
  expect(newcomers.admits("next second", TIMING.newcomersWindow)).toBe(true);
});

test("no more than `heardOnce` are remembered: later ones take the places of earlier ones (S-11)", () => {
  const newcomers = crowded();
  const early = keys("early", 1_000);
  expect(admitted(newcomers, early)).toBe(0);
  admitted(newcomers, keys("flood", 4 * LIMITS.heardOnce));
  expect(admitted(newcomers, early)).toBeLessThan(early.length / 10);
});
