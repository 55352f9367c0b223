import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Ending, earliest, TERMINATE } from "../../src/cli/ending.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("without a rule it never ends", () => {
  const ending = new Ending({});
  ending.count();
  expect([ending.signal.aborted, vi.getTimerCount()]).toEqual([false, 0]);
});

test("--timeout ends at that time whatever happens", () => {
  const ending = new Ending({ timeout: 1_000 });
  vi.advanceTimersByTime(999);
  ending.changed();
  expect(ending.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(ending.signal.aborted).toBe(true);
});

test("--quiet-for ends that long after the last change", () => {
  const ending = new Ending({ quietFor: 1_000 });
  vi.advanceTimersByTime(900);
  ending.changed();
  vi.advanceTimersByTime(999);
  expect(ending.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(ending.signal.aborted).toBe(true);
});

test("--count ends with the n-th found", () => {
  const ending = new Ending({ count: 2 });
  ending.count();
  expect(ending.signal.aborted).toBe(false);
  ending.count();
  expect([ending.signal.aborted, ending.found]).toEqual([true, 2]);
});

test("--terminate ends even on a network where something changes all the time (K-03)", () => {
  const ending = new Ending(TERMINATE);
  for (let second = 0; second < 10; second++) {
    vi.advanceTimersByTime(1_000);
    ending.changed();
  }
  expect(ending.signal.aborted).toBe(true);
});

test("of two sets of rules the stricter holds in each respect", () => {
  expect(earliest({ timeout: 500, count: 3 }, TERMINATE)).toEqual({ timeout: 500, quietFor: 2_000, count: 3 });
});

test("cancelled, it leaves no timer behind", () => {
  const ending = new Ending({ timeout: 1_000, quietFor: 1_000 });
  ending.cancel();
  expect(vi.getTimerCount()).toBe(0);
});
