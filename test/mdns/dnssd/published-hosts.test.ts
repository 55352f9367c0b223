import { expect, test } from "vitest";
import { SimMdns } from "./sim-mdns.ts";

test("another host with addresses is published with exactly these, which can be changed (RFC 6763 §10; D-28, N-07)", async () => {
  const sim = new SimMdns();
  const [mdns, asker] = [sim.mdns("alpha"), sim.mdns("beta")];
  const addresses = ["192.0.2.7", "2001:db8::7"];
  const ad = await sim.publish(mdns, { host: "nas", addresses });
  expect(ad.host).toBe("nas.local");
  const addressesOf = async () => (await sim.settle(asker.lookup("nas"))).map(({ address }) => address);
  expect(await addressesOf()).toEqual(addresses);
  await ad.update({ addresses: ["192.0.2.8"] });
  await sim.run(3_000);
  expect(await addressesOf()).toEqual(["192.0.2.8"]);
  expect(sim.packets().join("\n")).not.toContain("alpha.local A");
  await Promise.all([mdns.close(), asker.close()]);
});

test("two services share a published host; other addresses for it are refused", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const shared = { host: "nas", addresses: ["192.0.2.7"] };
  await sim.publish(mdns, { ...shared, name: "One" });
  const two = await sim.publish(mdns, { ...shared, name: "Two" });
  expect(two.host).toBe("nas.local");
  await expect(sim.publish(mdns, { host: "NAS", addresses: ["192.0.2.8"] })).rejects.toThrow(/^addresses must be/);
  await mdns.close();
});

test("a host that somebody else publishes is only pointed at", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  await sim.publish(mdns, { host: "nas" });
  const packets = sim.packets().join("\n");
  expect(packets).toContain("SRV! 120 nas.local:80");
  expect(packets).not.toMatch(/ A! 120/);
  await mdns.close();
});

test("a host name of its own is published, changed and withdrawn", async () => {
  const sim = new SimMdns();
  const [mdns, asker] = [sim.mdns("alpha"), sim.mdns("beta")];
  const alias = await sim.settle(mdns.publishHost({ host: "files" }));
  expect([alias.name, alias.host, alias.type]).toEqual(["files", "files.local", ""]);
  expect(await sim.settle(asker.lookup("files"))).toMatchObject([{ address: "10.77.0.1" }]);
  await expect(alias.update({ port: 5 })).rejects.toThrow(/^changes must be addresses only/);
  await alias.close();
  await sim.run(2_000);
  expect(await sim.settle(asker.lookup("files", { timeout: 500 }))).toEqual([]);
  await Promise.all([mdns.close(), asker.close()]);
});
