import { expect, test } from "vitest";
import { HTTP, SimMdns } from "./sim-mdns.ts";

test("only the interfaces asked for carry the service", async () => {
  const sim = new SimMdns();
  const right = sim.lan.segment("right", { delay: 0.2 });
  const mdns = sim.mdns("alpha", { network: sim.host("alpha", [sim.segment, right]) });
  await sim.publish(mdns, { interfaces: "e1" });
  const carrying = sim.packets().filter((packet) => packet.includes("Site"));
  expect(carrying.length).toBeGreaterThan(0);
  expect(carrying.every((packet) => packet.includes(" right "))).toBe(true);
  await mdns.close();
});

test("each link carries its own addresses only, and a change is announced there (RFC 6762 §8.4; P-50, N-21)", async () => {
  const sim = new SimMdns();
  const right = sim.lan.segment("right", { delay: 0.2 });
  const host = sim.host("alpha", [sim.segment, right]);
  const mdns = sim.mdns("alpha", { network: host });
  await sim.publish(mdns);
  const addressesOn = (segment: string, since = 0): Set<string> =>
    new Set(
      sim
        .packets(since)
        .filter((packet) => packet.includes(` ${segment} `) && packet.includes("response"))
        .flatMap((packet) => packet.match(/(?<=alpha\.local A! 120 )[\d.]+/g) ?? []),
    );
  const [left0, right0] = host.interfaces.map(({ addresses }) => addresses[0]?.address);
  expect([addressesOn("lan"), addressesOn("right")]).toEqual([new Set([left0]), new Set([right0])]);
  await sim.run(3_000);
  const before = sim.now;
  host.interface("e1").setAddresses([{ family: "ipv4", address: "10.77.9.9", prefixLength: 16 }]);
  await sim.run(5_000);
  expect(addressesOn("right", before)).toEqual(new Set(["10.77.9.9"]));
  expect(addressesOn("lan", before)).toEqual(new Set());
  await mdns.close();
});

test("without a network publishing fails in 5 s and leaves nothing behind (M-01, M-03)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha", { network: sim.host("alpha", []) });
  const start = sim.now;
  await expect(sim.publish(mdns)).rejects.toMatchObject({
    code: "ERR_MDNS_NOT_ANNOUNCED",
    message: expect.stringContaining("no network interface"),
  });
  expect(sim.now - start).toBeLessThanOrEqual(5_010);
  expect(mdns.counters.open).toBe(0);
});

test("with wait: false the service appears when a network comes", async () => {
  const sim = new SimMdns();
  const host = sim.host("alpha", []);
  const mdns = sim.mdns("alpha", { network: host });
  const ad = await sim.publish(mdns, { wait: false });
  await sim.run(10_000);
  expect(ad.state).toBe("probing");
  host.addInterface({
    name: "e0",
    segment: sim.segment,
    addresses: sim.lan.freshAddresses().filter(({ family }) => family === "ipv4"),
  });
  await sim.run(2_000);
  expect(ad.state).toBe("announced");
  expect(sim.packets().join("\n")).toContain("SRV! 120 alpha.local:80");
  await mdns.close();
});

test("an aborted publication is withdrawn and rejects with the reason", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const abort = new AbortController();
  const reason = new Error("changed my mind");
  const publishing = sim.publish(mdns, { signal: abort.signal });
  publishing.catch(() => {});
  await sim.run(400);
  abort.abort(reason);
  await expect(publishing).rejects.toBe(reason);
  await sim.run(3_000);
  expect(sim.packets().filter((packet) => /response|goodbye/.test(packet))).toEqual([]);
  await expect(mdns.publish({ type: HTTP, port: 80, signal: abort.signal })).rejects.toBe(reason);
  await mdns.close();
});
