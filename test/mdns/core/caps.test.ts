import { describe, expect, test } from "vitest";
import { Core } from "../../../src/mdns/core/core.ts";
import { distinctQuestions } from "../../../src/mdns/core/distinct-questions.ts";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { TruncatedQueries } from "../../../src/mdns/core/truncated-queries.ts";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { PTR, printerOnLink, SERVICE_TYPE } from "./printer.ts";
import { a, aaaa, brief, cname, opaque, ptr, qu, question, srv } from "./records.ts";

const EMPTY = decodeMessage(encodeMessage({}));
const BROWSE = question("_http._tcp.local", TYPE.PTR);

function instances(from: number, count: number): ReturnType<typeof ptr>[] {
  return Array.from({ length: count }, (_, index) => ptr(BROWSE.name, `I${from + index}._http._tcp.local`));
}

describe("the cache has a cap (RFC 6762 §21)", () => {
  test("a flood of records for a question of ours does not exceed it (C-22, S-11, H-19)", () => {
    const link = new CoreOnLink().run(60_000);
    link.ask(BROWSE);
    for (let sent = 0; sent < 20_000; sent += 100) link.respond(instances(sent, 100), {}, { peer: 66 });
    expect(link.core.counters.cache.records).toBeLessThanOrEqual(LIMITS.cacheRecords);
    expect(link.core.counters.cache.records).toBeGreaterThan(LIMITS.cacheRecords / 2);
    expect(link.core.counters.cache.refused + link.core.counters.cache.evicted).toBeGreaterThanOrEqual(
      20_000 - LIMITS.cacheRecords,
    );
  });

  test("what others gave before the flood is kept, and new ones still get in (C-22)", () => {
    const link = new CoreOnLink().run(60_000);
    link.ask(BROWSE);
    link.ask(question("peer.local", TYPE.A));
    const honest = instances(1_000_000, 20);
    for (const [index, record] of honest.entries()) link.respond(record, {}, { peer: 10 + index });
    link.respond(a("peer.local", "10.77.0.2", { flush: true }), {}, { peer: 2 });
    for (let sent = 0; sent < 20_000; sent += 100) link.respond(instances(sent, 100), {}, { peer: 66 });
    link.clear();
    const late = ptr(BROWSE.name, "Late._http._tcp.local");
    link.respond(late, {}, { peer: 40 });
    expect(link.events).toContain(`0 added ${brief(late)}`);
    const known = new Set(link.core.known(BROWSE, link.now).map(({ record }) => brief(record)));
    for (const record of honest) expect(known).toContain(brief(record));
    expect(link.core.known(question("peer.local", TYPE.A), link.now)).toHaveLength(1);
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
        const address = `10.77.${sources >> 8}.${sources & 255}`;
        link.respond(instances(sources, 1), {}, { address });
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
    expect(link.queries.flatMap(({ message }) => message.questions).filter(({ type }) => type === TYPE.SRV)).toEqual(
      [],
    );
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
});

describe("truncated queries that are being collected have caps (H-20, S-11)", () => {
  const asked = question(SERVICE_TYPE, TYPE.PTR);

  test("twenty thousand sources: no more than the cap are held, and an honest one is answered afterwards", () => {
    const link = printerOnLink();
    for (let source = 0; source < 20_000; source++) {
      const address = `10.${source >> 16}.${(source >> 8) & 255}.${source & 255}`;
      link.query(asked, { truncated: true, answers: instances(source, 1) }, { address });
    }
    expect(link.core.counters.responder.truncatedQueries).toBeLessThanOrEqual(LIMITS.truncatedSources);
    link.run(5_000).clear().query(asked).run(500);
    expect(link.responses.flatMap(({ message }) => message.answers.map(brief))).toEqual([brief(PTR)]);
  });

  test("a source that never stops sending packets with TC is answered in the end (H-20, A-21)", () => {
    const link = printerOnLink().query(asked, { truncated: true });
    for (let packet = 0; packet < 200; packet++)
      link.run(100).query([], { truncated: true, answers: instances(packet, 3) });
    link.run(2_000);
    expect(link.responses.flatMap(({ message }) => message.answers.map(brief))).toContain(brief(PTR));
    expect(link.responses[0]?.at).toBeLessThanOrEqual(10_000);
  });
});

describe("what a query repeats costs once (S-10, S-11)", () => {
  const asked = question(SERVICE_TYPE, TYPE.PTR);

  test("of one truncated query no more questions and known answers are kept than the caps say (S-11, H-20)", () => {
    const collected = new TruncatedQueries(() => true);
    const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
    const datagram = { bytes: new Uint8Array(), source, to: "group", onLink: true, fromThisHost: false } as const;
    const many = 3_000;
    for (let packet = 0; packet < 8; packet++) {
      const questions = Array.from({ length: many }, (_, index) => question(`q${packet}-${index}.local`, TYPE.A));
      const answers = instances(packet * many, many);
      const message = { ...EMPTY, truncated: true, questions, answers };
      collected.collect(message, datagram, 0, { asksUs: true, random: 0.5 });
    }
    const query = collected.takeDue(10_000);
    expect(query?.questions.length).toBe(LIMITS.truncatedQuestions);
    expect(query?.known.size).toBe(LIMITS.truncatedKnownAnswers);
  });

  test("of the known answers only those of ours are kept (S-11)", () => {
    const collected = new TruncatedQueries((record) => record === PTR);
    const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
    const datagram = { bytes: new Uint8Array(), source, to: "group", onLink: true, fromThisHost: false } as const;
    const message = { ...EMPTY, truncated: true, questions: [asked], answers: [...instances(0, 500), PTR] };
    collected.collect(message, datagram, 0, { asksUs: true, random: 0.5 });
    expect(collected.takeDue(10_000)?.known.size).toBe(1);
  });

  test("a question of ours a thousand times in a packet is looked at once (S-10)", () => {
    const link = printerOnLink({ tracing: true });
    const bytes = encodeMessage({ questions: Array.from({ length: 1_000 }, () => asked), answers: [PTR] });
    const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
    link.core.receive({ bytes, source, to: "group", onLink: true, fromThisHost: false }, link.now);
    expect(link.core.takeOutputs().filter(({ kind }) => kind === "trace")).toHaveLength(1);
  });

  test("equal questions are one, letter case aside; the QU bit tells them apart (S-10)", () => {
    const repeated = Array.from({ length: 1_000 }, () => [question("A.local", TYPE.A), question("a.local", TYPE.A)]);
    expect(distinctQuestions([...repeated.flat(), qu("a.local", TYPE.A), question("a.local", TYPE.AAAA)])).toHaveLength(
      3,
    );
  });
});

describe("nothing else grows with what others send (H-18, S-11)", () => {
  test("questions and legacy questions from thirty thousand addresses leave nothing to do", () => {
    const link = printerOnLink();
    for (let source = 0; source < 30_000; source++) {
      const address = `10.${source >> 16}.${(source >> 8) & 255}.${source & 255}`;
      link.query(question("nobody.local", TYPE.A), {}, { address, port: 1_024 + (source % 60_000) });
      if (source % 10 === 0)
        link.query(question("host.local", TYPE.A), {}, { address, port: 1_024 + (source % 60_000) });
    }
    link.run(10_000);
    expect(link.core.deadline).toBeUndefined();
  });

  test("data that changes all the time gives consistent events and an even end (H-13)", () => {
    const random = seeded("changing data");
    const link = new CoreOnLink({ random }).run(60_000);
    link.ask(question("peer.local", TYPE.ANY));
    link.run(200).clear();
    for (let turn = 0; turn < 60; turn++) {
      const kind = turn % 3;
      const flush = random() < 0.7;
      const ttl = random() < 0.2 ? 0 : 4;
      if (kind === 0) link.respond(a("peer.local", `10.77.0.${turn % 5}`, { flush, ttl }));
      if (kind === 1) link.respond(aaaa("peer.local", `fe80::${turn % 4}`, { flush, ttl }));
      if (kind === 2) link.respond(ptr("peer.local", `t${turn % 3}.local`, { flush, ttl }));
      link.run(500 + random() * 2_500);
    }
    link.run(60_000);
    const states = new Map<string, string>();
    for (const { change, record } of link.told) {
      const before = states.get(record) ?? "removed";
      const legal = {
        added: ["removed"],
        outdated: ["added", "renewed"],
        renewed: ["outdated"],
        removed: ["added", "outdated", "renewed"],
        absent: [],
      };
      expect(`${record}: ${before} → ${change} ${(legal[change] as string[]).includes(before)}`).toBe(
        `${record}: ${before} → ${change} true`,
      );
      states.set(record, change);
    }
    expect([...states.values()].filter((state) => state !== "removed")).toEqual([]);
    expect(link.told.length).toBeGreaterThan(50);
  });
});
