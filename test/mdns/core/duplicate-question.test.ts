import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, type PeerOptions, times } from "./core-on-link.ts";
import { ptr, qu, question } from "./records.ts";

const BROWSE = question("_http._tcp.local", TYPE.PTR);
const ONE = ptr(BROWSE.name, "One._http._tcp.local");
const TWO = ptr(BROWSE.name, "Two._http._tcp.local");

/** A browser whose first question is due at 70 ms. */
function browsing(): CoreOnLink {
  const link = new CoreOnLink().run(60_000).clear();
  link.ask(BROWSE);
  return link;
}

describe("another host asks what we are about to ask (RFC 6762 §7.3)", () => {
  test("ours counts as sent; the series goes on (Q-13)", () => {
    const link = browsing().run(50).query(BROWSE).run(5_000);
    const [first = 0, second = 0] = times(link.queries);
    expect(first).toBeGreaterThanOrEqual(1_050);
    expect(first).toBeLessThanOrEqual(1_070);
    expect(second - first).toBe(2_000);
  });

  test("names compare without case (Q-13, W-33)", () => {
    const link = browsing().run(50).query(question("_HTTP._TCP.local", TYPE.PTR)).run(900);
    expect(times(link.queries)).toEqual([]);
  });

  test("a repeat that is due is suppressed as well (Q-13)", () => {
    const link = browsing().run(1_050).query(BROWSE).run(1_500);
    expect(times(link.queries)).toEqual([70]);
  });

  test("as long as it lists no answer that we would not list (Q-13)", () => {
    const link = browsing().run(100).respond([ONE, TWO]);
    link
      .run(950)
      .query(BROWSE, { answers: [ONE] })
      .run(1_500);
    expect(times(link.queries)).toEqual([70]);
  });

  test("among several questions of a packet (Q-13, Q-25)", () => {
    const link = browsing()
      .run(50)
      .query([question("_other._tcp.local", TYPE.PTR), BROWSE])
      .run(900);
    expect(times(link.queries)).toEqual([]);
  });

  test("it is answered to everybody, so we take the answer (Q-13, W-04)", () => {
    const link = browsing().run(50).query(BROWSE).run(40).respond(ONE);
    expect(link.told.map(({ change }) => change)).toEqual(["added"]);
  });
});

describe("what suppresses nothing (RFC 6762 §7.3)", () => {
  test.each<[string, typeof BROWSE, Partial<Message>, PeerOptions]>([
    ["a QU question", qu("_http._tcp.local", TYPE.PTR), {}, {}],
    ["a legacy question", BROWSE, {}, { port: 40_000 }],
    ["a question sent to our address", BROWSE, {}, { to: "host" }],
    ["a truncated one whose list is not complete", BROWSE, { truncated: true, answers: [] }, {}],
    ["one that lists an answer we do not have", BROWSE, { answers: [ONE] }, {}],
    ["another type", question("_http._tcp.local", TYPE.TXT), {}, {}],
    ["another class", question("_http._tcp.local", TYPE.PTR, { klass: 3 }), {}, {}],
    ["another name", question("_https._tcp.local", TYPE.PTR), {}, {}],
    ["opcode 4", BROWSE, { opcode: 4 }, {}],
  ])("%s (Q-14)", (_case, asked, content, options) => {
    const link = browsing().run(50).query(asked, content, options).run(900);
    expect(times(link.queries)).toEqual([70]);
  });

  test("one that lists an answer of ours that is past half its life (Q-14)", () => {
    const link = browsing()
      .run(100)
      .respond({ ...ONE, ttl: 9 });
    link
      .run(6_950)
      .query(BROWSE, { answers: [{ ...ONE, ttl: 9 }] })
      .run(500);
    expect(times(link.queries)).toContain(7_070);
  });

  test("a question heard long before ours is due (Q-13)", () => {
    const link = new CoreOnLink().run(60_000).query(BROWSE).run(5_000).clear();
    link.ask(BROWSE);
    expect(times(link.run(900).queries)).toEqual([70]);
  });
});

