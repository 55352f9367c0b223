import fc from "fast-check";
import { expect, test } from "vitest";
import { FairShare } from "../../../src/mdns/core/fair-share.ts";

test("names a source that holds most, after any additions and removals (C-22)", () => {
  const step = fc.record({ source: fc.constantFrom("a", "b", "c", "d"), add: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const shares = new FairShare<number>();
      const model = new Map<string, number[]>();
      for (const [item, { source, add }] of steps.entries()) {
        const held = model.get(source) ?? [];
        model.set(source, held);
        const share = shares.of(source);
        expect([...(share?.held ?? [])]).toEqual(held);
        if (add) {
          held.push(item);
          expect(shares.add(source, item).source).toBe(source);
        } else if (share !== undefined) {
          shares.remove(share, held.shift() ?? Number.NaN);
        }
        const most = Math.max(...[...model.values()].map(({ length }) => length));
        expect(shares.largest?.held.size ?? 0).toBe(most);
        expect(shares.of(source)?.held.size ?? 0).toBe(held.length);
      }
    }),
  );
});

test("what a source does not hold cannot be taken from it (C-22)", () => {
  const shares = new FairShare<string>();
  const share = shares.add("a", "one");
  shares.remove(share, "two");
  expect(shares.largest).toBe(share);
  shares.remove(share, "one");
  shares.remove(share, "one");
  expect(shares.largest).toBeUndefined();
});
