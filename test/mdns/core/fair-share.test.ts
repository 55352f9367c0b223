import fc from "fast-check";
import { expect, test } from "vitest";
import { FairShare } from "../../../src/mdns/core/fair-share.ts";

test("names a source that holds most, after any additions and removals (C-22)", () => {
  const step = fc.record({ source: fc.constantFrom("a", "b", "c", "d"), add: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const shares = new FairShare();
      const model = new Map<string, number>();
      for (const { source, add } of steps) {
        const count = model.get(source) ?? 0;
        if (add) shares.add(source);
        else shares.remove(source);
        model.set(source, Math.max(0, count + (add ? 1 : -1)));
        const most = Math.max(...model.values());
        if (most === 0) expect(shares.largest).toBeUndefined();
        else expect(model.get(shares.largest ?? "none")).toBe(most);
      }
    }),
  );
});
