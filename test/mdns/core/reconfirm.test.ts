import { describe, expect, test } from "vitest";
import { Cache } from "../../../src/mdns/core/cache.ts";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { NameInterest } from "../../../src/mdns/core/name-interest.ts";
import { REFRESH_AT } from "../../../src/mdns/core/timing.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, gaps, times } from "./core-on-link.ts";
import { a, brief, nsec, ptr, question, srv } from "./records.ts";

const ASKED = question("peer.local", TYPE.A);
const ADDRESS = a("peer.local", "10.77.0.2", { flush: true });
const BROWSE = question("_http._tcp.local", TYPE.PTR);
const ONE = ptr(BROWSE.name, "One._http._tcp.local");

function holding(): CoreOnLink {
  const link = new CoreOnLink().run(60_000);
  link.ask(ASKED);
  link.run(200).respond(ADDRESS).run(20_000);
  return link.clear();
}

describe("a record reported stale (RFC 6762 §10.4)", () => {
  test("is asked for at once and again a second or more later (Q-37, C-17)", () => {
    const link = holding().reconfirm(ADDRESS).run(9_999);
    expect(times(link.queries)[0]).toBe(0);
    expect(link.queries.length).toBeGreaterThanOrEqual(2);
    for (const gap of gaps(link.queries)) expect(gap).toBeGreaterThanOrEqual(1_000);
    for (const { message } of link.queries) {
      expect(message.questions.map(({ name, type }) => `${name} ${type}`)).toEqual(["peer.local 1"]);
      expect(message.answers).toEqual([]);
    }
  });

  test("unanswered for ten seconds is dropped whatever its TTL (Q-38)", () => {
    const link = holding().reconfirm(ADDRESS).run(9_999);
    expect(link.events).toEqual([]);
    expect(link.run(1).events).toEqual([`10000 removed ${brief(ADDRESS)}`]);
  });

  test("answered, at any time in these ten seconds, is kept with its full life (Q-38)", () => {
    for (const wait of [10, 5_000, 9_900]) {
      const link = holding().reconfirm(ADDRESS).run(wait).respond(ADDRESS).run(90_000);
      expect(link.events).toEqual([]);
    }
  });

  test("a question of other hosts in the meantime does not count as an answer (Q-38)", () => {
    const link = holding()
      .reconfirm(ADDRESS)
      .run(500)
      .query(ASKED, { answers: [ADDRESS] })
      .run(9_500);
    expect(link.events).toEqual([`10000 removed ${brief(ADDRESS)}`]);
  });

  test("reported again and again is asked for no more often (Q-37)", () => {
    const link = holding();
    for (let report = 0; report < 90; report++) link.reconfirm(ADDRESS).run(100);
    expect(link.queries.length).toBeLessThanOrEqual(9);
    expect(link.run(5_000).events).toEqual([`10000 removed ${brief(ADDRESS)}`]);
  });

  test("that is not known does nothing (Q-37)", () => {
    const link = holding()
      .reconfirm(srv("Else._http._tcp.local", "peer.local", 1))
      .run(20_000);
    expect(link.transcript).toEqual([]);
    expect(link.events).toEqual([]);
  });

  test("with little of its life left goes when that ends (Q-38, C-01)", () => {
    const link = holding().run(94_000).clear().reconfirm(ADDRESS).run(20_000);
    const removed = link.told.filter(({ change }) => change === "removed");
    expect(removed).toHaveLength(1);
    expect(removed[0]?.at).toBeLessThanOrEqual(6_000);
  });
});

