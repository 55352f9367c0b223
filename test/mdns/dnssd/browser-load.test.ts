import { expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/dnssd/limits.ts";
import type { Clock } from "../../../src/mdns/link/clock.ts";
import type { Network } from "../../../src/mdns/link/network.ts";
import { Mdns } from "../../../src/mdns/mdns.ts";
import { HTTP, SimMdns } from "./sim-mdns.ts";
import { a, ptr, respond, srv, txt } from "./site-records.ts";

test("more services than a browser may follow are counted and told of, not followed (S-11)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const told: unknown[] = [];
  watcher.on("diagnostic", (event) => told.push(event));
  const browser = watcher.browse(HTTP);
  const excess = 3;
  const names = Array.from({ length: LIMITS.instances + excess }, (_, index) => `x${index}._http._tcp.local`);
  for (let from = 0; from < names.length; from += 20)
    respond(
      peer,
      names.slice(from, from + 20).map((name) => ptr(name)),
    );
  await sim.run(10);
  expect(browser.overflows).toBe(excess);
  expect(told).toEqual([{ kind: "overflow", what: "services on e0", limit: LIMITS.instances }]);
  browser.close();
  await watcher.close();
});

test("instances on one host ask for its addresses once, and no more when the last has gone (S-11)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const browser = watcher.browse(HTTP);
  const names = ["One", "Two", "Three"].map((name) => `${name}._http._tcp.local`);
  respond(
    peer,
    names.flatMap((name) => [ptr(name), srv({ name }), txt("", 4_500, name)]),
    [a()],
  );
  await sim.run(100);
  const questions = (): number => watcher.counters.links[0]?.questions ?? 0;
  expect(questions()).toBe(1 + 2 * names.length + 2);
  respond(peer, [ptr(names[0], 0)]);
  await sim.run(2_000);
  expect(questions()).toBe(1 + 2 * 2 + 2);
  expect(browser.services.map(({ addresses }) => addresses)).toEqual([["10.77.200.1"], ["10.77.200.1"]]);
  respond(peer, [ptr(names[1], 0), ptr(names[2], 0)]);
  await sim.run(2_000);
  expect(questions()).toBe(1);
  await watcher.close();
});

test("a packet that changes a thousand services leaves the program its turn in between (S-10)", async () => {
  const sim = new SimMdns();
  const host = sim.host("beta");
  let turn = 0;
  const clock: Clock = {
    now: () => host.clock.now(),
    at: (when, action) =>
      host.clock.at(when, () => {
        turn++;
        action();
      }),
  };
  const { random, host: state } = host;
  const network: Network = {
    clock,
    random,
    host: state,
    get links() {
      return host.links;
    },
    watch: (listener) => host.watch(listener),
    close: () => host.close(),
  };
  const watcher = new Mdns({ network });
  const peer = sim.lan.peer("peer", sim.segment);
  const browser = watcher.browse(HTTP);
  const count = 5 * LIMITS.reviews;
  for (let sent = 0; sent < count; sent += 10) {
    const names = Array.from({ length: 10 }, (_, index) => `x${sent + index}._http._tcp.local`);
    respond(
      peer,
      names.flatMap((name) => [ptr(name), srv({ name }), txt("", 4_500, name)]),
      [a()],
    );
    await sim.run(1);
  }
  await sim.run(2_000);
  const updates = new Map<number, number>();
  browser.on("update", () => updates.set(turn, (updates.get(turn) ?? 0) + 1));
  respond(peer, [a("10.77.200.9")]);
  await sim.run(500);
  expect([...updates.values()]).toEqual(Array(5).fill(LIMITS.reviews));
  await watcher.close();
});

test("two browsers of one type ask once", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  watcher.browse(HTTP);
  watcher.browse(HTTP);
  await sim.run(500);
  expect(sim.packets()).toHaveLength(1);
  await watcher.close();
});

test("a thousand browsers opened and closed leave nothing behind (N-10)", async () => {
  const sim = new SimMdns();
  const [publisher, watcher] = [sim.mdns("alpha"), sim.mdns("beta")];
  await sim.publish(publisher);
  await sim.run(5_000);
  const counts = () => ({
    open: watcher.counters.open,
    questions: watcher.counters.links[0]?.questions,
    services: watcher.services.length,
    timers: sim.lan.clock.pending,
  });
  const first = watcher.browse(HTTP);
  await sim.run(5_000);
  first.close();
  const before = counts();
  for (let cycle = 0; cycle < 1_000; cycle++) {
    const browser = watcher.browse(HTTP);
    if (cycle % 3 === 0) await sim.run(cycle % 200);
    browser.close();
  }
  await sim.run(5_000);
  expect(counts()).toEqual(before);
  await Promise.all([publisher.close(), watcher.close()]);
});
