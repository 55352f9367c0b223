import { expect, test } from "vitest";
import { SimBrowser } from "./bare/sim-browser.ts";
import { claimHostName, SimService } from "./bare/sim-service.ts";
import { Bridge } from "./bridge.ts";
import { Reflector } from "./reflector.ts";
import { SimLan } from "./sim-lan.ts";
import { watchInvariants } from "./watch/invariants.ts";

function watchedLan(seed = 1) {
  const lan = new SimLan({ seed });
  watchInvariants(lan);
  return lan;
}

const HOUR = 3_600_000;

test.each([{ families: ["ipv4"] }, { families: ["ipv6"] }, { families: ["ipv4", "ipv6"] }] as const)(
  "a host with two interfaces on bridged segments never takes itself for a rival, by $families (L-23, L-28, P-35)",
  ({ families }) => {
    const lan = watchedLan();
    const [left, right] = [lan.segment("left", { delay: 0.3 }), lan.segment("right", { delay: 0.3 })];
    new Bridge(left, right);
    const host = lan.host("a", [left, right], { families });
    const other = lan.host("b", [right], { families });
    const on = claimHostName(host, "a");
    const service = new SimService({ on, instance: "S", type: "_http._tcp", port: 80 });
    const browsers = [host, other].map((each) => new SimBrowser(each, { type: "_http._tcp", resolve: true }));
    lan.run(2 * HOUR);
    expect(on.renames).toEqual([]);
    expect([...on.news, ...service.claim.news].filter((news) => !/ (probing|announced)$/.test(news))).toEqual([]);
    expect(on.news).toHaveLength(4);
    for (const { view } of browsers) expect([...view]).toEqual([["S", "a.local:80"]]);
  },
);

test.each([50, 300, 700, 3_000])(
  "a repeater that says everything again %i ms later causes no conflict (P-35)",
  (delay) => {
    const lan = watchedLan();
    const segment = lan.segment("lan", { delay: 0.3 });
    new Reflector({ clock: lan.clock, segments: [segment], addresses: { ipv4: "10.77.99.99" }, delay });
    const [a, b] = ["a", "b"].map((name) => lan.host(name, [segment]));
    if (a === undefined || b === undefined) throw new Error("no hosts");
    const on = claimHostName(a, "a");
    new SimService({ on, instance: "S", type: "_http._tcp", port: 80 });
    const browser = new SimBrowser(b, { type: "_http._tcp", resolve: true });
    lan.run(2 * HOUR);
    expect(on.renames).toEqual([]);
    expect([...browser.view]).toEqual([["S", "a.local:80"]]);
  },
);

test("a reflector joins two links: a service of one is found on the other, and two of one name are told apart", () => {
  const lan = watchedLan();
  const [left, right] = [lan.segment("left", { delay: 0.3 }), lan.segment("right", { delay: 0.3 })];
  new Reflector({ clock: lan.clock, segments: [left, right], addresses: { ipv4: "10.77.99.99" }, delay: 1 });
  const [a, b] = [lan.host("a", [left]), lan.host("b", [right])];
  const services = [a, b].map(
    (host) => new SimService({ on: claimHostName(host, "x"), instance: "S", type: "_http._tcp", port: 80 }),
  );
  const browsers = [a, b].map((host) => new SimBrowser(host, { type: "_http._tcp" }));
  lan.run(10_000);
  expect(services.map(({ claim }) => claim.label).sort()).toEqual(["S", "S (2)"]);
  expect(services.map(({ on }) => on.label).sort()).toEqual(["x", "x-2"]);
  for (const { view } of browsers) expect([...view.keys()]).toEqual(["S", "S (2)"]);
});

test("two sides of a partition take the same names; after it heals the first answer sets them apart (P-33, P-34)", () => {
  const lan = watchedLan();
  const segment = lan.segment("lan", { delay: 0.3 });
  segment.partition(({ label }) => label);
  const [a, b, c] = [lan.host("a", [segment]), lan.host("b", [segment]), lan.host("c", [segment])];
  const services = [a, b].map(
    (host) => new SimService({ on: claimHostName(host, "x"), instance: "S", type: "_http._tcp", port: 80 }),
  );
  lan.run(5_000);
  expect(services.map(({ claim, on }) => [claim.label, on.label])).toEqual([
    ["S", "x"],
    ["S", "x"],
  ]);
  segment.heal();
  const browser = new SimBrowser(c, { type: "_http._tcp", resolve: true });
  lan.run(15_000);
  expect(services.map(({ claim }) => claim.label).sort()).toEqual(["S", "S (2)"]);
  expect(services.map(({ on }) => on.label).sort()).toEqual(["x", "x-2"]);
  const truth = new Map(services.map(({ claim, on }) => [claim.label, `${on.label}.local:80`]));
  expect(browser.view).toEqual(truth);
});