describe("several hosts ask, each of which lists answers of its own (RFC 6762 §7.3)", () => {
  const elsewhere = { peer: 3 };

  test("what one keeps from being told the other asks for: together they count as ours (Q-13)", () => {
    const link = browsing()
      .run(30)
      .query(BROWSE, { answers: [ONE] })
      .run(20)
      .query(BROWSE, { answers: [TWO] }, elsewhere)
      .run(900);
    expect(times(link.queries)).toEqual([]);
  });

  test("an answer that both list is still to be asked for (Q-14)", () => {
    const link = browsing()
      .run(30)
      .query(BROWSE, { answers: [ONE] })
      .run(20)
      .query(BROWSE, { answers: [TWO, ONE] }, elsewhere)
      .run(900);
    expect(times(link.queries)).toEqual([70]);
  });

  test("a query that knows very many answers which we do not is not gone into (Q-14, S-11)", () => {
    const many = Array.from({ length: LIMITS.untoldAnswers + 1 }, (_, index) =>
      ptr(BROWSE.name, `Many ${index}._http._tcp.local`),
    );
    const sentAfter = (known: readonly ResourceRecord[]): number[] => {
      const link = browsing().run(30).query(BROWSE, { answers: known });
      return times(
        link
          .run(20)
          .query(BROWSE, { answers: [ONE] }, elsewhere)
          .run(900).queries,
      );
    };
    expect(sentAfter(many)).toEqual([70]);
    expect(sentAfter(many.slice(1))).toEqual([]);
  });

  test("two that are far apart are not taken together (Q-14)", () => {
    const link = browsing()
      .run(1_100)
      .query(BROWSE, { answers: [ONE] })
      .run(1_600)
      .query(BROWSE, { answers: [TWO] }, elsewhere)
      .run(900);
    expect(times(link.queries)).toEqual([70, 1_070, 3_070]);
  });

  test("a record nears its end: a question spares its refresh unless it lists the record (Q-13, Q-14)", () => {
    const refreshes = (listed: typeof ONE): number[] => {
      const link = browsing()
        .run(60_000)
        .respond({ ...ONE, ttl: 1_000 })
        .clear();
      link.run(809_800).query(BROWSE, { answers: [listed] }); // due at 81 %
      return times(link.clear().run(1_000).queries);
    };
    expect(refreshes(TWO)).toEqual([]);
    expect(refreshes({ ...ONE, ttl: 1_000 })).toHaveLength(1);
  });

  test("questions that were heard in one packet stay together (Q-13, Q-25)", () => {
    const other = question("_ipp._tcp.local", TYPE.PTR);
    const values = [0.5, 0.1, 0.9, 0.3, 0.7];
    const link = new CoreOnLink({ random: () => values.push(values.shift() ?? 0) && (values.at(-1) ?? 0) });
    link.run(60_000);
    link.ask(BROWSE);
    link.ask(other);
    link.run(20).query([BROWSE, other]).clear().run(2_000);
    expect(link.queries.map(({ message }) => message.questions.length)).toEqual([2]);
  });
});

describe("another program of this host asks, and lists answers that we lack (RFC 6762 §15)", () => {
  const here = { fromThisHost: true };

  test("ours is asked a second later, when responders do not take its list for ours any more (N-24)", () => {
    const link = browsing()
      .run(900)
      .query(BROWSE, { answers: [ONE] }, here)
      .run(2_500);
    expect(times(link.queries)).toEqual([70, 1_900]);
  });

  test("the first question is not put off: it costs nobody anything if it is in vain (N-24)", () => {
    const link = browsing()
      .run(30)
      .query(BROWSE, { answers: [ONE] }, here)
      .run(900);
    expect(times(link.queries)).toEqual([70]);
  });

  test("ours is not put off without end (N-24)", () => {
    const link = browsing();
    for (let count = 0; count < 6; count++) link.run(900).query(BROWSE, { answers: [ONE] }, here);
    expect(times(link.queries)).toEqual([70, 3_700]);
  });

  test.each<[string, readonly ResourceRecord[], PeerOptions]>([
    ["another host", [ONE], {}],
    ["one that lists nothing we lack", [], here],
  ])("%s puts nothing off (N-24)", (_case, answers, options) => {
    const link = browsing().run(300).query(BROWSE, { answers }, options).run(1_000);
    expect(times(link.queries)).toEqual([70, 1_070]);
  });
});

describe("each IP version for itself (RFC 6762 §7.3)", () => {
  test("asked on one, the question still goes out on the other (Q-13)", () => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] });
    link.ask(BROWSE);
    link.run(60_000).clear();
    const due = (link.core.deadline ?? 0) - link.now;
    link
      .run(due - 100)
      .query(BROWSE, {}, { family: "ipv6" })
      .run(200);
    expect(link.sent.map(({ family }) => family)).toEqual(["ipv4"]);
  });

  test("a refresh that another host asked for on one goes out on the other (Q-13)", () => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] });
    link.ask(BROWSE);
    link
      .run(60_000)
      .respond({ ...ONE, ttl: 1_000 })
      .run(809_800) // due at 81 %
      .query(BROWSE, {}, { family: "ipv6" })
      .clear()
      .run(1_000);
    expect(link.sent.map(({ family }) => family)).toEqual(["ipv4"]);
  });
});
