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
  ["names", { names: null }],
  ["network", { network: null }],
  ["network", { network: {} }],
  ["options", null],
])("a bad %s is refused by the constructor: %j", (option, options) => {
  const wrong = (): Mdns => new Mdns(options as object);
  expect(wrong).toThrow(expect.objectContaining({ name: "MdnsError", code: "ERR_MDNS_ARGUMENT" }));
  expect(wrong).toThrow(new RegExp(`^${option} must be`));
});

const CALLS: Record<string, (mdns: Mdns, options: never) => unknown> = {
  publishHost: (mdns, options) => mdns.publishHost(options),
  publishRecords: (mdns, options) => mdns.publishRecords([], options),
  browse: (mdns, options) => mdns.browse(HTTP, options),
  browseTypes: (mdns, options) => mdns.browseTypes(options),
  resolve: (mdns, options) => mdns.resolve("x", HTTP, options),
  lookup: (mdns, options) => mdns.lookup("x", options),
  reverse: (mdns, options) => mdns.reverse("10.0.0.1", options),
  query: (mdns, options) => mdns.query("x.local", "A", options),
};

/** What a call throws or rejects with. */
function refusal(call: () => unknown): Promise<unknown> {
  return new Promise((resolve) => resolve(call())).then(
    () => undefined,
    (error) => error,
  );
}

test.each(Object.entries(CALLS))(
  "%s refuses options and signals that are none, and names them",
  async (_name, call) => {
    const mdns = new SimMdns().mdns("alpha");
    const code = "ERR_MDNS_ARGUMENT";
    expect(await refusal(() => call(mdns, null as never))).toMatchObject({
      code,
      message: expect.stringMatching(/^options must be an object, got null/),
    });
    expect(await refusal(() => call(mdns, { signal: {} } as never))).toMatchObject({
      code,
      message: expect.stringMatching(/^signal must be an AbortSignal/),
    });
    const reason = new Error("enough");
    expect(await refusal(() => call(mdns, { signal: AbortSignal.abort(reason) } as never))).toBe(reason);
    expect(mdns.counters.open).toBe(0);
    await mdns.close();
  },
);

test.each([
  ["service", (mdns: Mdns) => mdns.publish(null as never)],
  ["signal", (mdns: Mdns) => mdns.publish({ type: HTTP, port: 80, signal: 5 as never })],
  ["records", (mdns: Mdns) => mdns.publishRecords(null as never)],
  ["wait", (mdns: Mdns) => mdns.publish({ type: HTTP, port: 80, wait: "no" as never })],
  ["type", (mdns: Mdns) => mdns.browse(null as never)],
  ["immediate", (mdns: Mdns) => mdns.browse(HTTP, { immediate: 1 as never })],
  ["immediate", (mdns: Mdns) => mdns.browseTypes({ immediate: "no" as never })],
  ["immediate", (mdns: Mdns) => mdns.query("x.local", "A", { immediate: null as never })],
  ["name", (mdns: Mdns) => mdns.resolve(null as never, HTTP)],
  ["host", (mdns: Mdns) => mdns.lookup(null as never)],
  ["family", (mdns: Mdns) => mdns.lookup("x", { family: 5 as never })],
  ["timeout", (mdns: Mdns) => mdns.lookup("x", { timeout: -1 })],
  ["address", (mdns: Mdns) => mdns.reverse("x")],
  ["name", (mdns: Mdns) => mdns.query("x", "A")],
  ["type", (mdns: Mdns) => mdns.query("x.local", "NONE")],
  ["service", (mdns: Mdns) => mdns.reconfirm(null as never)],
  ["host", (mdns: Mdns) => mdns.reconfirm({ name: "x", type: HTTP, host: "a..b" })],
])("a call whose %s is wrong says so, and how it must be", async (argument, call) => {
  const mdns = new SimMdns().mdns("alpha");
  const message = expect.stringMatching(new RegExp(`^${argument} must be .+, got `));
  expect(await refusal(() => call(mdns))).toMatchObject({ name: "MdnsError", code: "ERR_MDNS_ARGUMENT", message });
  expect(mdns.counters.open).toBe(0);
  await mdns.close();
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
  await mdns.ready;
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

test("a change of the name can be waited for until a signal is aborted: the change stays", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const ad = await sim.publish(mdns);
  const abort = new AbortController();
  const changing = ad.update({ name: "Other" }, { signal: abort.signal });
  abort.abort(new Error("enough"));
  await expect(changing).rejects.toThrow("enough");
  const told = new Promise((resolve) => ad.once("renamed", (...names) => resolve(names)));
  expect(await sim.settle(told)).toEqual(["Other", "Site"]);
  await expect(ad.update({ port: 81 }, { signal: abort.signal })).rejects.toThrow("enough");
  expect(ad.port).toBe(80);
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

test("counters tell of packets by kind, of conflicts, and of answers that wait", async () => {
  const sim = new SimMdns();
  const [owner, rival] = [sim.mdns("alpha"), sim.mdns("beta")];
  await sim.publish(owner);
  await sim.run(2_000);
  const settled = { sent: { query: 0, probe: 3, response: 2 }, received: { query: 0, probe: 0, response: 0 } };
  expect(owner.counters.links).toMatchObject([settled]);
  await sim.publish(rival);
  expect([owner.counters.conflicts, rival.counters.conflicts]).toEqual([0, 1]);
  rival.browse(HTTP);
  let waited = 0;
  for (let time = 0; time < 500; time += 5) {
    await sim.run(5);
    waited = Math.max(waited, owner.counters.links[0]?.responder.waitingAnswers ?? 0);
  }
  expect(waited).toBeGreaterThan(0);
  expect(owner.counters.links[0]?.received).toMatchObject({ query: 1, probe: expect.toSatisfy((count) => count > 0) });
  expect(owner.counters.links[0]?.responder.waitingAnswers).toBe(0);
  await Promise.all([owner.close(), rival.close()]);
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
