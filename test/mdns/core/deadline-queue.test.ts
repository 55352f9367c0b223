import fc from "fast-check";
import { expect, test } from "vitest";
import { DeadlineQueue } from "../../../src/mdns/core/deadline-queue.ts";

test("gives items in the order of their times, whatever was set, moved and deleted before", () => {
  const change = fc.oneof(
    fc.record({ set: fc.nat({ max: 30 }), due: fc.nat({ max: 100 }) }),
    fc.record({ delete: fc.nat({ max: 30 }) }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
      const queue = new DeadlineQueue<number>();
      const model = new Map<number, number>();
      for (const step of changes) {
        if ("set" in step) {
          queue.set(step.set, step.due);
          model.set(step.set, step.due);
        } else {
          queue.delete(step.delete);
          model.delete(step.delete);
        }
        expect(queue.size).toBe(model.size);
        expect(queue.next).toBe(model.size === 0 ? undefined : Math.min(...model.values()));
      }
      const taken: number[] = [];
      for (let item = queue.takeDue(50); item !== undefined; item = queue.takeDue(50)) taken.push(item);
      const times = taken.map((item) => model.get(item) ?? Number.NaN);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(new Set(taken)).toEqual(new Set([...model].filter(([, due]) => due <= 50).map(([item]) => item)));
    }),
  );
});

test("a million moves of one item leave one item (H-19)", () => {
  const queue = new DeadlineQueue<string>();
  for (let due = 0; due < 1_000_000; due++) queue.set("record", due);
  expect(queue.size).toBe(1);
  expect(queue.takeDue(999_998)).toBeUndefined();
  expect(queue.takeDue(999_999)).toBe("record");
});
