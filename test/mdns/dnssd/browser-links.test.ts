import { expect, test } from "vitest";
import { Bridge } from "../../sim/bridge.ts";
import { HTTP, journal, SimMdns } from "./sim-mdns.ts";

test("own services are listed once, without a word on the wire about them (N-04)", async () => {
  const sim = new SimMdns();
  const right = sim.lan.segment("right", { delay: 0.2 });
  const mdns = sim.mdns("alpha", { network: sim.host("alpha", [sim.segment, right]) });
  const browser = mdns.browse(HTTP);
  const lines = journal(browser);
  const ad = await sim.publish(mdns);
  await sim.run(2_000);
  expect(lines.filter((line) => line.startsWith("up "))).toHaveLength(1);
  expect(browser.services).toHaveLength(1);
  expect(browser.services[0]?.links.map((link) => link.interface).sort()).toEqual(["e0", "e1"]);
  expect(browser.services[0]?.addresses).toEqual(["10.77.0.1", "10.77.0.2"]);
  await ad.close();
  await sim.run(10);
  expect(browser.services).toEqual([]);
  await mdns.close();
});

test("a service seen on two links is one, and stays while one link has it (RFC 6763 App. F; B-03, B-24)", async () => {
  const sim = new SimMdns();
  const right = sim.lan.segment("right", { delay: 0.2 });
  const publisher = sim.mdns("alpha", { network: sim.host("alpha", [sim.segment, right]) });
  const host = sim.host("beta", [sim.segment, right]);
  const watcher = sim.mdns("beta", { network: host });
  const browser = watcher.browse(HTTP);
  const lines = journal(browser);
  await sim.publish(publisher);
  await sim.run(2_000);
  expect(browser.services.map(({ links }) => links.map((link) => link.interface).sort())).toEqual([["e0", "e1"]]);
  host.interface("e0").down();
  await sim.run(100);
  expect(browser.services[0]?.links.map((link) => link.interface)).toEqual(["e1"]);
  expect(lines.some((line) => line.startsWith("down"))).toBe(false);
  host.interface("e1").down();
  await sim.run(100);
  expect(lines.at(-1)).toMatch(/^down Site/);
  host.interface("e0").up();
  await sim.run(2_000);
  expect(lines.filter((line) => line.startsWith("up "))).toHaveLength(2);
  expect(lines.filter((line) => line.startsWith("down"))).toHaveLength(1);
  await Promise.all([publisher.close(), watcher.close()]);
});

test("two interfaces on one LAN make no rival of oneself: no rename, both address sets (RFC 6762 §9; N-08)", async () => {
  const sim = new SimMdns();
  const right = sim.lan.segment("right", { delay: 0.2 });
  new Bridge(sim.segment, right);
  const publisher = sim.mdns("alpha", { network: sim.host("alpha", [sim.segment, right]) });
  const watcher = sim.mdns("beta");
  const ad = await sim.publish(publisher);
  const renames: string[] = [];
  ad.on("renamed", (name) => renames.push(name));
  const browser = watcher.browse(HTTP);
  await sim.run(60_000);
  expect([ad.name, ad.host, renames]).toEqual(["Site", "alpha.local", []]);
  expect(browser.services[0]?.addresses).toEqual(["10.77.0.1", "10.77.0.2"]);
  await Promise.all([publisher.close(), watcher.close()]);
});

test("IPv6 link-local addresses have the zone of their link, and come last (B-25)", async () => {
  const sim = new SimMdns();
  const network = sim.host("alpha", [sim.segment], ["ipv4", "ipv6"]);
  const publisher = sim.mdns("alpha", { network });
  const watcher = sim.mdns("beta", { network: sim.host("beta", [sim.segment], ["ipv6"]) });
  const browser = watcher.browse(HTTP);
  await sim.publish(publisher);
  await sim.run(2_000);
  expect(browser.services[0]?.addresses).toEqual(["10.77.0.1", "fe80::1%e0"]);
  await Promise.all([publisher.close(), watcher.close()]);
});
