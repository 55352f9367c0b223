import { describe, expect, test } from "vitest";
import type { Message } from "../../../src/mdns/wire/message.ts";
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
});
