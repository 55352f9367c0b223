import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf, CoreOnLink, times } from "./core-on-link.ts";
import { PTR, printerOnLink, SERVICE_TYPE } from "./printer.ts";
import { brief, own, ptr, qu, question, txt } from "./records.ts";

const ASKED = question(SERVICE_TYPE, TYPE.PTR);

describe("another host's answer while ours waits (RFC 6762 §7.4)", () => {
  test("the same with our TTL or more takes its place (A-27)", () => {
    for (const ttl of [4_500, 9_000]) {
      const link = printerOnLink().query(ASKED);
      link.run(30).respond({ ...PTR, ttl });
      expect(link.run(2_000).transcript).toEqual([]);
    }
  });

  test("it does so even 400 ms into the wait for a truncated query (A-27)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true });
    link.run(399).respond(PTR);
    expect(link.run(2_000).transcript).toEqual([]);
  });

  test.each([
    ["a lower TTL", { ...PTR, ttl: 4_499 }],
    ["other data", ptr(SERVICE_TYPE, "Other._ipp._tcp.local")],
  ])("%s does not take its place (A-28)", (_case, other) => {
    const link = printerOnLink().query(ASKED);
    link.run(30).respond(other);
    link.run(2_000);
    expect(times(link.sent)).toEqual([70]);
    expect(link.sent.map(answersOf)).toEqual([[brief(PTR)]]);
  });

  test("an answer that came before the question does not (A-27)", () => {
    const link = printerOnLink().respond(PTR).run(5);
    link.clear().query(ASKED);
    expect(times(link.run(2_000).sent)).toEqual([70]);
  });

  test.each([
    ["a QU question", qu(SERVICE_TYPE, TYPE.PTR), 5_353],
    ["a legacy question", ASKED, 40_000],
  ])("%s still gets its unicast reply (A-28)", (_case, asked, port) => {
    const link = printerOnLink().query(asked, {}, { port });
    link.run(30).respond(PTR, {}, { peer: 3 });
    link.run(2_000);
    expect(link.sent.map(({ to }) => to)).toEqual([`10.77.0.2:${port}`]);
  });

  test("a response from another port or sent to our address counts for nothing (A-27, L-04)", () => {
    const link = printerOnLink().query(ASKED);
    link.run(30).respond(PTR, {}, { port: 5_354 }).respond(PTR, {}, { to: "host" });
    expect(times(link.run(2_000).sent)).toEqual([70]);
  });
});

describe("a part of a unique set from another host (RFC 6762 §7.4)", () => {
  test("leaves the waiting set whole (A-27, A-44)", () => {
    const both = [txt("k.local", ["1"]), txt("k.local", ["2"])] as const;
    const link = new CoreOnLink().settled(own("unique", ...both));
    link.query([question("k.local", TYPE.TXT), question("k.local", TYPE.A)]).run(15);
    link.respond({ ...both[0], flush: true }).run(500);
    expect(link.sent.flatMap(answersOf)).toEqual(expect.arrayContaining(both.map(brief)));
  });
});
