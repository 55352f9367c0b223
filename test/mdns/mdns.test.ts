import { expect, test } from "vitest";
import { Mdns } from "../../src/mdns/mdns.ts";
import { seeded } from "../sim/random.ts";
import { HTTP, SimMdns } from "./dnssd/sim-mdns.ts";

test.each([
  ["interfaces", { interfaces: 5 }],
  ["interfaces", { interfaces: [] }],
  ["exclude", { exclude: "300.0.0.0/33" }],
  ["families", { families: ["ipv5"] }],
  ["families", { families: [] }],
  ["hostName", { hostName: "nas.local" }],
  ["hostName", { hostName: "" }],
  ["trace", { trace: true }],
  ["names", { names: {} }],
  ["options", null],
])("a bad %s is refused by the constructor: %j", (option, options) => {
  const wrong = (): Mdns => new Mdns(options as object);
  expect(wrong).toThrow(expect.objectContaining({ name: "MdnsError", code: "ERR_MDNS_ARGUMENT" }));
  expect(wrong).toThrow(new RegExp(`^${option} must be`));
});

test("closing ends everything that is open, goodbyes first, whatever the order (P-55, N-16, N-18)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const ad = await sim.publish(mdns);
  const browser = mdns.browse(HTTP);
  const next = browser[Symbol.asyncIterator]().next();
  await sim.settle(next);
  const calls = [
    mdns.resolve("x", HTTP),
    mdns.lookup("x"),
    mdns.reverse("10.0.0.1"),
    mdns.publish({ type: HTTP, port: 1 }),
  ];
  const outcomes = Promise.allSettled(calls);
  const following = browser[Symbol.asyncIterator]();
  await sim.settle(following.next());
  const reading = following.next();
  await sim.run(100);
  const before = sim.now;
  await mdns.close();
  expect((await outcomes).map((outcome) => outcome.status === "rejected" && outcome.reason.code)).toEqual(
    calls.map(() => "ERR_MDNS_CLOSED"),
  );
  expect(await reading).toEqual({ done: true, value: undefined });
  expect([ad.state, browser.closed, mdns.counters.open]).toEqual(["closed", true, 0]);
  expect(sim.packets(before).join("\n")).toMatch(/goodbye .*Site\._http\._tcp\.local SRV! 0/);
  await Promise.all([mdns.close(), mdns[Symbol.asyncDispose](), ad.close()]);
  browser.close();
});

test("after closing every call says that it is closed, and nothing is sent", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  await mdns.close();
  const closed = { code: "ERR_MDNS_CLOSED" };
  for (const call of [
    mdns.publish({ type: HTTP, port: 80 }),
    mdns.publishHost(),
    mdns.publishRecords([{ name: "x.local", type: "A", data: Uint8Array.of(10, 0, 0, 1) }]),
    mdns.resolve("x", HTTP),
    mdns.lookup("x"),
    mdns.reverse("10.0.0.1"),
    mdns.ready,
  ]) {
    await expect(call).rejects.toMatchObject(closed);
  }
  for (const call of [() => mdns.browse(HTTP), () => mdns.browseTypes(), () => mdns.query("x.local", "A")]) {
    expect(call).toThrow(expect.objectContaining(closed));
  }
  await sim.run(5_000);
  expect(sim.packets()).toEqual([]);
});

test("an update of what is closed says so", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const ad = await sim.publish(mdns);
  await ad.close();
  await expect(ad.update({ port: 81 })).rejects.toMatchObject({ code: "ERR_MDNS_CLOSED" });
  await mdns.close();
});

test("what is advised against is told as a diagnostic", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const told: unknown[] = [];
  mdns.on("diagnostic", (event) => told.push(event));
  await sim.publish(mdns, { txt: { averylongkey: 1 } });
  expect(told).toEqual([{ kind: "advice", name: "Site", message: expect.stringContaining("averylongkey") }]);
  await mdns.close();
});

test("counters tell what is open and held on each link", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  mdns.browse(HTTP);
  await sim.publish(mdns);
  expect(mdns.counters).toMatchObject({
    open: 2,
    sockets: undefined,
    links: [{ interface: "e0", claims: 2, questions: expect.any(Number) }],
  });
  await mdns.close();
});

test("anything may be aborted, closed or withdrawn at any moment, and nothing escapes (N-02)", async () => {
  const escaped: unknown[] = [];
  const note = (error: unknown): void => void escaped.push(error);
  process.on("unhandledRejection", note);
  const random = seeded("lifecycle");
  for (let round = 0; round < 10; round++) {
    const sim = new SimMdns(round + 1);
    const right = sim.lan.segment("right", { delay: 0.2, loss: 0.2 });
    const other = sim.mdns("alpha", { network: sim.host("other", [sim.segment, right]) });
    const host = sim.host("alpha", [sim.segment, right]);
    const mdns = sim.mdns("alpha", { network: host });
    const settled: Promise<unknown>[] = [];
    const track = (promise: Promise<unknown>): void => void settled.push(promise.catch(() => {}));
    for (let step = 0; step < 40; step++) {
      const abort = new AbortController();
      const { signal } = abort;
      const calls = [
        () => track(mdns.publish({ name: "Site", type: HTTP, port: 80, signal }).then((ad) => ad.update({ port: 81 }))),
        () => track(mdns.publish({ name: "Site", type: HTTP, port: 80 }).then((ad) => ad.close())),
        () => track(other.publish({ name: "Site", type: HTTP, port: 82, signal })),
        () => track(mdns.resolve("Site", HTTP, { signal })),
        () => track(mdns.lookup("alpha", { signal })),
        () => track(mdns.browse(HTTP, { signal })[Symbol.asyncIterator]().next()),
        () => mdns.browse(HTTP, { signal }),
        () => host.interface("e1").down(),
        () => host.interface("e1").up(),
      ];
      calls[Math.floor(random() * calls.length)]?.();
      await sim.run(random() * 400);
      if (random() < 0.7) abort.abort(new Error("enough"));
    }
    const closing = Promise.all([mdns.close(), other.close()]);
    await Promise.allSettled(settled);
    await closing;
    expect([mdns.counters.open, other.counters.open]).toEqual([0, 0]);
    await sim.run(10_000);
    expect(sim.lan.clock.pending).toBe(0);
  }
  process.off("unhandledRejection", note);
  expect(escaped).toEqual([]);
});
