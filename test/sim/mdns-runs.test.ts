import { expect, test } from "vitest";
import { MdnsRun } from "./mdns-run.ts";
import { reporting, seeds } from "./replay.ts";

test.each(seeds(60))(
  "seed %i: whole Mdns objects in trouble: 30 s after all is well every browser sees what is published (N-24)",
  async (seed) => {
    const run = new MdnsRun(seed);
    await reporting(run.lan, async () => {
      await run.trouble();
      await run.recover();
      await run.lan.runAsync(30_000);
      expect(run.faults).toEqual([]);
      await run.close();
    });
  },
);
