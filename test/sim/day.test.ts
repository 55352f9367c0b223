import { expect, test } from "vitest";
import { populate } from "./bare/populate.ts";
import { reporting } from "./replay.ts";
import { SimLan } from "./sim-lan.ts";
import { watchIdleTraffic } from "./watch/idle-traffic.ts";
import { watchInvariants } from "./watch/invariants.ts";

const DAY = 86_400_000;

test("50 hosts with 100 services, ten of them browsing, for 24 h: right all day, and silent but for what is due (N-24)", () => {
  const lan = new SimLan({ seed: 1 });
  watchInvariants(lan);
  watchIdleTraffic(lan, 20_000);
  const segment = lan.segment("lan", { delay: 0.3 });
  const { world } = populate(lan, segment, { hosts: 50, browsing: 10, resolve: false, within: 10_000 });
  reporting(lan, () => {
    lan.run(20_000);
    expect(world.faults()).toEqual([]);
    lan.run(DAY - 20_000);
  });
  expect(world.faults()).toEqual([]);
});
