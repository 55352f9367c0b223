import fc from "fast-check";
import { expect, test } from "vitest";
import { type Waiter, WaitList } from "../../src/udp/wait-list.ts";

test("it keeps the order of arrival through any additions and removals", () => {
  const step = fc.record({ add: fc.boolean(), at: fc.nat(20) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const list = new WaitList();
      const woken: number[] = [];
      const model: { id: number; waiter: Waiter }[] = [];
      for (const [id, { add, at }] of steps.entries()) {
        if (add) {
          model.push({ id, waiter: list.add(() => woken.push(id)) });
        } else {
          const [removed] = model.splice(at, 1);
          if (removed !== undefined) for (let twice = 0; twice < 2; twice++) list.remove(removed.waiter);
        }
        expect(list.size).toBe(model.length);
      }
      list.wakeAll();
      expect(woken).toEqual(model.map(({ id }) => id));
    }),
  );
});

test("a wake may remove any of them, and is not followed by a wake of those", () => {
  const list = new WaitList();
  const woken: string[] = [];
  const waiters: Waiter[] = ["a", "b", "c", "d"].map((name, index) =>
    list.add(() => {
      woken.push(name);
      if (index === 0) for (const gone of [0, 1, 2]) list.remove(waiters[gone] as Waiter);
    }),
  );
  list.wakeAll();
  expect([woken, list.size]).toEqual([["a", "d"], 1]);
});

test("waking ends when there is no more reason to", () => {
  const list = new WaitList();
  let left = 2;
  let woken = 0;
  for (let n = 0; n < 5; n++) {
    list.add(() => {
      left--;
      woken++;
    });
  }
  list.wakeWhile(() => left > 0);
  expect(woken).toBe(2);
});
