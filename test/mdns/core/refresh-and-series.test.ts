import { expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, gaps } from "./core-on-link.ts";
import { ptr, question } from "./records.ts";

const BROWSE = question("_http._tcp.local", TYPE.PTR);
const ONE = ptr(BROWSE.name, "One._http._tcp.local");

test("a question is sent once a second at most, whether its series or a reconfirmation wants it (RFC 6762 §5.2)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  link.run(200).respond(ONE).run(2_550).clear().reconfirm(ONE).run(9_000);
  expect(link.queries.length).toBeGreaterThan(2);
  for (const gap of gaps(link.queries)) expect(gap).toBeGreaterThanOrEqual(1_000);
});

test("nor do a record's refresh and the series come closer, whatever its TTL (RFC 6762 §5.2)", () => {
  for (let ttl = 60; ttl < 400; ttl++) {
    const link = new CoreOnLink().run(60_000);
    link.ask(BROWSE);
    link
      .run(200)
      .respond({ ...ONE, ttl })
      .clear()
      .run(ttl * 1_000);
    for (const gap of gaps(link.queries)) expect(gap).toBeGreaterThanOrEqual(1_000);
  }
});
