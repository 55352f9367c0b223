import fc from "fast-check";
import { expect, test } from "vitest";
import { Cache } from "../../../src/mdns/core/cache.ts";
import type { Entry } from "../../../src/mdns/core/cache-entry.ts";
import { Entries } from "../../../src/mdns/core/entries.ts";
import { NameInterest } from "../../../src/mdns/core/name-interest.ts";
import { a, question } from "./records.ts";

const ASKED = question("peer.local", 1);

/** Entries as a cache makes them. */
function made(): readonly Entry[] {
  const silent = { wants: () => false, changed() {}, confirmed() {}, refresh() {}, full() {} };
  const cache = new Cache(new NameInterest(), 10, silent);
  for (let host = 0; host < 5; host++) cache.addOwn(a(ASKED.name, `10.77.0.${host}`), 0);
  return [...cache.matching(ASKED)];
}

test("holds what was added and not deleted, in the order in which it came", () => {
  const entries = made();
  fc.assert(
    fc.property(fc.array(fc.nat({ max: entries.length - 1 }), { maxLength: 30 }), (changes) => {
      const held = new Entries();
      const model: Entry[] = [];
      for (const index of changes) {
        const entry = entries[index] as Entry;
        if (model.includes(entry)) {
          held.delete(entry);
          model.splice(model.indexOf(entry), 1);
        } else {
          held.add(entry);
          model.push(entry);
        }
        expect(held.all).toEqual(model);
        expect(held.size).toBe(model.length);
        for (const other of entries) expect(held.get(other.record)).toBe(model.includes(other) ? other : undefined);
      }
    }),
  );
});
