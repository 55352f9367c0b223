import { expect, test } from "vitest";
import { chooseSrv, srvOf } from "../../../src/mdns/dnssd/srv-choice.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { seeded } from "../../sim/random.ts";

function srv(priority: number, weight: number, target: string): ResourceRecord {
  const data = { kind: "srv", priority, weight, port: 1, target: Name.parse(target) } as const;
  return { name: Name.parse("x._http._tcp.local"), type: 33, class: 1, flush: true, ttl: 120, data };
}

function shares(records: readonly ResourceRecord[], draws = 4_000): Record<string, number> {
  const random = seeded("srv");
  const counts: Record<string, number> = {};
  for (let left = draws; left > 0; left--) {
    const chosen = chooseSrv(records, random);
    const target = String(chosen && srvOf(chosen)?.target);
    counts[target] = (counts[target] ?? 0) + 1 / draws;
  }
  return counts;
}

test("the lowest priority number wins (RFC 2782; B-11)", () => {
  expect(shares([srv(10, 100, "b"), srv(0, 0, "a")])).toEqual({ a: expect.closeTo(1) });
});

test("among equals the weights are the shares (RFC 2782; B-11)", () => {
  const { a, b } = shares([srv(0, 10, "a"), srv(0, 30, "b")]);
  expect(a).toBeGreaterThan(0.22);
  expect(a).toBeLessThan(0.28);
  expect(b).toBeGreaterThan(0.72);
});

test("weight 0 beside others is picked rarely, but is (RFC 2782; B-11)", () => {
  const { a } = shares([srv(0, 99, "b"), srv(0, 0, "a")]);
  expect(a).toBeGreaterThan(0);
  expect(a).toBeLessThan(0.03);
});

test("no record, no choice", () => {
  expect(chooseSrv([], () => 0)).toBeUndefined();
});
