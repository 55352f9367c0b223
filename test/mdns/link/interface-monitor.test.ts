import { expect, test } from "vitest";
import type { Clock } from "../../../src/mdns/link/clock.ts";
import { InterfaceMonitor } from "../../../src/mdns/link/interface-monitor.ts";

/** One timer, turned by hand. */
class HandClock implements Clock {
  time = 0;
  wall = 0;
  #next: (() => void) | undefined;

  now(): number {
    return this.time;
  }

  at(_when: number, action: () => void): () => void {
    this.#next = action;
    return () => {
      this.#next = undefined;
    };
  }

  get waiting(): boolean {
    return this.#next !== undefined;
  }

  async pass(monotonic: number, wall = monotonic): Promise<void> {
    this.time += monotonic;
    this.wall += wall;
    const action = this.#next;
    this.#next = undefined;
    action?.();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
}

test("a look a second, which tells when the machine slept (L-24)", async () => {
  const clock = new HandClock();
  const woke: boolean[] = [];
  const monitor = new InterfaceMonitor({
    clock,
    wallClock: () => clock.wall,
    look: async (news) => void woke.push(news.woke),
  });
  await clock.pass(1_000);
  await clock.pass(1_000, 60_000);
  await clock.pass(1_000);
  await clock.pass(30_000);
  expect(woke).toEqual([false, true, false, true]);
  monitor.close();
  expect(clock.waiting).toBe(false);
});

test("the next look waits for the end of the one before, and none follows the end", async () => {
  const clock = new HandClock();
  let finish = (): void => {};
  const monitor = new InterfaceMonitor({
    clock,
    wallClock: () => clock.wall,
    look: () => new Promise((resolve) => (finish = resolve)),
  });
  await clock.pass(1_000);
  expect(clock.waiting).toBe(false);
  monitor.close();
  finish();
  await Promise.resolve();
  await Promise.resolve();
  expect(clock.waiting).toBe(false);
});
