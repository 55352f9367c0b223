import { expect, test } from "vitest";
import { ConflictRate } from "../../../src/mdns/core/conflict-rate.ts";

test("attempts that are all denied stay within fifteen in any ten seconds, then five seconds apart (P-22, S-06, H-29)", () => {
  const rate = new ConflictRate();
  const attempts: number[] = [];
  for (let now = 0; now < 60_000; ) {
    attempts.push(now);
    rate.note(now + 1);
    now = Math.max(now + 1, rate.nextAttempt(now + 1));
  }
  for (const start of attempts) {
    expect(attempts.filter((time) => time >= start && time < start + 10_000).length).toBeLessThanOrEqual(15);
  }
  const limited = attempts.slice(15);
  for (const [index, time] of limited.entries()) {
    expect(time - (limited[index - 1] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(5_000);
  }
});

test("after a calm time an attempt may start at once again (P-22)", () => {
  const rate = new ConflictRate();
  for (let now = 0; now < 20; now++) rate.note(now);
  expect(rate.nextAttempt(20)).toBe(5_020);
  expect(rate.nextAttempt(10_020)).toBe(10_020);
});

test("attempts of several links and names are five seconds apart, too (P-22)", () => {
  const rate = new ConflictRate();
  for (let now = 0; now < 20; now++) rate.note(now);
  expect([rate.nextAttempt(20), rate.nextAttempt(20), rate.nextAttempt(7_000)]).toEqual([5_020, 10_020, 15_020]);
});
