import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf } from "./core-on-link.ts";
import { HOST, INSTANCE, PTR, printerOnLink, SERVICE_TYPE, SRV, TXT, V4 } from "./printer.ts";
import { a, brief, nsec, ptr, question, srv } from "./records.ts";

const ASKED = question(SERVICE_TYPE, TYPE.PTR);

describe("a known answer with at least half our TTL silences us, one with less does not (RFC 6762 §7.1)", () => {
  test.each([
    [100, 4_500, false],
    [75, 3_375, false],
    [51, 2_295, false],
    [50, 2_250, false],
    [49.98, 2_249, true],
    [25, 1_125, true],
    [0, 0, true],
  ])("shared, %d %% of its life left (A-23, A-24)", (_share, ttl, answered) => {
    const link = printerOnLink().query(ASKED, { answers: [{ ...PTR, ttl }] });
    link.run(2_000);
    expect(link.sent.map(answersOf)).toEqual(answered ? [[brief(PTR)]] : []);
    for (const { message } of link.sent) expect(message.answers[0]?.ttl).toBe(4_500);
  });

  test.each([
    [60, false],
    [59, true],
  ])("unique, %i s of 120 left (A-23, A-24)", (ttl, answered) => {
    const link = printerOnLink().query(question(INSTANCE, TYPE.SRV), { answers: [{ ...SRV, ttl }] });
    expect(link.run(2_000).sent.map(answersOf)).toEqual(answered ? [[brief(SRV)]] : []);
  });
});

describe("what a known answer must equal (RFC 6762 §7.1)", () => {
  test.each([
    ["itself", PTR, false],
    ["names in other case", ptr("_IPP._TCP.LOCAL", "pRINTER._ipp._tcp.local"), false],
    ["the flush bit set", { ...PTR, flush: true }, false],
    ["another target", ptr(SERVICE_TYPE, "Printer 2._ipp._tcp.local"), true],
    ["another name", ptr("_http._tcp.local", INSTANCE), true],
    ["another class", { ...PTR, class: 3 }, true],
  ])("%s (A-25)", (_case, known, answered) => {
    const link = printerOnLink().query(ASKED, { answers: [known] });
    expect(link.run(2_000).sent).toHaveLength(answered ? 1 : 0);
  });

  test("an SRV with another port silences nothing (A-25)", () => {
    const link = printerOnLink().query(question(INSTANCE, TYPE.SRV), { answers: [srv(INSTANCE, HOST, 632)] });
    expect(link.run(2_000).sent.map(answersOf)).toEqual([[brief(SRV)]]);
  });
});

describe("what goes with a suppressed answer (RFC 6762 §7.1)", () => {
  test("nothing: no packet with SRV and TXT alone (A-26)", () => {
    expect(
      printerOnLink()
        .query(ASKED, { answers: [PTR] })
        .run(2_000).sent,
    ).toEqual([]);
  });

  test("of several questions only the one whose answer is known (A-23, A-26)", () => {
    const link = printerOnLink().query([ASKED, question(INSTANCE, TYPE.TXT)], { answers: [PTR] });
    expect(link.run(2_000).sent.map(answersOf)).toEqual([[brief(TXT)]]);
  });

  test("of ANY the records that are known (A-23)", () => {
    const link = printerOnLink().query(question(INSTANCE, TYPE.ANY), { answers: [SRV] });
    expect(link.run(2_000).sent.map(answersOf)).toEqual([[brief(TXT)]]);
  });

  test("a known address does not silence the denial of the other family (A-26)", () => {
    const link = printerOnLink().query(question(HOST, TYPE.AAAA), { answers: [V4] });
    expect(link.run(2_000).sent.map(answersOf)).toEqual([[brief(nsec(HOST, [TYPE.A]))]]);
  });

  test("a rival's record of our name in a query is no conflict and silences nothing (A-25, Q-10)", () => {
    const link = printerOnLink().query(question(HOST, TYPE.A), { answers: [a(HOST, "10.77.0.9")] });
    expect(link.run(2_000).sent.map(answersOf)).toEqual([[brief(V4)]]);
    expect(link.news).toEqual([]);
  });
});

describe("what one host knows is no matter of another's (RFC 6762 §7.1)", () => {
  test.each([
    ["the one that knows asks first", [PTR], []],
    ["the one that knows asks later", [], [PTR]],
  ])("%s: the other is answered (A-22, A-23)", (_case, first, second) => {
    const link = printerOnLink().query(ASKED, { answers: first }, { peer: 2 });
    link.run(10).query(ASKED, { answers: second }, { peer: 3 });
    link.run(2_000);
    expect(link.sent.map(answersOf)).toEqual([[brief(PTR)]]);
  });
});
