import { expect, test } from "vitest";
import { Core } from "../../../src/mdns/core/core.ts";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, type PeerOptions } from "./core-on-link.ts";
import { printerOnLink, SERVICE_TYPE } from "./printer.ts";
import { a, brief, cname, opaque, ptr, question, srv } from "./records.ts";

const BROWSE = question("_http._tcp.local", TYPE.PTR);

function instances(from: number, count: number): ReturnType<typeof ptr>[] {
  return Array.from({ length: count }, (_, index) => ptr(BROWSE.name, `I${from + index}._http._tcp.local`));
}

/** One of as many as there may be. */
function host(index: number): PeerOptions {
  return { address: `10.77.${index >> 8}.${index & 255}` };
}

test("the cache holds at most its cap, and a flood from one source costs nobody else a record (C-22, H-19, S-11)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  link.ask(question("peer.local", TYPE.A));
  const honest = instances(1_000_000, 20);
  for (const [index, record] of honest.entries()) link.respond(record, {}, { peer: 10 + index });
  link.respond(a("peer.local", "10.77.0.2", { flush: true }), {}, { peer: 2 });
  for (let sent = 0; sent < 20_000; sent += 100) link.respond(instances(sent, 100), {}, { peer: 66 });
  const refused = 20_000 + 21 - LIMITS.cacheRecords;
  expect(link.clear().core.counters.cache).toEqual({ records: LIMITS.cacheRecords, refused, evicted: 0 });
  const late = ptr(BROWSE.name, "Late._http._tcp.local");
  link.respond(late, {}, { peer: 40 });
  expect(link.events).toContain(`0 added ${brief(late)}`);
  const known = new Set(link.core.known(BROWSE, link.now).map(({ record }) => brief(record)));
  for (const record of honest) expect(known).toContain(brief(record));
  expect(link.core.known(question("peer.local", TYPE.A), link.now)).toHaveLength(1);
  expect(link.core.counters.cache.records).toBe(LIMITS.cacheRecords);
});

test("a flood from as many sources as the cache has places shuts out neither a known host nor a new one (C-22, S-11)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  const services = (label: string): ReturnType<typeof ptr>[] =>
    Array.from({ length: 8 }, (_, index) => ptr(BROWSE.name, `${label} ${index}._http._tcp.local`));
  link.respond(services("early"), {}, host(60_000)).run(1);
  for (let sent = 0; sent < LIMITS.cacheRecords; sent++) link.respond(instances(sent, 1), {}, host(sent));
  link.run(1);
  for (const [label, index] of [
    ["late", 60_000],
    ["new", 60_001],
  ] as const) {
    link.respond(services(label), {}, host(index));
    const known = new Set(link.core.known(BROWSE, link.now).map(({ record }) => brief(record)));
    for (const record of services(label)) expect(known).toContain(brief(record));
  }
  expect(link.core.counters.cache.records).toBe(LIMITS.cacheRecords);
});

test("in a full cache a source may have `shareSlack` more than any other, and no more (C-22, S-11)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  for (let sent = 0; sent < LIMITS.cacheRecords; sent++) link.respond(instances(sent, 1), {}, host(sent));
  const most = 1 + LIMITS.shareSlack;
  for (let sent = 0; sent < most + 10; sent++) link.respond(instances(1_000_000 + sent, 1), {}, host(60_000));
  expect(link.core.counters.cache).toEqual({ records: LIMITS.cacheRecords, evicted: most, refused: 10 });
});

test("records nobody asks for any more go before those somebody does (C-22)", () => {
  const link = new CoreOnLink().run(60_000);
  const idle = question("_old._tcp.local", TYPE.PTR);
  const old = link.ask(idle);
  link.ask(BROWSE);
  const wanted = instances(0, 50);
  link.respond(wanted, {}, { peer: 66 });
  for (let sent = 0; sent < LIMITS.cacheRecords - 50; sent += 50) {
    const others = Array.from({ length: 50 }, (_, index) => ptr(idle.name, `O${sent + index}._old._tcp.local`));
    link.respond(others, {}, { peer: 67 + ((sent / 50) % 150) });
  }
  link.stop(old).run(1).clear();
  for (let sent = 50; sent < 1_050; sent += 50) link.respond(instances(sent, 50), {}, { peer: 66 });
  expect(link.core.counters.cache.evicted).toBe(1_000);
  expect(link.core.known(BROWSE, link.now)).toHaveLength(1_050);
  expect(link.told.filter(({ change }) => change === "removed")).toEqual([]);
});

test("also when the packet has the oldest of them again (C-22)", () => {
  const link = new CoreOnLink({ cacheRecords: 10 }).run(60_000);
  link.ask(BROWSE);
  const additionals = Array.from({ length: 5 }, (_, index) => srv(`I${index}.${BROWSE.name}`, "peer.local", index));
  link.respond(instances(0, 5), { additionals }).run(2_000);
  link.respond([...additionals.slice(0, 1), ...instances(5, 1)]);
  expect(link.core.counters.cache).toEqual({ records: 10, refused: 0, evicted: 1 });
  expect(link.core.known(BROWSE, link.now)).toHaveLength(6);
});

