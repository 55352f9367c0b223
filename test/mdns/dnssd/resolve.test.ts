import { describe, expect, test } from "vitest";
import type { Service } from "../../../src/mdns/dnssd/service.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { HTTP, SimMdns } from "./sim-mdns.ts";

test("one service is found by its name, whole (RFC 6763 §5; B-08)", async () => {
  const sim = new SimMdns();
  const [publisher, asker] = [sim.mdns("alpha"), sim.mdns("beta")];
  await sim.publish(publisher, { name: "A.B", txt: { k: "v" } });
  await sim.run(3_000);
  const start = sim.now;
  const service = await sim.settle(asker.resolve("A.B", HTTP));
  expect(service).toMatchObject({ name: "A.B", host: "alpha.local", port: 80, addresses: ["10.77.0.1"] });
  expect(service.txt.text("k")).toBe("v");
  expect(sim.now - start).toBeLessThan(300);
  expect(asker.counters.open).toBe(0);
  await Promise.all([publisher.close(), asker.close()]);
});

test("resolving again gives what has changed since (RFC 6763 §5; B-20)", async () => {
  const sim = new SimMdns();
  const [publisher, asker] = [sim.mdns("alpha"), sim.mdns("beta")];
  const ad = await sim.publish(publisher);
  expect((await sim.settle(asker.resolve("Site", HTTP))).port).toBe(80);
  await ad.update({ port: 81 });
  await sim.run(2_500);
  expect((await sim.settle(asker.resolve("Site", HTTP))).port).toBe(81);
  await Promise.all([publisher.close(), asker.close()]);
});

describe("the first address that comes is a link-local one, which few programs can use", () => {
  const type = { response: true } as const;
  const name = Name.parse("Site._http._tcp.local");
  const host = Name.parse("dev.local");
  const rest = { class: CLASS.IN, flush: true, ttl: 120 } as const;
  const data = { kind: "srv", priority: 0, weight: 0, port: 80, target: host } as const;
  const txt = { kind: "txt", strings: [] } as const;
  const service = [
    { name, type: TYPE.SRV, data, ...rest },
    { name, type: TYPE.TXT, data: txt, ...rest },
  ];
  const linkLocal = {
    name: host,
    type: TYPE.AAAA,
    data: { kind: "address", address: "fe80::9" },
    ...rest,
  } as const;
  const ipv4 = { name: host, type: TYPE.A, data: { kind: "address", address: "10.77.0.9" }, ...rest } as const;

  test("another one that follows soon is waited for, on whatever link (B-25)", async () => {
    const sim = new SimMdns();
    const other = sim.lan.segment("other", { delay: 0.2 });
    const asker = sim.mdns("beta", { network: sim.host("beta", [sim.segment, other]) });
    const [here, there] = [sim.lan.peer("here", sim.segment), sim.lan.peer("there", other)];
    const resolving = asker.resolve("Site", HTTP);
    await sim.run(10);
    here.send({ ...type, answers: [...service, linkLocal] });
    await sim.run(100);
    there.send({ ...type, answers: [...service, ipv4] });
    expect((await sim.settle(resolving)).addresses).toEqual(["10.77.0.9", "fe80::9%e0"]);
    await asker.close();
  });

  test("when none does, it is given (B-25)", async () => {
    const sim = new SimMdns();
    const asker = sim.mdns("beta");
    const resolving = asker.resolve("Site", HTTP);
    await sim.run(10);
    sim.lan.peer("here", sim.segment).send({ ...type, answers: [...service, linkLocal] });
    const start = sim.now;
    expect((await sim.settle(resolving)).addresses).toEqual(["fe80::9%e0"]);
    expect(sim.now - start).toBeLessThanOrEqual(270);
    const hurried = asker.resolve("Site", HTTP, { timeout: 100 });
    expect((await sim.settle(hurried)).addresses).toEqual(["fe80::9%e0"]);
    await asker.close();
  });
});

