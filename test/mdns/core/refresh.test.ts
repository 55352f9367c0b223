import { describe, expect, test } from "vitest";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { CoreOnLink, times } from "./core-on-link.ts";
import { a, ptr, question } from "./records.ts";

const ASKED = question("peer.local", TYPE.A);
const BROWSE = question("_http._tcp.local", TYPE.PTR);
const ADDRESS = a("peer.local", "10.77.0.2", { ttl: 100, flush: true });

/** Time zero is when the answer came. */
function answered(
  answer: ResourceRecord = ADDRESS,
  asked = ASKED,
  random = (): number => 0.5,
): { link: CoreOnLink; ask: number } {
  const link = new CoreOnLink({ random }).run(60_000);
  const ask = link.ask(asked);
  link.run(200).clear().respond(answer);
  return { link, ask };
}

const POINTS = [80, 85, 90, 95];

describe("a record somebody wants is asked for again before its life ends (RFC 6762 §5.2)", () => {
  test("at 80, 85, 90 and 95 %, each plus 0 to 2 %, and removed at 100 % (Q-19, C-01)", () => {
    for (let seed = 0; seed < 100; seed++) {
      const { link } = answered(ADDRESS, ASKED, seeded("refresh", seed));
      link.run(99_999);
      const asked = times(link.queries).map((at) => at / 1_000);
      expect(asked).toHaveLength(4);
      for (const [index, point] of POINTS.entries()) {
        expect(asked[index]).toBeGreaterThanOrEqual(point);
        expect(asked[index]).toBeLessThanOrEqual(point + 2);
      }
      expect(link.told.map(({ change }) => change)).toEqual(["added"]);
      link.run(1);
      expect(link.events.at(-1)).toBe("100000 removed A peer.local 10.77.0.2");
    }
  });

  test("the added 0 to 2 % differ from one record to the next (Q-19)", () => {
    const first = Array.from({ length: 100 }, (_, seed) => {
      const { link } = answered(ADDRESS, ASKED, seeded("jitter", seed));
      return (link.run(83_000).queries[0]?.at ?? 0) / 1_000 - 80;
    });
    expect(Math.min(...first)).toBeLessThan(0.3);
    expect(Math.max(...first)).toBeGreaterThan(1.7);
    expect(first.filter((jitter) => jitter < 1).length).toBeGreaterThan(30);
    expect(first.filter((jitter) => jitter >= 1).length).toBeGreaterThan(30);
  });

  test("a shared record as well, beside the question's own series (Q-19)", () => {
    const { link } = answered(ptr(BROWSE.name, "One._http._tcp.local", { ttl: 100 }), BROWSE);
    const asked = times(link.run(100_000).queries).map((at) => at / 1_000);
    const late = asked.filter((at) => at > 70);
    expect(late).toHaveLength(4);
    for (const [index, point] of POINTS.entries()) {
      expect(late[index]).toBeGreaterThanOrEqual(point);
      expect(late[index]).toBeLessThanOrEqual(point + 2);
    }
  });

  test("until it is heard again (Q-19, Q-21)", () => {
    const { link } = answered();
    link
      .run(83_000)
      .respond({ ...ADDRESS, ttl: 50 })
      .run(39_900);
    expect(link.queries).toHaveLength(1);
    link.run(1_200);
    expect(link.queries).toHaveLength(2);
    expect(link.queries[1]?.at).toBeGreaterThanOrEqual(83_000 + 40_000);
    expect(link.queries[1]?.at).toBeLessThanOrEqual(83_000 + 41_000);
    expect(link.told.map(({ change }) => change)).toEqual(["added"]);
    link.run(10_000);
    expect(link.events.at(-1)).toBe("133000 removed A peer.local 10.77.0.2");
  });

  test("unasked repeats from its owner make queries needless for ever (Q-21)", () => {
    const { link } = answered();
    for (let repeat = 0; repeat < 50; repeat++) link.run(60_000).respond(ADDRESS);
    expect(times(link.queries)).toEqual([]);
    expect(link.told).toHaveLength(1);
  });

  test("records of one answer are asked for together (Q-19, Q-25)", () => {
    const link = new CoreOnLink({ random: seeded("burst") }).run(60_000);
    link.ask(BROWSE);
    link.run(200).clear();
    link.respond(
      Array.from({ length: 20 }, (_, index) => ptr(BROWSE.name, `I${index}._http._tcp.local`, { ttl: 100 })),
    );
    const late = times(link.run(100_000).queries).filter((at) => at > 70_000);
    expect(late).toHaveLength(4);
  });

  test("another host that asks just before us saves us the query (Q-13)", () => {
    const { link } = answered();
    link.run(80_950).query(ASKED).run(3_000);
    expect(times(link.queries)).toEqual([]);
  });
});

describe("a record nobody wants is left to die (RFC 6762 §5.2)", () => {
  test("its asker gone: no query, however long (Q-20)", () => {
    const { link, ask } = answered();
    link.run(10_000).stop(ask).run(300_000);
    expect(times(link.queries)).toEqual([]);
  });

  test("never asked for: no query (Q-20)", () => {
    const { link } = answered();
    link
      .clear()
      .respond(ADDRESS, { additionals: [a("extra.local", "10.77.0.3", { ttl: 20 })] })
      .run(30_000);
    expect(times(link.queries)).toEqual([]);
  });

  test("asked for again late in its life it is refreshed at what points remain (Q-19, Q-20)", () => {
    const { link, ask } = answered();
    link.run(10_000).stop(ask).run(78_000);
    link.clear().ask(ASKED);
    expect(link.told.map(({ change }) => change)).toEqual(["added"]);
    link.run(20_000);
    expect(link.queries.length).toBeGreaterThanOrEqual(2);
  });
});

describe("what was asked minutes ago is no substitute (RFC 6762 §7.3)", () => {
  test("a refresh is sent although somebody asked the same when the record came (Q-13, Q-19)", () => {
    const link = new CoreOnLink();
    link.ask(BROWSE);
    link.run(3_000_000).clear().query(BROWSE).run(60);
    link.respond(ptr(BROWSE.name, "One._http._tcp.local", { ttl: 120 }));
    const asked = times(link.run(119_000).queries);
    expect(asked).toHaveLength(4);
    expect(asked[0]).toBeLessThan(100_000);
  });
});