describe("passive observation of failures (RFC 6762 §10.5)", () => {
  /** A browser that has long gone back to a question an hour. */
  function watching(): CoreOnLink {
    const link = new CoreOnLink().run(60_000);
    link.ask(BROWSE);
    link
      .run(200)
      .respond({ ...ONE, ttl: 400_000 })
      .run(2 * 3_600_000 - 1_500_000);
    return link.clear();
  }

  test("asked for twice by others and not answered, a record goes about ten seconds later (C-18)", () => {
    const link = watching().query(BROWSE).run(1_000).query(BROWSE).run(30_000);
    expect(link.told).toHaveLength(1);
    expect(link.told[0]?.change).toBe("removed");
    expect(link.told[0]?.at).toBeGreaterThanOrEqual(10_000);
    expect(link.told[0]?.at).toBeLessThanOrEqual(11_000);
  });

  test("by two hosts as well (C-18)", () => {
    const link = watching().query(BROWSE, {}, { peer: 2 }).run(2_000).query(BROWSE, {}, { peer: 3 }).run(30_000);
    expect(link.told.map(({ change }) => change)).toEqual(["removed"]);
  });

  test("no query is sent for it (C-19)", () => {
    const link = watching().query(BROWSE).run(1_000).query(BROWSE).run(30_000);
    expect(link.transcript).toEqual([]);
  });

  test.each([100, 1_100, 8_000])("answered %i ms after the first question it is kept (C-18)", (wait) => {
    const link = watching();
    for (const [at, act] of [
      [0, () => link.query(BROWSE)],
      [1_000, () => link.query(BROWSE)],
      [wait, () => link.respond({ ...ONE, ttl: 400_000 })],
    ].sort((x, y) => (x[0] as number) - (y[0] as number)) as [number, () => void][]) {
      link.run(at - (link.now - start(link)));
      act();
    }
    expect(link.run(60_000).events).toEqual([]);
  });

  const starts = new WeakMap<CoreOnLink, number>();
  function start(link: CoreOnLink): number {
    const known = starts.get(link) ?? link.now;
    starts.set(link, known);
    return known;
  }

  test.each([
    ["one question alone", (link: CoreOnLink) => link.query(BROWSE)],
    ["QU questions", (link: CoreOnLink) => twice(link, { ...BROWSE, unicast: true })],
    ["legacy questions", (link: CoreOnLink) => twice(link, BROWSE, { port: 40_000 })],
    ["questions that list it as known", (link: CoreOnLink) => twice(link, BROWSE, {}, [ONE])],
    ["questions about something else", (link: CoreOnLink) => twice(link, question("_ipp._tcp.local", TYPE.PTR))],
  ])("%s are no evidence (C-20)", (_case, ask) => {
    expect(ask(watching()).run(60_000).events).toEqual([]);
  });

  function twice(link: CoreOnLink, asked: typeof BROWSE, options = {}, answers: (typeof ONE)[] = []): CoreOnLink {
    return link.query(asked, { answers }, options).run(1_000).query(asked, { answers }, options);
  }

  test("truncated questions whose follow-ups list the record are no evidence (RFC 6762 §7.2; C-18, C-20)", () => {
    const link = watching();
    for (let round = 0; round < 2; round++) {
      link.query(BROWSE, { truncated: true, answers: [ptr(BROWSE.name, "Other._http._tcp.local")] });
      link.query([], { answers: [ONE] }).run(4_000);
    }
    expect(link.run(60_000).events).toEqual([]);
  });

  test("our own records are not judged so (C-18, A-01)", () => {
    const link = new CoreOnLink().settled([{ record: ONE, ownership: "shared" }]);
    link.ask(BROWSE);
    link
      .run(5_000)
      .clear()
      .query(BROWSE, { truncated: true })
      .run(1_000)
      .query(BROWSE, { truncated: true })
      .run(60_000);
    expect(link.told.map(({ change }) => change)).not.toContain("removed");
  });
});

describe("a recheck is for us to make", () => {
  test("another host's question a minute before does not stand in for it (Q-37, Q-13)", () => {
    const link = new CoreOnLink();
    link.ask(BROWSE);
    link.run(3_000_000).respond(ONE).run(2_000);
    link
      .query(BROWSE, { answers: [ONE] })
      .run(60_000)
      .clear();
    link.reconfirm(ONE).run(9_900);
    expect(link.queries.length).toBeGreaterThanOrEqual(2);
  });
});

