import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SystemClock } from "../../../src/mdns/link/system-clock.ts";

describe("the real clock", () => {
  beforeEach(() =>
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] }),
  );
  afterEach(() => vi.useRealTimers());

  test("runs an action once, not before its time", () => {
    const clock = new SystemClock();
    const ran: number[] = [];
    clock.at(clock.now() + 20.5, () => ran.push(clock.now()));
    const due = clock.now() + 20.5;
    vi.advanceTimersByTime(20);
    expect(ran).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(ran).toHaveLength(1);
    expect(ran[0]).toBeGreaterThanOrEqual(due);
  });

  test("runs what is overdue at the next turn", () => {
    const clock = new SystemClock();
    const action = vi.fn();
    clock.at(clock.now() - 5, action);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(action).toHaveBeenCalledTimes(1);
  });

  test("waits longer than a timer can be set", () => {
    const clock = new SystemClock();
    const action = vi.fn();
    const wait = 2 ** 31 + 5_000;
    clock.at(clock.now() + wait, action);
    vi.advanceTimersByTime(wait - 1);
    expect(action).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(action).toHaveBeenCalledTimes(1);
  });

  test("runs an action over and over until that is ended", () => {
    const clock = new SystemClock();
    const action = vi.fn();
    const stop = clock.every(1_000, action);
    vi.advanceTimersByTime(3_500);
    stop();
    vi.advanceTimersByTime(3_500);
    expect(action).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a cancelled action never runs", () => {
    const clock = new SystemClock();
    const action = vi.fn();
    const cancel = clock.at(clock.now() + 5, action);
    cancel();
    vi.advanceTimersByTime(100);
    expect(action).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the real clock's timers", () => {
  const held = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

  test("keep the process running only while they should", () => {
    const clock = new SystemClock();
    const before = held();
    const cancel = [clock.at(clock.now() + 60_000, () => {}), clock.at(clock.now() + 60_000, () => {})];
    expect(held() - before).toBe(2);
    clock.setKeepAlive(false);
    expect(held() - before).toBe(0);
    cancel.push(clock.at(clock.now() + 60_000, () => {}));
    expect(held() - before).toBe(0);
    clock.setKeepAlive(true);
    cancel.push(clock.every(60_000, () => {}));
    expect(held() - before).toBe(4);
    for (const stop of cancel) stop();
    expect(held() - before).toBe(0);
  });
});
