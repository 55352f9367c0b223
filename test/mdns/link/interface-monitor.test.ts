import { beforeEach, describe, expect, test } from "vitest";
import { InterfaceMonitor } from "../../../src/mdns/link/interface-monitor.ts";

describe("the interfaces are looked at", () => {
  let wall: number;
  let stale: boolean;
  let settled: boolean;
  let looks: { readonly woke: boolean }[];
  let finish: (() => void) | undefined;
  let interval: { readonly period: number; readonly action: () => void } | undefined;
  let monitor: InterfaceMonitor;

  beforeEach(() => {
    wall = 1_700_000_000_000;
    stale = false;
    settled = true;
    looks = [];
    finish = undefined;
    monitor = new InterfaceMonitor({
      every: (period, action) => {
        const mine = { period, action };
        interval = mine;
        return () => {
          if (interval === mine) interval = undefined;
        };
      },
      wallClock: () => wall,
      isStale: () => stale,
      isSettled: () => settled,
      look: (news) => {
        looks.push(news);
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    });
  });

  async function pass(ms = interval?.period ?? 0): Promise<void> {
    wall += ms;
    interval?.action();
    await end();
  }

  async function end(): Promise<void> {
    finish?.();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }

  test("within two seconds of a change, and only then", async () => {
    expect(interval?.period).toBeLessThan(2_000);
    await pass();
    expect(looks).toEqual([]);
    stale = true;
    await pass();
    expect(looks).toEqual([{ woke: false }]);
  });

  test("when the machine slept (L-24)", async () => {
    await pass(60_000);
    await pass();
    expect(looks).toEqual([{ woke: true }]);
  });

  test("twice in two seconds from when something was refused until it is no more (N-20)", async () => {
    settled = false;
    monitor.pace();
    expect(interval?.period).toBeLessThan(1_000);
    await pass();
    await pass();
    interval?.action();
    settled = true;
    await end();
    expect(looks).toHaveLength(3);
    expect(interval?.period).toBeGreaterThan(1_000);
    await pass();
    expect(looks).toHaveLength(3);
  });

  test("once at a time; that the machine slept meanwhile is told to the next", async () => {
    stale = true;
    interval?.action();
    wall += 60_000;
    interval?.action();
    expect(looks).toEqual([{ woke: false }]);
    await end();
    await pass();
    expect(looks).toEqual([{ woke: false }, { woke: true }]);
  });

  test("no more after the end, also where a look ends later", async () => {
    stale = true;
    interval?.action();
    settled = false;
    monitor.close();
    expect(interval).toBeUndefined();
    await end();
    expect(interval).toBeUndefined();
  });
});
