import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf, CoreOnLink, gaps, times } from "./core-on-link.ts";
import { a, brief, ptr, question, srv, txt } from "./records.ts";

const BROWSE = question("_http._tcp.local", TYPE.PTR);
const ONE = ptr(BROWSE.name, "One._http._tcp.local");
const TWO = ptr(BROWSE.name, "Two._http._tcp.local");

function browsing(): CoreOnLink {
  const link = new CoreOnLink().run(60_000).clear();
  link.ask(BROWSE);
  return link.run(70);
}

describe("known answers in a query (RFC 6762 §7.1)", () => {
  test("are the cached ones, with the whole seconds they have left and no flush bit (Q-06, Q-08, Q-09)", () => {
    const link = browsing().respond([ONE, { ...TWO, flush: true }]);
    link.run(110_000);
    expect(link.queries.map(answersOf).slice(0, 3)).toEqual([[], [brief(ONE), brief(TWO)], [brief(ONE), brief(TWO)]]);
    for (const { at, message } of link.queries.slice(1)) {
      for (const { ttl, flush } of message.answers) {
        expect(ttl).toBe(4_500 - Math.ceil((at - 70) / 1_000));
        expect(flush).toBe(false);
      }
    }
    expect(link.queries.at(-1)?.at).toBe(63_070);
  });

  test("leave out what is past half its life (Q-07)", () => {
    const link = browsing()
      .respond({ ...ONE, ttl: 20 })
      .run(15_100);
    expect(times(link.queries)).toEqual([70, 1_070, 3_070, 7_070, 15_070]);
    expect(link.queries.map(({ message }) => message.answers.map(({ ttl }) => ttl))).toEqual([
      [],
      [19],
      [17],
      [13],
      [],
    ]);
  });

  test("at exactly half its life a record is listed, a second later it is not (Q-07)", () => {
    for (const [ttl, listed] of [
      [14, true],
      [13, false],
    ] as const) {
      const link = browsing()
        .respond({ ...ONE, ttl })
        .run(7_010);
      expect(link.queries.at(-1)?.at).toBe(7_070);
      expect(link.queries.at(-1)?.message.answers).toHaveLength(listed ? 1 : 0);
    }
  });

  test("a repeat heard in between makes it young again (Q-08, C-13)", () => {
    const link = browsing()
      .respond({ ...ONE, ttl: 20 })
      .run(10_000)
      .respond({ ...ONE, ttl: 20 })
      .run(5_010);
    expect(link.queries.at(-1)?.message.answers.map(({ ttl }) => ttl)).toEqual([15]);
  });

  test("leave out what is in its last second, goodbye said (Q-11)", () => {
    const link = browsing()
      .respond([ONE, TWO])
      .run(800)
      .respond({ ...ONE, ttl: 0 })
      .run(300);
    expect(link.queries.at(-1)?.at).toBe(1_070);
    expect(link.queries.map(answersOf).at(-1)).toEqual([brief(TWO)]);
  });

  test("leave out what answers another question (Q-11)", () => {
    const extras = [srv("One._http._tcp.local", "peer.local", 80), a("peer.local", "10.77.0.2")];
    const link = browsing().respond(ONE, { additionals: extras }).run(1_100);
    expect(link.queries.map(answersOf).at(-1)).toEqual([brief(ONE)]);
  });

  test("each is listed once, though several questions of the packet have it (Q-06, A-54)", () => {
    const link = new CoreOnLink().run(60_000).clear();
    link.ask(BROWSE);
    link.ask(question(BROWSE.name, TYPE.ANY));
    link.run(130).respond([ONE, TWO]).clear().run(10_000);
    expect(link.queries.length).toBeGreaterThan(1);
    for (const sent of link.queries) {
      expect(sent.message.questions).toHaveLength(2);
      expect(answersOf(sent).sort()).toEqual([brief(ONE), brief(TWO)]);
    }
  });

  test("a record asked for again at 80 % of its life is not listed, so that its owner answers (Q-07, Q-19)", () => {
    const link = browsing()
      .respond({ ...ONE, ttl: 100 })
      .run(84_000);
    const refresh = link.queries.filter(({ at }) => at > 70_000);
    expect(refresh).toHaveLength(1);
    expect(refresh.map(answersOf)).toEqual([[]]);
  });
});

