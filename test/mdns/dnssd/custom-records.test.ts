import { expect, test } from "vitest";
import { type CustomRecord, customRecords } from "../../../src/mdns/dnssd/custom-record.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import { HTTP, SimMdns } from "./sim-mdns.ts";

const CUSTOM: CustomRecord = { name: "custom.local", type: "TYPE65280", data: Uint8Array.of(1, 2, 3) };

test("records of any type are published, changed and withdrawn", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const ad = await sim.settle(mdns.publishRecords([CUSTOM]));
  expect([ad.name, ad.state]).toEqual(["custom.local", "announced"]);
  const [heard] = await sim.records("custom.local", "TYPE65280");
  expect(heard).toMatchObject({ name: "custom.local", type: "TYPE65280", ttl: 4_500, rdata: CUSTOM.data });
  await ad.update({ records: [{ ...CUSTOM, data: Uint8Array.of(4) }] });
  await sim.run(3_000);
  expect((await sim.records("custom.local", "TYPE65280")).map(({ rdata }) => rdata)).toEqual([Uint8Array.of(4)]);
  await expect(ad.update({ port: 80 })).rejects.toThrow(/^changes must be records only/);
  await ad.close();
  await sim.run(1_100);
  expect(await sim.records("custom.local", "TYPE65280")).toEqual([]);
  await mdns.close();
});

const DEVICE = Name.parse("device.local");
test.each<[number, CustomRecord]>([
  [120, { name: "device.local", type: "A", data: { kind: "address", address: "10.77.0.9" } }],
  [120, { name: "device.local", type: "HINFO", data: Uint8Array.of(1, 0x61, 1, 0x62) }],
  [120, { name: "s.local", type: "SRV", data: { kind: "srv", priority: 0, weight: 0, port: 1, target: DEVICE } }],
  [120, { name: "9.0.77.10.in-addr.arpa", type: "PTR", data: { kind: "name", target: DEVICE } }],
  [120, { name: "alias.local", type: "CNAME", data: { kind: "name", target: DEVICE } }],
  [4_500, { name: "_x._tcp.local", type: "PTR", data: { kind: "name", target: Name.parse("One._x._tcp.local") } }],
  [4_500, { name: "one.local", type: "TXT", data: { kind: "txt", strings: [Uint8Array.of(0x61)] } }],
  [7, { ...CUSTOM, ttl: 7 }],
])(
  "a record lasts %i s where nothing else is said, as one that names a host or does not (RFC 6762 §10; P-57)",
  (ttl, custom) => {
    expect(customRecords([custom])[0]?.record.ttl).toBe(ttl);
  },
);

test("the names of custom records are fixed: a taken one is refused to whoever comes late", async () => {
  const sim = new SimMdns();
  const [mdns, rival] = [sim.mdns("alpha"), sim.mdns("beta")];
  await sim.settle(mdns.publishRecords([CUSTOM]));
  const late = rival.publishRecords([{ ...CUSTOM, data: Uint8Array.of(4) }]);
  await expect(sim.settle(late)).rejects.toMatchObject({
    code: "ERR_MDNS_NOT_ANNOUNCED",
    message: 'somebody else has the name "custom.local"',
  });
  expect(rival.counters.open).toBe(0);
  await Promise.all([mdns.close(), rival.close()]);
});

