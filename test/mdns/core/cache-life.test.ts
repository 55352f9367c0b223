import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { CoreOnLink, times } from "./core-on-link.ts";
import { a, aaaa, brief, ptr, question, srv, txt } from "./records.ts";

const BROWSE = question("_http._tcp.local", TYPE.PTR);
const ONE = ptr(BROWSE.name, "One._http._tcp.local");
const TWO = ptr(BROWSE.name, "Two._http._tcp.local");
const [one, two] = [brief(ONE), brief(TWO)];

function holding(...records: readonly ResourceRecord[]): CoreOnLink {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  link.run(200).respond(records);
  return link.clear();
}

function known(link: CoreOnLink): string[] {
  return link.core.known(BROWSE, link.now).map(({ record }) => brief(record));
}

describe("a record's life (RFC 6762 §5.2, §10)", () => {
  test.each([1, 3, 5, 60])("ends %i s after it was heard, no sooner, no later (C-01, C-12)", (ttl) => {
    const link = holding({ ...ONE, ttl }).run(ttl * 1_000 - 1);
    expect(link.events).toEqual([]);
    expect(known(link)).toEqual([one]);
    expect(link.run(1).events).toEqual([`${ttl * 1_000} removed ${one}`]);
    expect(known(link)).toEqual([]);
  });

  test("may be as long as 32 bits say (C-12)", () => {
    const link = holding({ ...ONE, ttl: 0xffffffff }, { ...TWO, ttl: 0x7fffffff }).run(30 * 24 * 3_600_000);
    expect(link.events).toEqual([]);
    expect(known(link)).toEqual([one, two]);
  });

  test("starts anew with each repeat, without an event (C-13)", () => {
    const link = holding({ ...ONE, ttl: 10 });
    for (let repeat = 0; repeat < 5; repeat++) link.run(8_000).respond({ ...ONE, ttl: 10 });
    expect(link.events).toEqual([]);
    expect(link.run(10_000).events).toEqual([`50000 removed ${one}`]);
  });

  test("is shortened by a repeat with a lower TTL (C-12, C-13)", () => {
    const link = holding(ONE)
      .run(1_000)
      .respond({ ...ONE, ttl: 2 })
      .run(2_000);
    expect(link.events).toEqual([`3000 removed ${one}`]);
  });

  test("ends once, and a record heard again later is new (C-01)", () => {
    const link = holding({ ...ONE, ttl: 2 })
      .run(5_000)
      .respond({ ...ONE, ttl: 2 })
      .run(5_000);
    expect(link.events).toEqual([`2000 removed ${one}`, `5000 added ${one}`, `7000 removed ${one}`]);
  });
});

describe("a goodbye (RFC 6762 §10.1)", () => {
  test("leaves the record one second more (C-02)", () => {
    const link = holding(ONE)
      .respond({ ...ONE, ttl: 0 })
      .run(999);
    expect(link.events).toEqual([]);
    expect(link.run(1).events).toEqual([`1000 removed ${one}`]);
  });

  test("is taken back by an answer within that second (C-03)", () => {
    const link = holding(ONE)
      .respond({ ...ONE, ttl: 0 })
      .run(500)
      .respond(ONE)
      .run(60_000);
    expect(link.events).toEqual([]);
    expect(known(link)).toEqual([one]);
  });

  test("said twice does not make the second longer (C-02)", () => {
    const link = holding(ONE)
      .respond({ ...ONE, ttl: 0 })
      .run(600)
      .respond({ ...ONE, ttl: 0 })
      .run(5_000);
    expect(link.events).toEqual([`1000 removed ${one}`]);
  });

  test("does not make a shorter life longer (C-02, C-12)", () => {
    const link = holding({ ...ONE, ttl: 1 })
      .run(700)
      .respond({ ...ONE, ttl: 0 })
      .run(5_000);
    expect(link.events).toEqual([`1000 removed ${one}`]);
  });

  test("for what is not known does nothing (C-04)", () => {
    const link = holding(ONE)
      .respond({ ...TWO, ttl: 0 })
      .run(5_000);
    expect(link.events).toEqual([]);
    expect(known(link)).toEqual([one]);
  });

  test("takes the one record it names, even with the flush bit (C-05)", () => {
    const link = holding(ONE, TWO)
      .run(5_000)
      .clear()
      .respond({ ...TWO, ttl: 0, flush: true })
      .run(5_000);
    expect(link.events).toEqual([`1000 removed ${two}`]);
    expect(known(link)).toEqual([one]);
  });

  test("sends no query (C-02, P-30)", () => {
    const link = holding(ONE)
      .run(40_000)
      .clear()
      .respond({ ...ONE, ttl: 0 })
      .run(1_500);
    expect(times(link.queries)).toEqual([]);
  });
});

