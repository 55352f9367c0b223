import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { Lan } from "../../interop/lan.ts";
import { noNamespaces } from "../link/namespaces.ts";
import { FLOODS, FloodedLan, type FloodKind } from "./flood.ts";

// `npm run proof:floods` measures; here only the outcome counts, whatever the machine is busy with.
const FLOOD = { packetsPerSecond: 5_000, seconds: 2, patience: 30_000 };
const HEAP = 128; // MB
const FILLING: readonly FloodKind[] = ["unique", "unique_spoofed"];
const PASSING = (Object.keys(FLOODS) as FloodKind[]).filter((kind) => !FILLING.includes(kind));

describe("one station under one flood after the other", () => {
  let lan: Lan | undefined;
  let flooded: FloodedLan;
  beforeAll(async () => {
    if (noNamespaces !== undefined) return;
    lan = new Lan();
    flooded = await FloodedLan.open(lan, HEAP);
  }, 60_000);
  beforeEach(({ skip }) => skip(noNamespaces !== undefined, noNamespaces));
  afterAll(() => lan?.remove());

  test.for(PASSING)(
    "%s: it lives, finds an honest service and is found (S-11, H-16)",
    { timeout: 150_000 },
    async (kind) => {
      const { packets, seen, found, report } = await flooded.flood({ kind, ...FLOOD });
      expect(packets).toBeGreaterThan(0);
      expect(report.escaped).toEqual([]);
      expect([seen.during, seen.after, found.during, found.after]).not.toContain(undefined);
    },
  );

  test.for(FILLING)(
    "%s: it lives within its caps, and is found (C-22, H-19, S-11)",
    { timeout: 150_000 },
    async (kind) => {
      const { found, report } = await flooded.flood({ kind, ...FLOOD, patience: 10_000 });
      expect(report.escaped).toEqual([]);
      for (const { cache } of report.counters.links) expect(cache.records).toBeLessThanOrEqual(LIMITS.cacheRecords);
      expect(found.after).toBeDefined();
    },
  );
});
