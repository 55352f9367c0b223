import { expect, test } from "vitest";
import { HTTP, SimMdns } from "../mdns/dnssd/sim-mdns.ts";
import { seeded } from "../sim/random.ts";

test("every address of a live interface goes, comes and changes 100 times: the service is found at the end (N-01)", async () => {
  const sim = new SimMdns();
  const host = sim.host("alpha");
  const mdns = sim.mdns("alpha", { network: host });
  const watcher = sim.mdns("beta");
  const ad = await sim.publish(mdns);
  mdns.browse(HTTP);
  const browser = watcher.browse(HTTP);
  const random = seeded("flaps");
  const [first] = host.interfaces;
  if (first === undefined) throw new Error("no interface");
  for (let flap = 0; flap < 100; flap++) {
    if (random() < 0.4) {
      first.down();
      await sim.run(random() * 500);
      first.up();
    } else {
      first.setAddresses([{ family: "ipv4", address: `10.77.50.${flap + 1}`, prefixLength: 16 }]);
    }
    await sim.run(random() * 2_000);
  }
  first.setAddresses([{ family: "ipv4", address: "10.77.60.1", prefixLength: 16 }]);
  await sim.run(20_000);
  expect([ad.name, ad.host, ad.state]).toEqual(["Site", "alpha.local", "announced"]);
  expect(browser.services.map(({ name, addresses }) => [name, addresses])).toEqual([["Site", ["10.77.60.1"]]]);
  await Promise.all([mdns.close(), watcher.close()]);
});

test("an interface with five addresses of each family announces all ten (N-22)", async () => {
  const sim = new SimMdns();
  const host = sim.host("alpha", []);
  const addresses = Array.from({ length: 5 }, (_, index) => [
    { family: "ipv4", address: `10.77.8.${index + 1}`, prefixLength: 16 } as const,
    { family: "ipv6", address: `2001:db8::${index + 1}`, prefixLength: 64 } as const,
  ]).flat();
  host.addInterface({ name: "e0", segment: sim.segment, addresses });
  const mdns = sim.mdns("alpha", { network: host });
  const told: unknown[] = [];
  mdns.on("diagnostic", (event) => told.push(event));
  await sim.publish(mdns);
  const watcher = sim.mdns("beta");
  const found = await sim.settle(watcher.resolve("Site", HTTP));
  expect([...found.addresses].sort()).toEqual(addresses.map(({ address }) => address).sort());
  expect(told).toEqual([]);
  await Promise.all([mdns.close(), watcher.close()]);
});
