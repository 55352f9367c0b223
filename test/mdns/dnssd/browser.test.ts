import { expect, test } from "vitest";
import { Mdns } from "../../../src/mdns/mdns.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { HTTP, journal, SimMdns } from "./sim-mdns.ts";
import { a, nsec, ptr, respond, SITE, srv, txt } from "./site-records.ts";

test("a known publisher is reported within 300 ms, whole (RFC 6763 App. F; B-01, B-02, B-04, B-06)", async () => {
  const sim = new SimMdns();
  const publisher = sim.mdns("alpha");
  await sim.publish(publisher, { name: "A.B C\\D 🎉", txt: { k: "v", flag: true } });
  await sim.run(3_000);
  const watcher = sim.mdns("beta");
  const start = sim.now;
  const browser = watcher.browse(HTTP);
  const [service] = await new Promise<unknown[]>((resolve) => {
    browser.on("up", (found) => resolve([found]));
    void sim.run(1_000);
  });
  expect(service).toMatchObject({
    name: "A.B C\\D 🎉",
    type: HTTP,
    domain: "local",
    fullName: "A\\.B C\\\\D 🎉._http._tcp.local",
    host: "alpha.local",
    port: 80,
    priority: 0,
    weight: 0,
    addresses: ["10.77.0.1"],
    interface: "e0",
    links: [{ interface: "e0", host: "alpha.local", port: 80, ttl: 120 }],
  });
  expect(sim.now - start).toBeLessThan(300);
  await Promise.all([publisher.close(), watcher.close()]);
});

test("an immediate question leaves out the random delay (RFC 6762 §5.2)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  watcher.browse(HTTP, { immediate: true });
  await sim.run(1);
  expect(sim.packets()).toHaveLength(1);
  await watcher.close();
});

test("a goodbye is down a second later, the same service again is up again (RFC 6762 §10.1; B-01)", async () => {
  const sim = new SimMdns();
  const [publisher, watcher] = [sim.mdns("alpha"), sim.mdns("beta")];
  const lines = journal(watcher.browse(HTTP));
  const ad = await sim.publish(publisher);
  await sim.run(2_000);
  await ad.close();
  await sim.run(990);
  expect(lines).toEqual(["up Site alpha.local:80 10.77.0.1"]);
  await sim.run(20);
  expect(lines).toEqual(["up Site alpha.local:80 10.77.0.1", "down Site alpha.local:80 10.77.0.1"]);
  await sim.publish(publisher, { port: 81 });
  await sim.run(2_000);
  expect(lines.slice(2)).toEqual(["up Site alpha.local:81 10.77.0.1"]);
  await Promise.all([publisher.close(), watcher.close()]);
});

test("one packet makes one event, and a repeat of it none (B-22, N-13)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const lines = journal(watcher.browse(HTTP));
  const all = [ptr(), srv(), txt("k=v"), a(), a("10.77.200.2")];
  respond(peer, all);
  await sim.run(2_000);
  expect(lines).toEqual(["up Site dev.local:80 10.77.200.1 10.77.200.2"]);
  respond(peer, all);
  await sim.run(2_000);
  expect(lines).toHaveLength(1);
  respond(peer, [srv({ port: 81 }), txt("k=w"), a("10.77.200.3")]);
  await sim.run(10);
  expect(lines.slice(1)).toEqual(["update Site dev.local:81 10.77.200.3"]);
  await sim.run(5_000);
  expect(lines).toHaveLength(2);
  await watcher.close();
});

test("records that come one by one are asked for and make a service (RFC 6763 §12; B-09)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const bare = [ptr(), srv(), txt("k=v"), a(), nsec("dev.local", TYPE.A)];
  peer.onMessage = (message) => {
    const asked = (name: string, type: number) =>
      message.questions.some((question) => question.type === type && question.name.toString() === name);
    for (const answer of bare) if (asked(answer.name.toString(), answer.type)) respond(peer, [answer]);
  };
  const lines = journal(watcher.browse(HTTP));
  await sim.run(2_000);
  expect(lines).toEqual(["up Site dev.local:80 10.77.200.1"]);
  await watcher.close();
});

test("no question is asked for what came as additional records (RFC 6763 §12; B-08)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  watcher.browse(HTTP);
  respond(peer, [ptr()], [srv(), txt(), a(), nsec("dev.local", TYPE.A)]);
  await sim.run(5_000);
  const questions = peer.heard.flatMap(({ message }) => message?.questions ?? []);
  expect(new Set(questions.map(({ type }) => type))).toEqual(new Set([TYPE.PTR]));
  await watcher.close();
});

test.each([
  ["denied by NSEC", [nsec(SITE, TYPE.SRV)], 100],
  ["never answered", [], 1_100],
  ["without strings", [txt()], 100],
] as const)(
  "attributes %s are none, and hold nothing up for long (RFC 6763 §6.1; B-13, T-03)",
  async (_, records, wait) => {
    const sim = new SimMdns();
    const watcher = sim.mdns("beta");
    const peer = sim.lan.peer("peer", sim.segment);
    const browser = watcher.browse(HTTP);
    await sim.run(1);
    respond(peer, [ptr(), srv(), a(), ...records]);
    await sim.run(wait);
    expect(browser.services.map(({ txt: { size } }) => size)).toEqual([0]);
    await watcher.close();
  },
);