describe("who asks in vain must have been heard by the owner (RFC 6762 §10.5)", () => {
  const heardOverIpv4 = (): CoreOnLink => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] });
    link.ask(BROWSE);
    return link.run(40_000).respond(ONE).run(30_000).clear();
  };

  test.each([
    ["over IPv6 about what was heard over IPv4: kept", "ipv6", false],
    ["over IPv4: dropped", "ipv4", true],
  ] as const)("two questions %s (C-18)", (_case, family, dropped) => {
    const link = heardOverIpv4().query(BROWSE, {}, { family }).run(1_000).query(BROWSE, {}, { family });
    link.run(12_000);
    expect(link.told.map(({ change }) => change)).toEqual(dropped ? ["removed"] : []);
  });

  test.each([
    [499, []],
    [500, ["removed"]],
  ])("one asked over IPv4 and %i ms later over IPv6 (C-18)", (gap, changes) => {
    const link = heardOverIpv4();
    link.respond(ONE, {}, { family: "ipv6" }).run(30_000).clear();
    link.query(BROWSE).run(gap).query(BROWSE, {}, { family: "ipv6" }).run(12_000);
    expect(link.told.map(({ change }) => change)).toEqual(changes);
  });

  test("questions of a series count when half a second or more lies between them, not before (C-18)", () => {
    for (const [gap, changes] of [
      [499, []],
      [500, ["removed"]],
    ] as const) {
      const link = new CoreOnLink();
      link.ask(BROWSE);
      link.run(40_000).respond(ONE).run(30_000).clear();
      link.query(BROWSE).run(gap).query(BROWSE).run(12_000);
      expect(link.told.map(({ change }) => change)).toEqual(changes);
    }
  });

  test("a thousand questions within half a second cost what one costs (C-18, S-10)", () => {
    let looked = 0;
    class Counting extends Map<string, number> {
      override has(key: string): boolean {
        looked++;
        return super.has(key);
      }
    }
    const cache = new Cache(new NameInterest(), LIMITS.cacheRecords, {
      wants: () => true,
      changed() {},
      confirmed() {},
      refresh() {},
      full() {},
    });
    const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
    for (let index = 0; index < 200; index++) {
      cache.hear(ptr(BROWSE.name, `I${index}._http._tcp.local`), {
        source,
        now: 0,
        refreshAt: REFRESH_AT,
        flushed: [],
      });
    }
    for (let asked = 0; asked < 1_000; asked++) {
      cache.observeQuestion(BROWSE, new Counting(), "ipv4", 5_000 + asked * 0.499);
      cache.observeQuestion(BROWSE, new Counting(), "ipv6", 5_000 + asked * 0.499);
    }
    expect(looked).toBe(400);
    cache.observeQuestion(BROWSE, new Counting(), "ipv4", 5_500);
    expect(looked).toBe(600);
  });

  test("a question right after an answer is none: the owner may not repeat it within the second (C-18, A-30)", () => {
    const link = new CoreOnLink();
    link.ask(BROWSE);
    link.run(40_000).respond(ONE).run(200).clear();
    link.query(BROWSE).run(700).query(BROWSE).run(12_000);
    expect(link.told).toEqual([]);
  });

  test("an ANY question is none about a denial (C-18, C-14)", () => {
    const absent = question("peer.local", TYPE.AAAA);
    const link = new CoreOnLink();
    link.ask(absent);
    link.run(100).respond(ADDRESS, { additionals: [nsec("peer.local", [TYPE.A], { flush: true })] });
    link.run(5_000).clear();
    for (let probe = 0; probe < 3; probe++) {
      link.query(question("peer.local", TYPE.ANY), { authorities: [a("peer.local", "10.77.0.9")] }).respond(ADDRESS);
      link.run(600);
    }
    expect(times(link.run(12_000).queries)).toEqual([]);
  });
});