test("a record that takes the place of the last one of its set is found (C-22)", () => {
  const link = new CoreOnLink().run(60_000);
  const once = question("peer.local", TYPE.A);
  const ask = link.ask(once);
  link.respond(a("peer.local", "10.77.0.2", { flush: true })).stop(ask);
  link.ask(BROWSE);
  const others = LIMITS.cacheRecords - 1;
  for (let sent = 0; sent < others; sent++) link.respond(instances(sent, 1), {}, { peer: 2 + (sent % 200) });
  const moved = a("peer.local", "10.77.0.3", { flush: true });
  link.run(1).respond(moved);
  expect(link.core.counters.cache).toEqual({ records: LIMITS.cacheRecords, refused: 0, evicted: 1 });
  expect(link.core.known(once, link.now).map(({ record }) => brief(record))).toEqual([brief(moved)]);
});

test("a record that takes the place of the alias that led to it is one that nobody asks for (C-22, Q-36)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(question("alias.local", TYPE.A));
  link.ask(BROWSE);
  link.respond(cname("alias.local", "peer.local", { flush: true }), {}, { peer: 9 });
  link.respond(instances(0, 50), {}, { peer: 9 });
  for (let sent = 51; sent < LIMITS.cacheRecords; sent++)
    link.respond(instances(sent, 1), {}, { peer: 10 + (sent % 240) });
  link.respond(a("peer.local", "10.77.0.3", { flush: true }), {}, { peer: 3 });
  expect(link.core.counters.cache.evicted).toBe(1);
  link.run(2_000).clear().run(121_000);
  const asked = link.queries.flatMap(({ message }) => message.questions.map(({ name }) => name.toString()));
  expect(asked).not.toContain("peer.local");
});

test("of one name records of a bounded number of types are kept (C-22, S-11)", () => {
  const link = new CoreOnLink().run(60_000);
  const any = question("peer.local", TYPE.ANY);
  link.ask(any);
  for (let type = 1_000; type < 1_000 + LIMITS.setsPerName + 10; type++) {
    link.respond([opaque("peer.local", type, [1]), opaque("peer.local", type, [2])]);
  }
  expect(link.core.counters.cache).toEqual({ records: 2 * LIMITS.setsPerName, refused: 20, evicted: 0 });
  link.respond(opaque("peer.local", 1_000, [3]));
  expect(link.core.known(any, link.now)).toHaveLength(2 * LIMITS.setsPerName + 1);
  link.run(60_000 + 4_500_000).respond(opaque("peer.local", 2_000, [1]));
  expect(link.core.known(any, link.now)).toHaveLength(1);
});

test("of one name and type that nobody browses a bounded number is kept, at the cost of who has most (C-22, S-11)", () => {
  const link = new CoreOnLink().run(60_000);
  const address = question("peer.local", TYPE.A);
  link.ask(address);
  const honest = a("peer.local", "10.77.0.2");
  link.respond(honest, {}, { peer: 2 });
  const forged = (count: number, from = 0): ReturnType<typeof a>[] =>
    Array.from({ length: count }, (_, index) =>
      a("peer.local", `10.78.${(from + index) >> 8}.${(from + index) & 255}`),
    );
  for (let sent = 0; sent < 1_000; sent += 100) link.respond(forged(100, sent), {}, { peer: 66 });
  const known = link.core.known(address, link.now).map(({ record }) => brief(record));
  expect(known).toHaveLength(LIMITS.recordsPerSet);
  expect(known).toContain(brief(honest));
  expect(known).toContain(brief(forged(1, 999)[0] as ReturnType<typeof a>));
  expect(link.core.counters.cache.evicted).toBe(1_001 - LIMITS.recordsPerSet);
  const last = a("peer.local", "10.77.0.3", { flush: true });
  link.run(2_000).respond(last, {}, { peer: 2 });
  link.run(2_000);
  expect(link.core.known(address, link.now).map(({ record }) => brief(record))).toEqual([brief(last)]);
});

