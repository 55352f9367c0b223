import { expect, test } from "vitest";
import type { MdnsError } from "../../../src/mdns/dnssd/mdns-error.ts";
import type { PublishOptions } from "../../../src/mdns/dnssd/publish-options.ts";
import { HTTP, SimMdns } from "./sim-mdns.ts";

test("a service is announced with all its records, probed beside its host (RFC 6763 §4, §5, §6, §7.1, §9; RFC 6762 §8; D-01, D-02, D-05, D-11, D-12, D-13, D-14, D-16, D-25, P-45, P-57)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const ad = await sim.publish(mdns, { name: "A.B C\\D", subtypes: ["_printer", "x"], txt: { k: "v" } });
  expect({ ...ad, name: ad.name, host: ad.host, state: ad.state, type: ad.type, port: ad.port }).toMatchObject({
    name: "A.B C\\D",
    host: "alpha.local",
    state: "announced",
    type: HTTP,
    port: 80,
  });
  const packets = sim.packets().join("\n");
  expect(packets).toMatch(/probe \| alpha\.local ANY QU\?, A\\\.B C\\\\D\._http\._tcp\.local ANY QU\?/);
  for (const record of [
    "alpha.local A! 120 10.77.0.1",
    "1.0.77.10.in-addr.arpa PTR! 120 alpha.local",
    "A\\.B C\\\\D._http._tcp.local SRV! 120 alpha.local:80",
    "A\\.B C\\\\D._http._tcp.local TXT! 4500",
    "_http._tcp.local PTR 4500 A\\.B C\\\\D._http._tcp.local",
    "_printer._sub._http._tcp.local PTR 4500 A\\.B",
    "x._sub._http._tcp.local PTR 4500 A\\.B",
    "_services._dns-sd._udp.local PTR 4500 _http._tcp.local",
  ]) {
    expect(packets).toContain(record);
  }
  await mdns.close();
});

test("a service without a name has the host's, and without attributes one empty string (RFC 6763 §4.1.1, §6.1; D-06, D-07, D-17, D-18, T-02)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const ad = await sim.settle(mdns.publish({ type: HTTP, port: 80 }));
  expect(ad.name).toBe("alpha");
  const [txt] = await sim.records("alpha._http._tcp.local", "TXT");
  expect(txt?.rdata).toEqual(Uint8Array.of(0));
  await mdns.close();
});

test("priority and weight are 0 unless given (RFC 6763 §5; D-15, D-16)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  await sim.publish(mdns, { port: 8080 });
  await sim.publish(mdns, { name: "Spare", port: 8080, priority: 1, weight: 2 });
  const [plain] = await sim.records("Site._http._tcp.local", "SRV");
  const [spare] = await sim.records("Spare._http._tcp.local", "SRV");
  expect([...(plain?.rdata.subarray(0, 6) ?? [])]).toEqual([0, 0, 0, 0, 0x1f, 0x90]);
  expect([...(spare?.rdata.subarray(0, 6) ?? [])]).toEqual([0, 1, 0, 2, 0x1f, 0x90]);
  await mdns.close();
});

test("a pure browser publishes nothing", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  mdns.browse(HTTP);
  await sim.run(5_000);
  expect(sim.packets().filter((packet) => /response|probe/.test(packet))).toEqual([]);
  await mdns.close();
});

const WRONG: readonly (readonly [string, Partial<Record<keyof PublishOptions, unknown>>])[] = [
  ["name", { name: "x".repeat(64) }],
  ["name", { name: "a\nb" }],
  ["name", { name: "" }],
  ["type", { type: "http" }],
  ["type", { type: "_http._foo" }],
  ["port", { port: 70_000 }],
  ["port", { port: 0 }],
  ["port", { port: 1.5 }],
  ["port", { placeholder: true }],
  ["txt", { txt: { "=": "x" } }],
  ["txt", { txt: Array.from({ length: 40 }, (_, index) => `${index}=`.padEnd(250, "x")) }],
  ["subtypes", { subtypes: "_printer" }],
  ["subtype", { subtypes: [""] }],
  ["host", { host: "nas.local" }],
  ["addresses", { host: "nas", addresses: ["nas"] }],
  ["addresses", { host: "nas", addresses: ["224.0.0.1"] }],
  ["addresses", { host: "nas", addresses: ["255.255.255.255"] }],
  ["addresses", { host: "nas", addresses: ["0.0.0.0"] }],
  ["addresses", { host: "nas", addresses: ["::"] }],
  ["addresses", { host: "nas", addresses: ["ff02::1"] }],
  ["addresses", { addresses: ["10.0.0.1"] }],
  ["interfaces", { interfaces: [5] }],
  ["priority", { priority: -1 }],
  ["weight", { weight: 65_536 }],
  ["domain", { domain: "example.com" }],
  ["probe", { probe: "yes" }],
];

