import { expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { HOST, HOST_CLAIM, INSTANCE, PTR, printerOnLink, REVERSE, SERVICE_TYPE } from "./printer.ts";
import { a, qu, question, srv } from "./records.ts";

const ASKED = question(SERVICE_TYPE, TYPE.PTR);
const traced = (): CoreOnLink => printerOnLink({ tracing: true });

test("a claim tells how it fares, from the first probe to the goodbye", () => {
  const link = new CoreOnLink({ tracing: true });
  const claim = link.register(HOST_CLAIM);
  link.run(5_000).withdraw(claim);
  expect(link.traced).toEqual([
    `probing | ${HOST} | `,
    `announced | ${HOST} | `,
    `goodbye | ${HOST} | `,
    `goodbye | ${REVERSE} | `,
  ]);
});

test("a conflict and what comes of it are told", () => {
  const link = traced()
    .respond(srv(INSTANCE, "other.local", 1, { flush: true }))
    .run(200);
  link.respond(srv(INSTANCE, "other.local", 1, { flush: true }));
  expect(link.traced).toEqual([
    `conflict | ${INSTANCE} | contradicted`,
    `probing | ${INSTANCE} | `,
    `conflict | ${INSTANCE} | denied`,
    `lost | ${INSTANCE} | `,
  ]);
});

test("why there is no answer, or a late one, is told", () => {
  const known = traced()
    .query(ASKED, { answers: [PTR] })
    .run(1_000);
  expect(known.traced).toEqual([`answer suppressed | ${SERVICE_TYPE} | the querier knows it (RFC 6762 §7.1)`]);

  const given = traced().query(ASKED).respond(PTR).run(1_000);
  expect(given.traced).toEqual([`answer suppressed | ${SERVICE_TYPE} | another host gave the same (RFC 6762 §7.4)`]);

  const repeated = traced();
  repeated.query(question(HOST, TYPE.A)).query(question(HOST, TYPE.A)).run(2_000);
  expect(repeated.traced).toEqual([
    `answered | ${HOST} | 2 records by multicast, ipv4`,
    `answer delayed | ${HOST} | it was multicast a moment ago (RFC 6762 §6)`,
    `answered | ${HOST} | 2 records by multicast, ipv4`,
  ]);

  const truncated = traced().query(ASKED, { truncated: true });
  expect(truncated.traced).toEqual([`answer delayed | ${SERVICE_TYPE} | the query goes on (RFC 6762 §7.2)`]);
});

test("replies that are refused and queries that are ignored are told", () => {
  const link = traced();
  for (let bytes = 0; bytes < LIMITS.replyBytes; bytes += link.sent.pop()?.bytes.length ?? Number.NaN)
    link.query(question(HOST, TYPE.A), {}, { port: 1_234 });
  link.clear().query(question(HOST, TYPE.A), {}, { port: 1_234 });
  expect(link.traced).toEqual([`reply refused | ${HOST} | 10.77.0.2 has had too many`]);

  link.clear().query(qu(HOST, TYPE.A));
  expect(link.traced[0]).toBe(`reply refused | ${HOST} | 10.77.0.2 has had too many`);

  link.clear().query(question(HOST, TYPE.A), {}, { peer: 3, port: 1_234, onLink: false });
  expect(link.traced).toEqual([`query ignored | ${HOST} | its sender is not on the link (RFC 6762 §11)`]);
});

test("a datagram that is dropped is told with the reason, at once", () => {
  const link = traced()
    .query(question("nobody.local", TYPE.A))
    .receive(Uint8Array.of(1, 2, 3));
  expect(link.traced).toEqual(["dropped |  | irrelevant", "dropped |  | malformed"]);
});

test("questions are told, and why those are asked that were answered", () => {
  const link = new CoreOnLink({ tracing: true });
  link.ask(question("other.local", TYPE.A));
  link.run(200);
  expect(link.traced).toEqual(["asked | other.local | "]);
  link.respond(a("other.local", "10.77.0.9", { ttl: 10 })).run(9_700);
  expect(link.traced).toContain("asked | other.local | what is known expires soon");
});

test("nothing is told unless somebody wants to know", () => {
  const link = printerOnLink()
    .query(ASKED)
    .receive(Uint8Array.of(1, 2, 3))
    .run(1_000);
  expect(link.traced).toEqual([]);
});