test("a service without addresses is not up, and is as soon as one comes", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const lines = journal(watcher.browse(HTTP));
  respond(peer, [ptr(), srv(), txt()]);
  await sim.run(5_000);
  expect(lines).toEqual([]);
  respond(peer, [a()]);
  await sim.run(10);
  expect(lines).toEqual(["up Site dev.local:80 10.77.200.1"]);
  await watcher.close();
});

test("a target of the root means not available (RFC 2782; B-12)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const lines = journal(watcher.browse(HTTP));
  respond(peer, [ptr(), srv({ target: "." }), txt(), a()]);
  await sim.run(3_000);
  expect(lines).toEqual([]);
  respond(peer, [srv(), a()]);
  await sim.run(3_000);
  respond(peer, [srv({ target: "." })]);
  await sim.run(3_000);
  expect(lines).toEqual(["up Site dev.local:80 10.77.200.1", "down Site dev.local:80 10.77.200.1"]);
  await watcher.close();
});

test("of several SRV records the best is kept, and its end leads to the next (RFC 2782; B-11)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const lines = journal(watcher.browse(HTTP));
  const spare = srv({ target: "spare.local", priority: 10 });
  respond(peer, [ptr(), srv(), spare, txt(), a(), a("10.77.200.9", 120, "spare.local")]);
  await sim.run(2_000);
  respond(peer, [{ ...srv(), ttl: 0 }]);
  await sim.run(2_000);
  expect(lines).toEqual(["up Site dev.local:80 10.77.200.1", "update Site spare.local:80 10.77.200.9"]);
  await watcher.close();
});

test("a goodbye of the SRV record alone leaves the service listed (RFC 6763 §4; B-23)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const lines = journal(watcher.browse(HTTP));
  respond(peer, [ptr(), srv(), txt(), a()]);
  await sim.run(2_000);
  respond(peer, [{ ...srv(), ttl: 0 }]);
  await sim.run(5_000);
  expect(lines).toEqual(["up Site dev.local:80 10.77.200.1"]);
  await watcher.close();
});

test("a service with a lifetime of 3 s that falls silent is down after 3 s, having been asked for (RFC 6762 §5.2; N-09)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const lines = journal(watcher.browse(HTTP));
  await sim.run(200);
  const start = sim.now;
  respond(peer, [ptr(SITE, 3), srv({ ttl: 3 }), txt("", 3), a("10.77.200.1", 3)]);
  await sim.run(2_990);
  expect(lines).toEqual(["up Site dev.local:80 10.77.200.1"]);
  await sim.run(1_010);
  expect(lines.at(-1)).toBe("down Site dev.local:80 10.77.200.1");
  const asked = peer.heard.filter(({ time }) => time - start > 2_400 && time - start < 2_960);
  expect(asked.length).toBeGreaterThan(0);
  await watcher.close();
});

test("a publisher that vanished is down soon after its SRV record expired, long before its PTR (RFC 6762 §10.4; N-09)", async () => {
  const sim = new SimMdns();
  const host = sim.host("alpha");
  const publisher = sim.mdns("alpha", { network: host });
  const watcher = sim.mdns("beta");
  const lines = journal(watcher.browse(HTTP));
  await sim.publish(publisher);
  await sim.run(5_000);
  host.crash();
  await sim.run(150_000);
  expect(lines).toEqual([
    "up Site alpha.local:80 10.77.0.1",
    expect.stringMatching(/^(update|down)/),
    ...(lines.length > 2 ? ["down Site alpha.local:80 "] : []),
  ]);
  expect(lines.at(-1)).toMatch(/^down/);
  await watcher.close();
});

test("a restarted publisher with another port is one change (RFC 6762 §10.2; N-10, M-06)", async () => {
  const sim = new SimMdns();
  const host = sim.host("alpha");
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const lines = journal(watcher.browse(HTTP));
  await sim.publish(sim.mdns("alpha", { network: host }));
  await sim.run(5_000);
  host.crash();
  respond(peer, [ptr(), srv({ port: 81, target: "alpha.local" }), txt(), a("10.77.0.1", 120, "alpha.local")]);
  await sim.run(5_000);
  expect(lines).toEqual(["up Site alpha.local:80 10.77.0.1", "update Site alpha.local:81 10.77.0.1"]);
  await watcher.close();
});

test("addresses that lapse under a live service are asked for and reported (N-25)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const lines = journal(watcher.browse(HTTP));
  respond(peer, [ptr(), srv({ ttl: 4_500 }), txt(), a("10.77.200.1", 10)]);
  await sim.run(9_000);
  const asked = peer.heard.flatMap(({ message }) => message?.questions ?? []).filter(({ type }) => type === TYPE.A);
  expect(asked.length).toBeGreaterThan(0);
  await sim.run(1_100);
  expect(lines.slice(1)).toEqual(["update Site dev.local:80 "]);
  respond(peer, [srv({ ttl: 4_500 }), a("10.77.200.2", 120)]);
  await sim.run(1_000);
  expect(lines.slice(2)).toEqual(["update Site dev.local:80 10.77.200.2"]);
  await watcher.close();
});

