import { expect, test } from "vitest";
import { HTTP, journal, SimMdns } from "../mdns/dnssd/sim-mdns.ts";

test("20 hosts publish and browse for 10 minutes: one up each, whole, and few packets (N-23)", async () => {
  const sim = new SimMdns();
  const count = 20;
  const hosts = Array.from({ length: count }, (_, index) => sim.mdns(`host${index}`));
  const journals = hosts.map((mdns) => journal(mdns.browse(HTTP)));
  await Promise.all(hosts.map((mdns, index) => sim.publish(mdns, { name: `Site ${index}` })));
  await sim.run(600_000);
  for (const lines of journals) {
    expect(lines.filter((line) => line.startsWith("up "))).toHaveLength(count);
    expect(lines.filter((line) => line.startsWith("down "))).toEqual([]);
  }
  const perHostAndMinute = sim.lan.log.total / count / 10;
  expect(perHostAndMinute).toBeLessThan(10);
  await Promise.all(hosts.map((mdns) => mdns.close()));
});