test("while no source has much, a full cache takes in few records a second, and what it hears again (C-22, S-11)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  let sources = 0;
  const flood = (count: number): void => {
    for (let sent = 0; sent < count; sent++, sources++) {
      link.respond(instances(sources, 1), {}, host(sources));
    }
  };
  const holds = (record: ReturnType<typeof ptr>): boolean =>
    link.core.known(BROWSE, link.now).some((known) => brief(known.record) === brief(record));
  flood(LIMITS.cacheRecords);
  expect(link.core.counters.cache).toEqual({ records: LIMITS.cacheRecords, refused: 0, evicted: 0 });
  flood(5_000);
  expect(link.core.counters.cache.evicted).toBe(LIMITS.newcomers);
  const twice = ptr(BROWSE.name, "Twice._http._tcp.local");
  link.respond(twice, {}, { peer: 3 });
  expect(holds(twice)).toBe(false);
  flood(5_000);
  link.respond(twice, {}, { peer: 3 });
  expect(holds(twice)).toBe(true);
  const later = ptr(BROWSE.name, "Later._http._tcp.local");
  link.run(1_000).respond(later, {}, { peer: 3 });
  expect(holds(later)).toBe(true);
  expect(link.core.counters.cache.records).toBe(LIMITS.cacheRecords);
});

test("a service gets into a full cache whole, so that nothing of it has to be asked for (C-22)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  for (let sent = 0; sent < LIMITS.cacheRecords; sent += 100) link.respond(instances(sent, 100), {}, { peer: 66 });
  const service = [
    ptr(BROWSE.name, "New._http._tcp.local"),
    srv("New._http._tcp.local", "new.local", 80, { flush: true }),
  ];
  link.run(1).respond(service, {}, { peer: 3 }).clear();
  link.ask(question("New._http._tcp.local", TYPE.SRV));
  link.run(1_000);
  expect(link.queries.flatMap(({ message }) => message.questions).filter(({ type }) => type === TYPE.SRV)).toEqual([]);
});

test("a smaller cap is kept as well (C-22, S-11)", () => {
  const link = new CoreOnLink({ cacheRecords: 100 }).run(60_000);
  link.ask(BROWSE);
  link.respond(instances(0, 150));
  expect(link.core.counters.cache).toEqual({ records: 100, refused: 50, evicted: 0 });
});

test("that it is full is told once, before a record is lost to anybody (C-22, S-11)", () => {
  const core = new Core({ families: ["ipv4"], random: () => 0.5, host: new HostState(), unicast: true }, 0);
  core.ask(BROWSE, 0);
  const source = { family: "ipv4", address: "10.77.0.66", port: 5353 } as const;
  const told: number[] = [];
  for (let sent = 0; sent < LIMITS.cacheRecords + 200; sent += 100) {
    const bytes = encodeMessage({ response: true, answers: instances(sent, 100) });
    core.receive({ bytes, source, to: "group", onLink: true, fromThisHost: false }, 0);
    for (const output of core.takeOutputs()) {
      if (output.kind !== "overflow") continue;
      expect(output).toEqual({ kind: "overflow", what: "cached records", limit: LIMITS.cacheRecords });
      told.push(sent);
    }
  }
  expect(told).toEqual([LIMITS.cacheRecords]);
  expect(core.counters.cache.refused).toBe(200);
});

test("of a type browsed once, nothing new is cached after the browse (C-11, C-22)", () => {
  const link = new CoreOnLink();
  const ask = link.ask(BROWSE);
  link.run(300).respond(instances(0, 1)).stop(ask);
  for (let host = 1; host <= 200; host++) link.run(1_000).respond(instances(host, 1));
  expect(link.core.counters.cache.records).toBe(1);
});

test("a host that only publishes holds none of its neighbours' records (C-22, C-11)", () => {
  const link = printerOnLink();
  for (let index = 0; index < 200; index++) {
    const name = `N${index}._ipp._tcp.local`;
    link.respond([ptr(SERVICE_TYPE, name), srv(name, `n${index}.local`, 80), a(`n${index}.local`, "10.77.1.1")]);
  }
  expect(link.core.counters.cache.records).toBe(0);
  link.ask(question(SERVICE_TYPE, TYPE.PTR));
  link.respond(ptr(SERVICE_TYPE, "Late._ipp._tcp.local"));
  expect(link.core.counters.cache.records).toBe(1);
});

test("a record evicted while wanted is reported removed: events and cache agree (C-22)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  for (let sent = 0; sent < 15_000; sent += 100) link.respond(instances(sent, 100), {}, { peer: 2 + (sent % 7) });
  const held = new Set<string>();
  for (const { change, record } of link.told) {
    if (change === "added") held.add(record);
    if (change === "removed") held.delete(record);
  }
  expect(held).toEqual(new Set(link.core.known(BROWSE, link.now).map(({ record }) => brief(record))));
});

test("twenty thousand repeats that change only the TTL leave one entry and one event (H-19, N-05)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  const one = instances(0, 1);
  for (let repeat = 0; repeat < 20_000; repeat++) {
    link.respond({ ...(one[0] as (typeof one)[0]), ttl: 1_000 + (repeat % 50) });
  }
  expect(link.core.counters.cache.records).toBe(1);
  expect(link.told).toHaveLength(1);
  expect(link.run(1_100_000).told.map(({ change }) => change)).toEqual(["added", "removed"]);
});
