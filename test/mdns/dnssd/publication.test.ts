import { expect, test } from "vitest";
import type { MdnsError } from "../../../src/mdns/dnssd/mdns-error.ts";
import type { PublishOptions } from "../../../src/mdns/dnssd/publish-options.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
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

test("a taken name is given up for the next one, and its owner keeps it (RFC 6762 §9, RFC 6763 App. D; P-37, P-38, N-24)", async () => {
  const sim = new SimMdns();
  const [first, second] = [sim.mdns("alpha"), sim.mdns("beta")];
  const owner = await sim.publish(first);
  const late = await sim.publish(second);
  expect([owner.name, late.name]).toEqual(["Site", "Site (2)"]);
  await sim.run(5_000);
  expect([owner.name, late.name]).toEqual(["Site", "Site (2)"]);
  await Promise.all([first.close(), second.close()]);
});

test("a rival for every name is told of after a minute, and trying goes on (RFC 6762 §8.1, §9; P-42)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const peer = sim.lan.peer("peer", sim.segment);
  peer.onMessage = ({ authorities }) => {
    const taken = authorities.filter(({ type }) => type === TYPE.SRV);
    const answers = taken.map(({ name, data }) => ({
      name,
      type: TYPE.SRV,
      class: CLASS.IN,
      flush: true,
      ttl: 120,
      data: data.kind === "srv" ? { ...data, port: 9 } : data,
    }));
    if (answers.length > 0) peer.send({ response: true, answers });
  };
  const ad = await sim.publish(mdns, { wait: false });
  const told: string[] = [];
  ad.on("error", ({ code }) => told.push(code));
  await expect(sim.publish(mdns, { name: "Other" })).rejects.toMatchObject({
    code: "ERR_MDNS_NOT_ANNOUNCED",
    message: expect.stringContaining("still being sought"),
  });
  await sim.run(70_000);
  expect(told).toEqual(["ERR_MDNS_UNSETTLED"]);
  expect(ad.state).toBe("probing");
  peer.onMessage = undefined;
  await sim.run(10_000);
  expect(ad.state).toBe("announced");
  await mdns.close();
});

test("two services of one name in one process part before they meet on the wire", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const names = [await sim.publish(mdns), await sim.publish(mdns)].map(({ name }) => name);
  expect(names).toEqual(["Site", "Site (2)"]);
  const other = await sim.publish(mdns, { type: "_ipp._tcp" });
  expect(other.name).toBe("Site");
  await mdns.close();
});

test("a conflict on one link renames on all, and says so (RFC 6762 §9; L-27, P-41)", async () => {
  const sim = new SimMdns();
  const [left, right] = [sim.segment, sim.lan.segment("right", { delay: 0.2 })];
  const rival = sim.mdns("beta", { network: sim.host("beta", [right]) });
  await sim.publish(rival);
  const mdns = sim.mdns("alpha", { network: sim.host("alpha", [left, right]) });
  const ad = await sim.settle(mdns.publish({ name: "Site", type: HTTP, port: 80, wait: false }));
  const told: string[] = [];
  ad.on("conflict", (name) => told.push(`conflict ${name}`));
  ad.on("renamed", (name, before) => told.push(`renamed ${before} > ${name}`));
  ad.on("announced", () => told.push("announced"));
  await sim.run(6_000);
  expect(told).toEqual(["conflict Site", "renamed Site > Site (2)", "announced"]);
  const announced = sim.packets().filter((packet) => /alpha.* response .*SRV! 120/.test(packet));
  expect(announced.some((packet) => packet.includes(" lan "))).toBe(true);
  expect(announced.every((packet) => packet.includes("Site (2)"))).toBe(true);
  await Promise.all([rival.close(), mdns.close()]);
});

test("the host takes another name everywhere, and the services follow it (RFC 6762 §9; L-26, P-44)", async () => {
  const sim = new SimMdns();
  const rival = sim.mdns("alpha");
  await sim.publish(rival, { name: "Other" });
  const mdns = sim.mdns("alpha", { network: sim.host("second") });
  const ad = await sim.publish(mdns);
  expect([ad.name, ad.host]).toEqual(["Site", "alpha-2.local"]);
  const found = await sim.settle(rival.resolve("Site", HTTP));
  expect(found.host).toBe("alpha-2.local");
  await Promise.all([rival.close(), mdns.close()]);
});

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

test("a chosen name is remembered and tried first the next time (RFC 6762 §9; P-40)", async () => {
  const sim = new SimMdns();
  const memory = new Map<string, string>();
  const names = {
    recall: (kind: string, requested: string) => memory.get(`${kind} ${requested}`),
    remember: (kind: string, requested: string, chosen: string) => void memory.set(`${kind} ${requested}`, chosen),
  };
  const owner = sim.mdns("alpha");
  await sim.publish(owner, { port: 81 });
  const first = sim.mdns("alpha", { network: sim.host("second"), names });
  await sim.publish(first);
  expect(Object.fromEntries(memory)).toEqual({ [`${HTTP} Site`]: "Site (2)", "host alpha": "alpha-2" });
  await first.close();
  const again = sim.mdns("alpha", { network: sim.host("third"), names });
  const before = sim.now;
  const ad = await sim.publish(again);
  expect([ad.name, ad.host]).toEqual(["Site (2)", "alpha-2.local"]);
  expect(sim.packets(before).some((packet) => /probe .* Site\._http/.test(packet))).toBe(false);
  await Promise.all([owner.close(), again.close()]);
});

test("a memory that fails is as good as none, and is reported", async () => {
  const sim = new SimMdns();
  const names = {
    recall: () => {
      throw new Error("disk");
    },
    remember: () => {},
  };
  const mdns = sim.mdns("alpha", { names });
  const errors: unknown[] = [];
  mdns.on("error", (error) => errors.push(error));
  expect((await sim.publish(mdns)).name).toBe("Site");
  expect(errors.map(String)).toEqual(["Error: disk", "Error: disk"]);
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
