import { expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, gaps } from "./core-on-link.ts";
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
