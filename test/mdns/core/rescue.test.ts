import { describe, expect, test } from "vitest";
import { answersOf, times } from "./core-on-link.ts";
import { PTR, printerOnLink, SRV, V4 } from "./printer.ts";
import { brief } from "./records.ts";

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
