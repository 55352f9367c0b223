import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, gaps, times } from "./core-on-link.ts";
import { ptr, question } from "./records.ts";

const BROWSE = question("_http._tcp.local", TYPE.PTR);
const ONE = ptr(BROWSE.name, "One._http._tcp.local");

/** What is sent in the life of a record that comes so many ms after its question began. */
function queriesInLife(ttl: number, after: number): CoreOnLink["queries"] {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  link
    .run(after)
    .respond({ ...ONE, ttl })
    .clear()
    .run(ttl * 1_000);
  return link.queries;
}

test("a question is sent once a second at most, whether its series or a reconfirmation wants it (RFC 6762 §5.2; Q-02)", () => {
  for (let wait = 0; wait < 4_000; wait += 50) {
    const link = new CoreOnLink().run(60_000);
    link.ask(BROWSE);
    link.run(90).respond(ONE).run(wait);
    const before = link.queries.length;
    link.reconfirm(ONE).run(9_000);
    expect(link.queries.length - before).toBeGreaterThanOrEqual(2);
    for (const gap of gaps(link.queries)) expect(gap).toBeGreaterThanOrEqual(1_000);
  }
});

test("nor do a record's refresh and the series come closer, whatever its TTL (RFC 6762 §5.2; Q-02)", () => {
  for (let ttl = 60; ttl < 400; ttl++) {
    for (const gap of gaps(queriesInLife(ttl, 200))) expect(gap).toBeGreaterThanOrEqual(1_000);
  }
});

test.each([10, 20, 40])(
  "a record that lives for %i s is asked for four times near its end (RFC 6762 §5.2, Q-19)",
  (ttl) => {
    expect(queriesInLife(ttl, 70_000)).toHaveLength(4);
  },
);

test("a refresh at the very time of the series' question is that question (RFC 6762 §5.2; Q-03)", () => {
  const link = new CoreOnLink().run(60_000).clear();
  link.ask(BROWSE);
  link.run(7_070 - 4_050).respond({ ...ONE, ttl: 5 }); // refreshed at 81 %
  link.run(4_100).respond(ONE).run(10_000);
  expect(times(link.queries)).toEqual([70, 1_070, 3_070, 7_070, 15_070]);
});

test("records of one type that near their end together share a question (RFC 6762 §5.2; Q-02)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  link.run(100_000);
  for (let count = 0; count < 50; count++) link.respond(ptr(BROWSE.name, `${count}._http._tcp.local`)).run(1);
  link.clear().run(4_500 * 820);
  for (const gap of gaps(link.queries)) expect(gap).toBeGreaterThanOrEqual(1_000);
});

test("nor are they asked for apart when a question for any type keeps them (RFC 6762 §5.2)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(question(BROWSE.name, TYPE.ANY));
  link.run(100_000);
  for (let count = 0; count < 50; count++) link.respond(ptr(BROWSE.name, `${count}._http._tcp.local`)).run(1);
  link.clear().run(4_500 * 820);
  const refreshes = link.queries.filter(({ message }) => message.questions[0]?.type === TYPE.PTR);
  expect(refreshes).toHaveLength(1);
});

describe("a refresh just before the hourly question (RFC 6762 §5.2)", () => {
  const due = 4_095_070 + 3_600_000;

  /** A browser whose record is refreshed so long before the question of its series is due; time zero is then. */
  function refreshed(before: number): CoreOnLink {
    const link = new CoreOnLink().run(60_000).clear();
    link.ask(BROWSE);
    link.run(due - before - 3_645_000).respond(ONE); // refreshed at 81 % of 4500 s
    link.run(3_644_999).clear().run(1);
    expect(times(link.queries)).toEqual([1]);
    return link.respond(ONE).clear();
  }

  test.each([60_000, 840_000])(
    "takes its place if it comes less than a quarter before: %i ms (Q-02, Q-19)",
    (before) => {
      expect(times(refreshed(before).run(before + 60_000).queries)).toEqual([]);
    },
  );

  test("does not if it comes earlier (Q-04)", () => {
    expect(times(refreshed(960_000).run(1_000_000).queries)).toEqual([960_000]);
  });

  test("is followed by the next question after an hour (Q-04)", () => {
    expect(times(refreshed(60_000).run(3_600_000).queries)).toEqual([3_600_000]);
  });
});
