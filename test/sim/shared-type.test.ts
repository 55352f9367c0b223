import { describe, expect, test } from "vitest";
import { SimBrowser } from "./bare/sim-browser.ts";
import { claimHostName, SimService } from "./bare/sim-service.ts";
import { Reflector } from "./reflector.ts";
import { SimLan } from "./sim-lan.ts";
import { watchInvariants } from "./watch/invariants.ts";

const GOODBYE = 1_000; // RFC 6762 §10.1
const LATE_COPIES = 3_000; // of our own packets, after which they are no excuse
const RECONFIRM = 10_000; // RFC 6762 §10.4

/** Two hosts with a service of the same type, and three that look at the list of types, two of them the same. */
function sharedType(delay: number | undefined) {
  const lan = new SimLan({ seed: 1 });
  watchInvariants(lan);
  const segment = lan.segment("lan", { delay: 1, jitter: 2 });
  if (delay !== undefined) {
    new Reflector({ clock: lan.clock, segments: [segment], addresses: { ipv4: "10.77.200.1" }, delay });
  }
  const hosts = ["a", "b", "c"].map((name) => lan.host(name, [segment]));
  const services = hosts.slice(0, 2).map((host) => {
    const on = claimHostName(host, host.name);
    return new SimService({ on, instance: host.name, type: "_http._tcp", port: 80 });
  });
  const browsers = hosts.map((host) => new SimBrowser(host, { type: "_services._dns-sd._udp" }));
  return { lan, services, browsers };
}

const REFLECTORS = [undefined, 5, 300, 1_500];

describe.each([10_000, 700])("a type that two hosts have, given up after %i ms", (age) => {
  test.each(REFLECTORS)("by one of them is never missed, with a reflector of %o ms (C-03, A-48, L-28)", (delay) => {
    const { lan, services, browsers } = sharedType(delay);
    lan.run(3_000 + age);
    for (const { view } of browsers) expect([...view.keys()]).toEqual(["_http"]);
    services[0]?.claim.withdraw();
    lan.run(3_600_000);
    for (const { changes } of browsers)
      expect(changes.map((line) => line.replace(/^\S+ /, ""))).toEqual(["added _http"]);
  });

  test.each(REFLECTORS)("by both is gone in 15 s, with a reflector of %o ms (C-02, Q-37, L-28)", (delay) => {
    const { lan, services, browsers } = sharedType(delay);
    lan.run(3_000 + age);
    for (const { claim } of services) claim.withdraw();
    lan.run((delay ?? 0) + GOODBYE + LATE_COPIES + RECONFIRM);
    for (const { view } of browsers) expect([...view.keys()]).toEqual([]);
  });
});
