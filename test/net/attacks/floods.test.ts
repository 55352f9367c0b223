import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { Lan } from "../../interop/lan.ts";
import { noNamespaces } from "../link/namespaces.ts";
import { FLOODS, FloodedLan, type FloodKind } from "./flood.ts";

// `npm run proof:floods` measures; here only the outcome counts, whatever the machine is busy with.
const FLOOD = { packetsPerSecond: 5_000, seconds: 2, patience: 30_000 };
const HEAP = 128; // MB
const KINDS = Object.keys(FLOODS) as FloodKind[];

describe("one station under one flood after the other", () => {
  let lan: Lan | undefined;
  let flooded: FloodedLan;
  beforeAll(async () => {
    if (noNamespaces !== undefined) return;
    lan = new Lan();
    flooded = await FloodedLan.open(lan, { heap: HEAP });
  }, 60_000);
  beforeEach(({ skip }) => skip(noNamespaces !== undefined, noNamespaces));
  afterAll(() => lan?.remove());

  test.for(KINDS)(
    "%s: it lives within its caps, finds an honest service and is found (S-11, H-16, H-19, C-22)",
    { timeout: 150_000 },
    async (kind) => {
      const { packets, seen, found, report } = await flooded.flood({ kind, ...FLOOD });
      expect(packets).toBeGreaterThan(0);
      expect(report.escaped).toEqual([]);
      for (const { cache } of report.counters.links) expect(cache.records).toBeLessThanOrEqual(LIMITS.cacheRecords);
      expect([seen.during, seen.after, found.during, found.after]).not.toContain(undefined);
    },
  );
});