describe("more known answers than fit in a packet (RFC 6762 §7.2)", () => {
  test("leave out unique records, of whatever type is asked (Q-06)", () => {
    const any = question("peer.local", TYPE.ANY);
    const link = new CoreOnLink().run(60_000).clear();
    link.ask(any);
    link.run(70).respond([a("peer.local", "10.77.0.2", { flush: true }), txt("peer.local", ["shared"])]);
    const [, second] = link.run(1_500).queries;
    expect(second && answersOf(second)).toEqual([brief(txt("peer.local", ["shared"]))]);
  });

  test("go on in packets without a question, TC on all but the last, one after the other (Q-12)", () => {
    const link = browsing();
    const records = Array.from({ length: 300 }, (_, index) =>
      ptr(BROWSE.name, `Instance number ${index}._http._tcp.local`),
    );
    for (let index = 0; index < 300; index += 30) link.respond(records.slice(index, index + 30));
    link.clear().run(1_500);
    expect(link.sent.length).toBeGreaterThan(3);
    expect(link.sent.map(({ message }) => message.truncated)).toEqual(
      link.sent.map((_, index) => index < link.sent.length - 1),
    );
    expect(link.sent.map(({ message }) => message.questions.length)).toEqual(
      link.sent.map((_, index) => (index === 0 ? 1 : 0)),
    );
    for (const gap of gaps(link.sent)) expect(gap).toBeLessThan(10);
    for (const { bytes } of link.sent) expect(bytes.length).toBeLessThanOrEqual(1_472);
    expect(link.sent.flatMap(answersOf).sort()).toEqual(records.map(brief).sort());
  });

  test("of several questions: every question is asked, every answer listed (Q-12, Q-25)", () => {
    const link = new CoreOnLink().run(60_000).clear();
    const questions = Array.from({ length: 8 }, (_, index) => question(`_t${index}._tcp.local`, TYPE.PTR));
    for (const asked of questions) link.ask(asked);
    link.run(130);
    const records = questions.flatMap(({ name }) =>
      Array.from({ length: 40 }, (_, index) => ptr(name, `I${index}.${name}`)),
    );
    for (let index = 0; index < records.length; index += 40) link.respond(records.slice(index, index + 40));
    link.clear().run(1_500);
    expect(link.sent.flatMap(({ message }) => message.questions)).toHaveLength(8);
    expect(link.sent.flatMap(answersOf).sort()).toEqual(records.map(brief).sort());
    for (const [index, { bytes, message }] of link.sent.entries()) {
      expect(bytes.length).toBeLessThanOrEqual(1_472);
      const next = link.sent[index + 1];
      expect(message.truncated).toBe(next !== undefined && next.message.questions.length === 0);
    }
  });
});

describe("records in other hosts' queries are not answers (RFC 6762 §7.1)", () => {
  test.each([
    ["the answer section", { answers: [ONE] }],
    ["the authority section", { authorities: [ONE] }],
    ["the additional section", { additionals: [ONE] }],
  ])("%s (Q-10, C-10)", (_case, content) => {
    const link = browsing().query(BROWSE, content).run(5_000);
    expect(link.told).toEqual([]);
    expect(link.core.known(BROWSE, link.now)).toEqual([]);
  });
});

describe("a known answer larger than a packet (RFC 6762 §7.2)", () => {
  test("is left out: no empty packet follows, and TC is not set for it (Q-12, A-02)", () => {
    const asked = question("big.local", TYPE.TXT);
    const big = txt(
      "big.local",
      Array.from({ length: 10 }, (_, index) => `${index}${"x".repeat(250)}`),
    );
    const link = new CoreOnLink();
    link.ask(asked);
    link.run(200).respond(big).run(2_000);
    const sent = link.queries.map(({ message }) => [message.truncated, message.questions.length]);
    expect(sent).toEqual([
      [false, 1],
      [false, 1],
    ]);
  });
});