test("what a browser found is resolved and reconfirmed, whatever its name and its host (B-04, C-16)", async () => {
  const sim = new SimMdns();
  const asker = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const type = Name.parse(`${HTTP}.local`);
  const name = Name.of([Uint8Array.of(0x61, 0x0a, 0x62), "_http", "_tcp", "local"]);
  const target = Name.parse("web.example.com");
  const rest = { class: CLASS.IN, ttl: 120 } as const;
  const address = { kind: "address", address: "10.77.0.9" } as const;
  const answers = [
    { name: type, type: TYPE.PTR, flush: false, data: { kind: "name", target: name }, ...rest },
    { name, type: TYPE.SRV, flush: true, data: { kind: "srv", priority: 0, weight: 0, port: 80, target }, ...rest },
    { name, type: TYPE.TXT, flush: true, data: { kind: "txt", strings: [] }, ...rest },
    { name: target, type: TYPE.A, flush: true, data: address, ...rest },
  ] as const;
  const browser = asker.browse(HTTP);
  await sim.run(10);
  peer.send({ response: true, answers });
  await sim.run(100);
  const [found] = browser.services;
  expect(found).toMatchObject({ name: "a\nb", host: "web.example.com" });
  expect((await sim.settle(asker.resolve("a\nb", HTTP))).port).toBe(80);
  asker.reconfirm(found as Service);
  await sim.run(11_000);
  expect(browser.services).toEqual([]);
  await asker.close();
});

test("what is missing is said when the time is up (B-26, H-06)", async () => {
  const sim = new SimMdns();
  const asker = sim.mdns("beta");
  const start = sim.now;
  await expect(sim.settle(asker.resolve("Site", HTTP, { timeout: 3_000 }))).rejects.toMatchObject({
    code: "ERR_MDNS_TIMEOUT",
    message: '"Site" (_http._tcp) was not resolved within 3000 ms: no SRV record came on e0',
  });
  expect(sim.now - start).toBeLessThanOrEqual(3_020);
  const peer = sim.lan.peer("peer", sim.segment);
  const resolving = asker.resolve("Site", HTTP);
  await sim.run(10);
  const data = { kind: "srv", priority: 0, weight: 0, port: 80, target: Name.parse("dev.local") } as const;
  const name = Name.parse("Site._http._tcp.local");
  peer.send({ response: true, answers: [{ name, type: TYPE.SRV, class: CLASS.IN, flush: true, ttl: 120, data }] });
  await expect(sim.settle(resolving)).rejects.toThrow("within 5000 ms: no address of dev.local came on e0");
  await asker.close();
});

test.each([
  ["", HTTP, {}],
  ["x".repeat(64), HTTP, {}],
  ["x", "http", {}],
  ["x", HTTP, { timeout: 0 }],
  ["x", HTTP, { timeout: Number.NaN }],
])("resolve(%j, %j, %j) is refused before any effect (H-04)", async (name, type, options) => {
  const sim = new SimMdns();
  const mdns = sim.mdns("beta");
  await expect(mdns.resolve(name, type, options)).rejects.toMatchObject({ code: "ERR_MDNS_ARGUMENT" });
  await sim.run(1_000);
  expect(sim.packets()).toEqual([]);
  await mdns.close();
});

test.each(["resolve", "lookup", "reverse"] as const)(
  "%s ends with its signal, at once if that is aborted",
  async (call) => {
    const sim = new SimMdns();
    const mdns = sim.mdns("beta");
    const abort = new AbortController();
    const { signal } = abort;
    const begin = (): Promise<unknown> => {
      if (call === "resolve") return mdns.resolve("x", HTTP, { signal });
      return call === "lookup" ? mdns.lookup("x", { signal }) : mdns.reverse("10.0.0.1", { signal });
    };
    const pending = begin();
    await sim.run(200);
    const reason = new Error("enough");
    abort.abort(reason);
    await expect(pending).rejects.toBe(reason);
    await expect(begin()).rejects.toBe(reason);
    expect(mdns.counters.open).toBe(0);
    expect(mdns.counters.links[0]?.questions).toBe(0);
    await mdns.close();
  },
);