test.each([
  ["records", []],
  ["records", [CUSTOM, { ...CUSTOM, name: "other.local" }]],
  ["records", [{ ...CUSTOM, type: "TYPE200" }]],
  ["records", [{ ...CUSTOM, data: new Uint8Array(8_952) }]],
  ["name", [{ ...CUSTOM, name: "example.com" }]],
  ["name", [{ ...CUSTOM, name: "" }]],
  ["type", [{ ...CUSTOM, type: "OPT" }]],
  ["ttl", [{ ...CUSTOM, ttl: 0 }]],
  ["data", [{ ...CUSTOM, type: "A", data: { kind: "address", address: "x" } }]],
  ["data", [{ ...CUSTOM, type: "A", data: Uint8Array.of(10, 0, 0) }]],
  ["data", [{ ...CUSTOM, type: "SRV", data: Uint8Array.of(0, 0, 0, 0, 0, 80) }]],
  ["data", [{ ...CUSTOM, type: "TXT", data: { kind: "address", address: "10.77.0.9" } }]],
  ["data", [{ ...CUSTOM, type: "TXT", data: { kind: "txt", strings: ["text"] } }]],
  ["data", [{ ...CUSTOM, data: { kind: "opaque", bytes: "text" } }]],
  ["data", [{ ...CUSTOM, data: null }]],
  ["ownership", [{ ...CUSTOM, ownership: "mine" }]],
])("bad %s of custom records are refused before any effect (H-07)", async (option, records) => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  await expect(mdns.publishRecords(records as CustomRecord[])).rejects.toMatchObject({
    code: "ERR_MDNS_ARGUMENT",
    message: expect.stringMatching(new RegExp(`^${option} must be`)),
  });
  await sim.run(1_000);
  expect(sim.packets()).toEqual([]);
  await mdns.close();
});

test("several TXT records of one name are in every answer together (RFC 6763 §6.8; D-19)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const txt = (text: string): CustomRecord => ({
    name: "queue._printer._tcp.local",
    type: "TXT",
    data: { kind: "txt", strings: [Buffer.from(text)] },
  });
  await sim.settle(mdns.publishRecords([txt("rp=one"), txt("rp=two")]));
  const records = await sim.records("queue._printer._tcp.local", "TXT");
  expect(records.map(({ rdata }) => String(Buffer.from(rdata.subarray(1)))).sort()).toEqual(["rp=one", "rp=two"]);
  await mdns.close();
});

test("domains to browse are published and enumerated as records (RFC 6763 §11; D-23, B-16)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const kinds = ["b", "db", "r", "dr", "lb"];
  const domain = { type: "PTR", ownership: "shared", data: { kind: "name", target: Name.parse("local") } } as const;
  await sim.settle(mdns.publishRecords(kinds.map((kind) => ({ name: `${kind}._dns-sd._udp.local`, ...domain }))));
  for (const kind of kinds) {
    const [found] = await sim.records(`${kind}._dns-sd._udp.local`, "PTR");
    expect(found?.data).toMatchObject({ kind: "name", target: Name.parse("local") });
  }
  await mdns.close();
});

test("a record that needs a large frame is advised against (RFC 6762 §17; W-40)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const told: unknown[] = [];
  mdns.on("diagnostic", (event) => told.push(event));
  await sim.settle(mdns.publishRecords([{ ...CUSTOM, data: new Uint8Array(1_301) }]));
  expect(told).toEqual([
    { kind: "advice", name: "custom.local", message: expect.stringContaining("TYPE65280 data of 1301 bytes") },
  ]);
  await mdns.close();
});

test("nothing is published that was not asked for: no HINFO, no attributes, no hardware (A-59, S-16, T-18)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  await sim.publish(mdns, { name: "Site", txt: { k: "v" } });
  const types = new Set(
    sim.lan.log.packets.flatMap(({ message }) => message?.answers ?? []).map(({ type, name }) => `${type} ${name}`),
  );
  expect([...types].sort()).toEqual([
    "1 alpha.local",
    "12 1.0.77.10.in-addr.arpa",
    "12 _http._tcp.local",
    "12 _services._dns-sd._udp.local",
    "16 Site._http._tcp.local",
    "33 Site._http._tcp.local",
  ]);
  const asker = sim.mdns("beta");
  expect([...(await sim.settle(asker.resolve("Site", HTTP))).txt.keys()]).toEqual(["k"]);
  await Promise.all([mdns.close(), asker.close()]);
});
