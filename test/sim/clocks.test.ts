import { expect, test } from "vitest";
import { EventQueue, type QueuedEvent } from "./event-queue.ts";
import { HostClock } from "./host-clock.ts";
import { seeded } from "./random.ts";
import { SimClock } from "./sim-clock.ts";

test("events happen by time, then in the order in which they were arranged", () => {
  const clock = new SimClock();
  const seen: string[] = [];
  const note = (what: string) => () => void seen.push(`${clock.now()} ${what}`);
  clock.at(20, note("c"));
  clock.at(10, note("a"));
  clock.at(10, () => {
    note("b")();
    clock.at(5, note("late"));
  });
  clock.at(15, note("cancelled"))();
  clock.run(19);
  expect(seen).toEqual(["10 a", "10 b", "10 late"]);
  clock.run(1);
  expect(seen.at(-1)).toBe("20 c");
  expect(clock.pending).toBe(0);
});

test("the queue gives back in order whatever was inserted and not removed", () => {
  const random = seeded("queue");
  const queue = new EventQueue();
  const left = new Set<QueuedEvent>();
  for (let turn = 0; turn < 5_000; turn++) {
    const event = queue.insert(Math.floor(random() * 100), () => {});
    left.add(event);
    if (random() < 0.5) {
      const victim = [...left][Math.floor(random() * left.size)] as QueuedEvent;
      queue.remove(victim);
      left.delete(victim);
    }
  }
  const expected = [...left].sort((a, b) => a.when - b.when || a.order - b.order);
  const taken: QueuedEvent[] = [];
  for (let first = queue.first; first !== undefined; first = queue.first) {
    taken.push(first);
    queue.remove(first);
  }
  expect(taken).toEqual(expected);
});

test("the same parts give the same numbers, spread evenly", () => {
  const first = seeded(7, "host", "a");
  const second = seeded(7, "host", "a");
  const other = seeded(7, "host", "b");
  const numbers = Array.from({ length: 10_000 }, first);
  expect(numbers).toEqual(Array.from({ length: 10_000 }, second));
  expect(numbers.slice(0, 3)).not.toEqual(Array.from({ length: 3 }, other));
  for (const quarter of [0, 1, 2, 3]) {
    const share = numbers.filter((number) => Math.floor(number * 4) === quarter).length / numbers.length;
    expect(share).toBeGreaterThan(0.23);
    expect(share).toBeLessThan(0.27);
  }
});

test.each([
  { sleepCounts: false, fires: 1_050, reads: 50 },
  { sleepCounts: true, fires: 1_010, reads: 1_010 },
])("a timer set before a sleep of 1 s fires at $fires ms when sleepCounts is $sleepCounts", (row) => {
  const base = new SimClock();
  const clock = new HostClock(base);
  const seen: number[] = [];
  clock.at(50, () => seen.push(base.now(), clock.now()));
  base.run(10);
  clock.sleep();
  base.run(1_000);
  expect(seen).toEqual([]);
  expect(clock.now()).toBe(10);
  clock.wake(row);
  base.run(5_000);
  expect(seen).toEqual([row.fires, row.reads]);
});
