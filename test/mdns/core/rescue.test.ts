import { describe, expect, test } from "vitest";
import { answersOf, CoreOnLink, times } from "./core-on-link.ts";
import { PTR, printerOnLink, SRV, V4 } from "./printer.ts";
import { brief, own, txt } from "./records.ts";

describe("our own record from another host (RFC 6762 §6.6)", () => {
  test.each([
    ["a unique one with its full TTL", { ...SRV, ttl: 120, flush: true }],
    ["a unique one with half its TTL", { ...SRV, ttl: 60, flush: true }],
    ["a shared one with half its TTL", { ...PTR, ttl: 2_250 }],
  ])("%s concerns nobody (A-47, P-35)", (_case, copy) => {
    const link = printerOnLink().respond(copy);
    expect(link.run(5_000).transcript).toEqual([]);
    expect(link.news).toEqual([]);
  });

  test.each([
    ["a unique one with less", { ...SRV, ttl: 59, flush: true }, SRV],
    ["a goodbye for a unique one", { ...SRV, ttl: 0, flush: true }, SRV],
    ["a goodbye for an address", { ...V4, ttl: 0, flush: true }, V4],
    ["a goodbye for a shared one", { ...PTR, ttl: 0 }, PTR],
    ["a shared one with less", { ...PTR, ttl: 2_249 }, PTR],
  ])("%s is announced again within a second (A-48)", (_case, copy, record) => {
    const link = printerOnLink().respond(copy);
    link.run(999);
    expect(link.sent.map(({ to }) => to)).toEqual(["group"]);
    expect(link.sent.flatMap(answersOf)).toContain(brief(record));
    expect(link.sent[0]?.message.answers[0]?.ttl).toBe(record.ttl);
    expect(link.news).toEqual([]);
    expect(link.run(60_000).probes).toEqual([]);
  });

  test("is saved within the second even when it was multicast just before (A-30, A-48)", () => {
    const link = printerOnLink().respond({ ...SRV, ttl: 0, flush: true });
    link.run(400).respond({ ...SRV, ttl: 0, flush: true });
    link.run(5_000);
    expect(Math.max(...times(link.sent))).toBeGreaterThan(400);
    expect(Math.max(...times(link.sent))).toBeLessThanOrEqual(1_400);
  });
});

describe("what is saved goes as it always goes", () => {
  test("one member of a unique set brings the others along, as the flush bit would end them (A-44, A-48)", () => {
    const both = [txt("k.local", ["1"]), txt("k.local", ["2"])] as const;
    const link = new CoreOnLink().settled(own("unique", ...both)).respond({ ...both[0], ttl: 0 });
    link.run(1_000);
    expect(link.sent.map(answersOf)).toEqual([both.map(brief)]);
  });

  test("what one packet says goodbye to is saved by one packet (A-48)", () => {
    const link = printerOnLink().respond([SRV, V4].map((record) => ({ ...record, ttl: 0 })));
    expect(link.sent.map((sent) => answersOf(sent).sort())).toEqual([[SRV, V4].map(brief).sort()]);
  });

  test("a shared record waits 20 to 120 ms, and another host's rescue suffices (A-48, A-27)", () => {
    const goodbye = { ...PTR, ttl: 0 };
    const link = printerOnLink().respond(goodbye);
    link.run(1_000);
    expect(link.sent[0]?.at).toBeGreaterThanOrEqual(20);
    expect(link.sent[0]?.at).toBeLessThanOrEqual(120);
    expect(printerOnLink().respond(goodbye).run(19).respond(PTR).run(5_000).transcript).toEqual([]);
  });

  test.each([
    ["shared", PTR],
    ["unique", SRV],
  ])("a goodbye on both families is answered once on each (%s; A-48, A-30)", (_ownership, record) => {
    const link = printerOnLink({ families: ["ipv4", "ipv6"] });
    link.respond({ ...record, ttl: 0 }, {}, { family: "ipv4" });
    link.run(200).respond({ ...record, ttl: 0 }, {}, { family: "ipv6" });
    expect(link.run(5_000).sent.map(({ family }) => family)).toEqual(["ipv4", "ipv6"]);
  });
});