describe("the cache-flush bit (RFC 6762 §10.2)", () => {
  const ASKED = question("peer.local", TYPE.A);
  const OLD = a("peer.local", "10.77.0.2", { flush: true });
  const NEW = a("peer.local", "10.77.0.3", { flush: true });

  function resolving(...records: readonly ResourceRecord[]): CoreOnLink {
    const link = new CoreOnLink().run(60_000);
    link.ask(ASKED);
    link.ask(question("peer.local", TYPE.AAAA));
    link.ask(question("peer.local", TYPE.TXT));
    link.run(200).respond(records);
    return link.clear();
  }

  function addresses(link: CoreOnLink): string[] {
    return link.core.known(ASKED, link.now).map(({ record }) => brief(record));
  }

  test("ends older records of the set a second later, and not before (C-06, C-08)", () => {
    const link = resolving(OLD).run(5_000).respond(NEW);
    expect(addresses(link)).toEqual([brief(OLD), brief(NEW)]);
    expect(addresses(link.run(999))).toEqual([brief(OLD), brief(NEW)]);
    expect(addresses(link.run(1))).toEqual([brief(NEW)]);
    expect(link.told.filter(({ change }) => change === "added" || change === "removed")).toEqual([
      expect.objectContaining({ at: 5_000, change: "added", record: brief(NEW) }),
      expect.objectContaining({ at: 6_000, change: "removed", record: brief(OLD) }),
    ]);
  });

  test("tells at once that the old one is outdated, so that a change is no loss (C-08, M-06)", () => {
    const link = resolving(OLD).run(5_000).respond(NEW);
    expect(link.events.sort()).toEqual([`5000 added ${brief(NEW)}`, `5000 outdated ${brief(OLD)}`]);
  });

  test.each([
    [999, true],
    [1_000, true],
    [1_001, false],
  ])("spares what was heard %i ms before: %s (C-07)", (age, spared) => {
    const link = resolving(OLD).run(age).respond(NEW).run(2_000);
    expect(addresses(link)).toEqual(spared ? [brief(OLD), brief(NEW)] : [brief(NEW)]);
  });

  test("spares a set that comes in several packets (C-07)", () => {
    const link = resolving(a("peer.local", "10.77.0.9", { flush: true })).run(5_000);
    link.respond(OLD).run(100).respond(NEW).run(5_000);
    expect(addresses(link)).toEqual([brief(OLD), brief(NEW)]);
  });

  test("spares what is in the same burst (C-06)", () => {
    const link = resolving(OLD).run(5_000).respond([NEW, OLD]).run(5_000);
    expect(addresses(link)).toEqual([brief(OLD), brief(NEW)]);
    expect(link.told.map(({ change }) => change)).toEqual(["added"]);
  });

  test("an outdated record heard again within the second stays (C-06, C-08)", () => {
    const link = resolving(OLD)
      .run(5_000)
      .respond(NEW)
      .run(500)
      .respond({ ...OLD, flush: false })
      .run(5_000);
    expect(addresses(link)).toEqual([brief(OLD), brief(NEW)]);
    expect(link.told.map(({ change }) => change)).not.toContain("removed");
    expect(link.told.map(({ change }) => change)).toContain("renewed");
  });

  test("stays within the type and the class (C-09)", () => {
    const others = [aaaa("peer.local", "fe80::2", { flush: true }), txt("peer.local", ["x"], { flush: true })];
    const link = resolving(OLD, ...others)
      .run(5_000)
      .respond(NEW)
      .run(5_000);
    expect(link.told.filter(({ change }) => change === "removed").map(({ record }) => record)).toEqual([brief(OLD)]);
    link.respond(a("peer.local", "10.77.0.4", { flush: true, class: 3 })).run(5_000);
    expect(addresses(link)).toEqual([brief(NEW)]);
  });

  test("stays within the name (C-06)", () => {
    const link = resolving(OLD)
      .run(5_000)
      .respond(a("peer2.local", "10.77.0.4", { flush: true }))
      .run(5_000);
    expect(link.events).toEqual([]);
  });

  test("whatever was heard before, exactly what is older than a second goes (C-06, C-07)", () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 700 }), host: fc.nat({ max: 4 }), flush: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const link = resolving();
        const heard = new Map<string, number>();
        const ending = new Map<string, number>();
        for (const { wait, host, flush } of steps) {
          const record = a("peer.local", `10.77.0.${10 + host}`, { flush });
          link.run(wait).respond(record);
          for (const [other, end] of ending) if (end <= link.now && heard.delete(other)) ending.delete(other);
          heard.set(brief(record), link.now);
          ending.delete(brief(record));
          if (!flush) continue;
          for (const [other, at] of heard) {
            if (link.now - at > 1_000 && !ending.has(other)) ending.set(other, link.now + 1_000);
          }
        }
        expect(addresses(link).sort()).toEqual([...heard.keys()].sort());
      }),
    );
  });

  test("without it nothing is flushed (C-06)", () => {
    const link = resolving(OLD)
      .run(5_000)
      .respond({ ...NEW, flush: false })
      .run(5_000);
    expect(addresses(link)).toEqual([brief(OLD), brief(NEW)]);
  });
});

describe("records that came along unasked (RFC 6762 §18.1)", () => {
  test("answer later questions at once, without a query until their time (C-11, B-08)", () => {
    const link = new CoreOnLink().run(60_000);
    link.ask(BROWSE);
    const extras = [
      srv("One._http._tcp.local", "peer.local", 80, { flush: true }),
      a("peer.local", "10.77.0.2", { flush: true }),
    ];
    link.run(200).respond(ONE, { additionals: extras }).run(10_000).clear();
    link.ask(question("One._http._tcp.local", TYPE.SRV));
    link.ask(question("peer.local", TYPE.A));
    expect(link.events).toEqual(extras.map((record) => `0 added ${brief(record)}`));
    const asked = link
      .run(4_000)
      .queries.flatMap(({ message }) => message.questions.map(({ name }) => name.toString()));
    expect(asked.filter((name) => name !== "_http._tcp.local")).toEqual([]);
  });
});

test("a link that is gone takes its records along, each reported removed (RFC 6762 §10.3; C-16, L-25)", () => {
  const link = holding(ONE, TWO).forget();
  expect(link.events.sort()).toEqual([`0 removed ${one}`, `0 removed ${two}`]);
  expect(known(link)).toEqual([]);
  expect(link.run(10_000).told).toHaveLength(2);
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
