import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  announceFrom,
  type Claim,
  type ClaimEvent,
  canBeDenied,
  dueAction,
  isOurs,
  probeFrom,
  step,
  TRANSITIONS,
} from "../../../src/mdns/core/claim.ts";

describe("a claim", () => {
  test("probes three times, 250 ms apart, and is ours 250 ms after the third (RFC 6762 §8.1, P-06)", () => {
    let claim = probeFrom(100);
    const seen: [number, string | undefined][] = [];
    for (let now = 100; now <= 850; now += 250) {
      expect(claim.phase === "probing" && claim.due).toBe(now);
      const action = dueAction(claim);
      seen.push([now, action]);
      claim = step(claim, action === "win" ? "unopposed" : "probed", now);
    }
    expect(seen).toEqual([
      [100, "probe"],
      [350, "probe"],
      [600, "probe"],
      [850, "win"],
    ]);
    expect(claim).toEqual(announceFrom(850));
  });

  test("waits a second when it loses a tie-break and then starts over with the same name (RFC 6762 §8.2, P-16)", () => {
    const deferred = step({ phase: "probing", sent: 2, due: 350 }, "outranked", 300);
    expect(deferred).toEqual({ phase: "deferred", due: 1_300 });
    expect(dueAction(deferred)).toBe("resume");
    expect(step(deferred, "waited", 1_300)).toEqual(probeFrom(1_300));
  });

  test("cannot be denied before its first probe (RFC 6762 §8.1, P-11)", () => {
    expect(canBeDenied(probeFrom(200))).toBe(false);
    expect(canBeDenied({ phase: "probing", sent: 1, due: 450 })).toBe(true);
    expect(canBeDenied({ phase: "deferred", due: 1_450 })).toBe(true);
    expect(canBeDenied({ phase: "established" })).toBe(false);
  });

  test("is probed again when contradicted, and announced without probing when changed (P-33, P-46)", () => {
    expect(step({ phase: "established" }, "contradicted", 5_000, 5_100)).toEqual(probeFrom(5_100));
    expect(step({ phase: "established" }, "changed", 5_000)).toEqual(announceFrom(5_000));
  });

  test("once lost stays lost, whatever happens", () => {
    const lost: Claim = { phase: "lost" };
    for (const event of events) expect(step(lost, event, 0)).toBe(lost);
  });

  test("follows the table of transitions, and an event that is not listed changes nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (history) => {
        let claim = probeFrom(0);
        for (const [now, event] of history.entries()) {
          const next = step(claim, event, now);
          const expected = TRANSITIONS[claim.phase][event];
          if (expected === undefined) expect(next).toBe(claim);
          else expect(next.phase).toBe(expected);
          expect(isOurs(next)).toBe(next.phase === "announcing" || next.phase === "established");
          claim = next;
        }
      }),
    );
  });
});

const events: readonly ClaimEvent[] = [
  "probed",
  "unopposed",
  "outranked",
  "waited",
  "denied",
  "announced",
  "settled",
  "changed",
  "contradicted",
  "reconnected",
];
