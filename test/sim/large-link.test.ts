import { expect, test } from "vitest";
import { populate } from "./bare/populate.ts";
import { reporting } from "./replay.ts";
import { SimLan } from "./sim-lan.ts";
import { watchInvariants } from "./watch/invariants.ts";

test("with more instances than known answers fit one packet, no browser loses any (Q-12, C-18)", () => {
  const lan = new SimLan({ seed: 1 });
  watchInvariants(lan);
  const segment = lan.segment("lan", { delay: 0.3 });
  const { world, replaceOne } = populate(lan, segment, { hosts: 150, browsing: 5, resolve: false, within: 10_000 });
  reporting(lan, () => {
    lan.run(12_500);
    expect(world.faults()).toEqual([]);
    for (let turn = 0; turn < 10; turn++) {
      replaceOne();
      lan.run(60_000);
      expect(world.faults()).toEqual([]);
    }
  });
});
