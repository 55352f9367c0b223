import fc from "fast-check";
import { anyRecord, question, wish } from "./universe.ts";

const host = fc.nat({ max: 3 });
const which = fc.nat({ max: 30 });
const kind = <K extends string>(name: K) => fc.constant(name);

/** What programs, links and strangers do; a place that nobody has is nobody's. */
export const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: kind("claim"), host, wish }) },
  { weight: 6, arbitrary: fc.record({ kind: kind("update"), which, wish }) },
  { weight: 2, arbitrary: fc.record({ kind: kind("replace"), which, wish }) },
  { weight: 4, arbitrary: fc.record({ kind: kind("withdraw"), which }) },
  { weight: 3, arbitrary: fc.record({ kind: kind("share"), which }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("again"), which, times: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: kind("watch"), host, question }) },
  { weight: 2, arbitrary: fc.record({ kind: kind("stop"), which }) },
  { weight: 2, arbitrary: fc.record({ kind: kind("reconfirm"), host, record: anyRecord }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kind("stranger"),
      question,
      manner: fc.constantFrom("multicast" as const, "unicast" as const, "legacy" as const, "truncated" as const),
      knows: fc.array(fc.boolean(), { maxLength: 4 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kind("same question") }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("restart"), host }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("unplug"), host }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("plug"), host }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("lose"), share: fc.constantFrom(0.1, 0.3, 0.6) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("rest") }) },
  { weight: 5, arbitrary: fc.record({ kind: kind("wait"), duration: fc.nat({ max: 300 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: kind("wait"), duration: fc.nat({ max: 3_000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind("wait"), duration: fc.nat({ max: 130_000 }) }) },
);

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