test("a subtype lists its instances under the base type (RFC 6763 §7.1; B-07, B-14, D-10, D-11)", async () => {
  const sim = new SimMdns();
  const [publisher, watcher] = [sim.mdns("alpha"), sim.mdns("beta")];
  const [sub, other] = [watcher.browse("_printer._sub._http._tcp"), watcher.browse(HTTP, { subtype: "_scanner" })];
  const all = watcher.browse("_HTTP._TCP");
  await sim.publish(publisher, { subtypes: ["_printer"] });
  await sim.publish(publisher, { name: "Plain" });
  await sim.run(2_000);
  const names = [sub, other, all].map(({ services }) => services.map(({ name, type }) => `${name} ${type}`));
  expect(names).toEqual([["Site _http._tcp"], [], ["Site _http._tcp", "Plain _http._tcp"]]);
  await Promise.all([publisher.close(), watcher.close()]);
});

test("additional records about other names make no event (RFC 6763 §12; B-10)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const lines = journal(watcher.browse(HTTP));
  const other = "Other._http._tcp.local";
  respond(
    peer,
    [ptr(), srv(), txt(), a()],
    [srv({ name: other }), txt("", 4_500, other), a("10.77.200.5", 120, "x.local")],
  );
  await sim.run(3_000);
  expect(lines).toEqual(["up Site dev.local:80 10.77.200.1"]);
  await watcher.close();
});

test("names beyond ASCII are asked for in UTF-8, never in Punycode (RFC 6762 §16; B-21, W-50)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  watcher.query("bürö.local", "A", { immediate: true });
  await sim.run(1);
  const [label] = peer.heard[0]?.message?.questions[0]?.name.labels ?? [];
  expect(String(Buffer.from(label ?? []))).toBe("bürö");
  await watcher.close();
});

test("nothing asks for domains of its own accord (RFC 6763 §11; B-17)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("beta");
  mdns.browse(HTTP);
  mdns.browseTypes();
  await sim.publish(mdns);
  await sim.run(10_000);
  expect(sim.packets().filter((packet) => /\b(?:b|db|r|dr|lb)\._dns-sd/.test(packet))).toEqual([]);
  await mdns.close();
});

test("names that are no service instances are passed over", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const browser = watcher.browse(HTTP);
  const odd = ["_http._tcp.local", "x.local", "x._http._tcp.example", "a.b.c.d.local"];
  respond(
    peer,
    odd.map((name) => ptr(name)),
  );
  await sim.run(2_000);
  expect(browser.services).toEqual([]);
  expect(watcher.counters.links[0]?.questions).toBe(1);
  await watcher.close();
});

test.each(["", ".", "local", "local.", "http", "_http", "_http._tcp.local", `_${"x".repeat(63)}._tcp`])(
  "browsing %j is refused before any effect",
  async (type) => {
    const sim = new SimMdns();
    const mdns = sim.mdns("beta");
    expect(() => mdns.browse(type)).toThrow(expect.objectContaining({ code: "ERR_MDNS_ARGUMENT" }));
    expect(mdns.counters.open).toBe(0);
    await mdns.close();
  },
);

test("what all open browsers know is there at once", async () => {
  const sim = new SimMdns();
  const [publisher, watcher] = [sim.mdns("alpha"), sim.mdns("beta")];
  await sim.publish(publisher);
  await sim.publish(publisher, { name: "Printer", type: "_ipp._tcp" });
  watcher.browse(HTTP);
  watcher.browse(HTTP);
  watcher.browse("_ipp._tcp");
  await sim.run(2_000);
  expect(watcher.services.map(({ fullName }) => fullName).sort()).toEqual([
    "Printer._ipp._tcp.local",
    "Site._http._tcp.local",
  ]);
  await Promise.all([publisher.close(), watcher.close()]);
  expect(watcher.services).toEqual([]);
});

test("a service that does not answer can be put in doubt (RFC 6762 §10.4; B-27)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const browser = watcher.browse(HTTP);
  const lines = journal(browser);
  respond(peer, [ptr(), srv(), txt(), a()]);
  await sim.run(2_000);
  const [service] = browser.services;
  if (service === undefined) throw new Error("nothing found");
  const before = peer.heard.length;
  watcher.reconfirm(service);
  await sim.run(3_000);
  expect(peer.heard.length).toBeGreaterThan(before);
  await sim.run(9_000);
  expect(lines.at(-1)).toMatch(/^down Site/);
  await watcher.close();
});

test("an Mdns on nothing at all browses without a word", async () => {
  const sim = new SimMdns();
  const mdns = new Mdns({ network: sim.host("alone", []) });
  const browser = mdns.browse(HTTP);
  await sim.run(5_000);
  expect(browser.services).toEqual([]);
  await mdns.close();
});
