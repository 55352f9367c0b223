import fc from "fast-check";
import { expect, test } from "vitest";
import { FairShare } from "../../../src/mdns/core/fair-share.ts";

test("names a source that holds most, of all and of all but one, after any additions and removals (C-22)", () => {
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
        expect(shares.largestBut(undefined)?.held.size ?? 0).toBe(most);
        const others = [...model].flatMap(([other, { length }]) => (other === source ? [] : [length]));
        expect(shares.largestBut(shares.of(source))?.held.size ?? 0).toBe(
          Math.max(0, ...others, shares.of(source) ? 0 : most),
        );
        expect(shares.of(source)?.held.size ?? 0).toBe(held.length);
      }
    }),
  );
});

test("what a source does not hold cannot be taken from it (C-22)", () => {
  const shares = new FairShare<string>();
  const share = shares.add("a", "one");
  shares.remove(share, "two");
  expect(shares.largestBut(undefined)).toBe(share);
  shares.remove(share, "one");
  shares.remove(share, "one");
  expect(shares.largestBut(undefined)).toBeUndefined();
});
