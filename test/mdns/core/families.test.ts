import { describe, expect, test } from "vitest";
import type { Family } from "../../../src/mdns/core/datagram.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf, CoreOnLink } from "./core-on-link.ts";
import { DUAL_HOST_CLAIM, HOST, INSTANCE, SERVICE_CLAIM, SERVICE_TYPE, SRV, V4, V6 } from "./printer.ts";
import { a, brief, qu, question } from "./records.ts";

const A = question(HOST, TYPE.A);

function dual(): CoreOnLink {
  return new CoreOnLink({ families: ["ipv4", "ipv6"] }).settled(DUAL_HOST_CLAIM, SERVICE_CLAIM);
}

function whereTo(link: CoreOnLink): string[] {
  return link.sent.map(({ at, to, family }) => `${at} ${to} ${family}`);
}

describe("both families on one link (RFC 6762 §20)", () => {
  test.each<Family>(["ipv4", "ipv6"])("a question over %s is answered over it alone (L-20, L-21)", (family) => {
    expect(whereTo(dual().query(A, {}, { family }).run(2_000))).toEqual([`0 group ${family}`]);
    expect(whereTo(dual().query(question(SERVICE_TYPE, TYPE.PTR), {}, { family }).run(2_000))).toEqual([
      `70 group ${family}`,
    ]);
  });

  test("each has a rate limit of its own (A-31, L-20)", () => {
    const link = dual().query(A, {}, { family: "ipv4" });
    link.run(100).query(A, {}, { family: "ipv6" });
    link.run(100).query(A, {}, { family: "ipv4" });
    link.run(500);
    expect(whereTo(link)).toEqual(["0 group ipv4", "100 group ipv6"]);
  });

  test("what is recent for QU is so on the question's family (A-36, A-37)", () => {
    const link = dual().run(60_000).query(A, {}, { family: "ipv4" }).run(2_000).clear();
    link.query(qu(HOST, TYPE.A), {}, { family: "ipv4" });
    expect(whereTo(link.run(500))).toEqual(["0 10.77.0.2:5353 ipv4"]);
    link.clear().query(qu(HOST, TYPE.A), {}, { family: "ipv6" });
    expect(whereTo(link.run(500))).toContain("0 group ipv6");
  });

  test("records of both are given over either (A-12, A-13)", () => {
    const link = dual().query(question(HOST, TYPE.ANY), {}, { family: "ipv6" }).run(500);
    expect(link.sent.map((sent) => answersOf(sent).sort())).toEqual([[V4, V6].map(brief).sort()]);
  });

  test("a duplicate answer over the other family is not ours (A-27, L-20)", () => {
    const link = dual().query(question(SERVICE_TYPE, TYPE.PTR), {}, { family: "ipv4" });
    link.run(30).respond(SERVICE_CLAIM[0]?.record ?? [], {}, { family: "ipv6" });
    expect(whereTo(link.run(500))).toEqual(["70 group ipv4"]);
  });

  test("a rival on either is a rival (P-10, P-33)", () => {
    for (const family of ["ipv4", "ipv6"] as const) {
      const link = dual().respond(
        { ...SRV, data: { ...SRV.data, port: 9 } as typeof SRV.data, flush: true },
        {},
        { family },
      );
      expect(link.news.map(({ news }) => news)).toEqual(["probing"]);
    }
  });

  test("a query and an answer are told once, however often they are heard (L-20, B-24)", () => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] });
    link.ask(question("peer.local", TYPE.A));
    link.run(200).respond(a("peer.local", "10.77.0.2"), {}, { family: "ipv4" });
    link.respond(a("peer.local", "10.77.0.2"), {}, { family: "ipv6" });
    expect(link.told).toHaveLength(1);
  });

  test("the smaller payload of IPv6 is kept to on both (W-36)", () => {
    const link = dual();
    for (let index = 0; index < 60; index++) link.ask(question(`a question about a long name ${index}.local`, TYPE.A));
    link.run(5_000).query(question(INSTANCE, TYPE.ANY)).run(500);
    for (const { bytes, family } of link.sent)
      expect(bytes.length).toBeLessThanOrEqual(family === "ipv4" ? 1_472 : 1_452);
  });
});

test("a link with IPv6 alone does all of it over IPv6 (L-20)", () => {
  const link = new CoreOnLink({ families: ["ipv6"] });
  link.register(DUAL_HOST_CLAIM);
  link.register(SERVICE_CLAIM);
  link.ask(question("peer.local", TYPE.A));
  link.run(10_000).query(question(SERVICE_TYPE, TYPE.PTR), {}, { family: "ipv6" }).run(500);
  expect(link.probes).toHaveLength(3);
  expect(link.responses).toHaveLength(3);
  expect(new Set(link.sent.map(({ family }) => family))).toEqual(new Set(["ipv6"]));
});