test.each(WRONG)(
  "a bad %s is refused, named, and nothing is sent (D-03, D-04, D-08, D-09, D-24, D-27, H-07)",
  async (option, change) => {
    const sim = new SimMdns();
    const mdns = sim.mdns("alpha");
    const wrong = { name: "x", type: HTTP, port: 80, ...change } as PublishOptions;
    const error: MdnsError = await mdns.publish(wrong).then(
      () => Promise.reject(new Error("it was published")),
      (reason) => reason,
    );
    expect(error).toMatchObject({ name: "MdnsError", code: "ERR_MDNS_ARGUMENT" });
    expect(error.message).toMatch(new RegExp(`^${option} must be`));
    await sim.run(3_000);
    expect(sim.packets()).toEqual([]);
    expect(mdns.counters.open).toBe(0);
    await mdns.close();
  },
);

test("attributes and port change without probing, in one event (RFC 6762 §8.4; P-46, N-13)", async () => {
  const sim = new SimMdns();
  const [mdns, watcher] = [sim.mdns("alpha"), sim.mdns("beta")];
  const ad = await sim.publish(mdns, { txt: { k: "v" } });
  await sim.run(3_000);
  const changes: unknown[] = [];
  const browser = watcher.browse(HTTP);
  browser.on("update", ({ txt, port }) => changes.push([txt.text("k"), port]));
  browser.on("down", () => changes.push("down"));
  await sim.run(3_000);
  const before = sim.now;
  await ad.update({ txt: { k: "w" }, port: 81 });
  await sim.run(5_000);
  expect(changes).toEqual([["w", 81]]);
  expect(sim.packets(before).filter((packet) => packet.includes("probe"))).toEqual([]);
  expect(ad.port).toBe(81);
  await ad.update({ txt: { k: "w" } });
  await sim.run(5_000);
  expect(changes).toHaveLength(1);
  await Promise.all([mdns.close(), watcher.close()]);
});

test("a new name is probed for, and the old one said goodbye to", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const ad = await sim.publish(mdns);
  const told: string[] = [];
  ad.on("renamed", (name, before) => told.push(`${before} > ${name}`));
  const before = sim.now;
  await sim.settle(ad.update({ name: "Shop" }));
  expect(ad.name).toBe("Shop");
  expect(told).toEqual(["Site > Shop"]);
  const packets = sim.packets(before);
  expect(packets.some((packet) => /goodbye .*Site\._http\._tcp\.local/.test(packet))).toBe(true);
  expect(packets.filter((packet) => packet.includes("probe"))).toHaveLength(3);
  await mdns.close();
});

test.each([
  [{ port: 0 }, "port"],
  [{ txt: [""] }, "txt"],
  [{ name: "" }, "name"],
  [{ addresses: ["10.0.0.1"] }, "addresses"],
])("a bad change %j is refused and nothing changes", async (change, option) => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const ad = await sim.publish(mdns);
  await sim.run(3_000);
  const before = sim.now;
  await expect(ad.update(change)).rejects.toThrow(new RegExp(`^${option} must be`));
  await sim.run(3_000);
  expect(sim.packets(before)).toEqual([]);
  await mdns.close();
});

test("closing one of two services keeps what both need (RFC 6762 §10.1; D-14, P-53, N-17)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const [one] = [await sim.publish(mdns, { name: "One" }), await sim.publish(mdns, { name: "Two" })];
  await sim.run(3_000);
  const before = sim.now;
  await one.close();
  await one.close();
  await sim.run(100);
  const [goodbye, ...more] = sim.packets(before);
  expect(more).toEqual([]);
  expect(goodbye).toContain("_http._tcp.local PTR 0 One._http._tcp.local");
  expect(goodbye).not.toMatch(/_services|alpha\.local A|Two/);
  await mdns.close();
  expect(sim.packets(before).at(-1)).toMatch(/goodbye .*_services\._dns-sd\._udp\.local PTR 0/);
});

test("a placeholder holds its name and is not listed (RFC 6763 §8; D-20, D-21)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const ad = await sim.publish(mdns, { placeholder: true, port: 0 });
  expect(ad.state).toBe("announced");
  const packets = sim.packets().join("\n");
  expect(packets).toContain("Site._http._tcp.local SRV! 120 alpha.local:0");
  expect(packets).not.toContain("PTR 4500");
  const late = await sim.publish(sim.mdns("beta"));
  expect(late.name).toBe("Site (2)");
  await mdns.close();
});

test("many are withdrawn in one turn with few packets, which have left when closing resolves (RFC 6762 §10.1; P-55)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const names = Array.from({ length: 100 }, (_, index) => `Site ${index}`);
  const ads = await Promise.all(names.map((name) => mdns.publish({ name, type: HTTP, port: 80, wait: false })));
  await sim.run(5_000);
  const before = sim.now;
  await Promise.all(ads.map((ad) => ad.close()));
  const packets = sim.packets(before);
  expect(packets.join().match(/ SRV! 0 /g)).toHaveLength(names.length);
  expect(packets.length).toBeLessThan(12);
  await mdns.close();
});
