import { describe, expect, test } from "vitest";
import { CoreError } from "../../../src/mdns/core/core-error.ts";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { HOST, HOST_CLAIM, INSTANCE, SERVICE_CLAIM, SRV, TXT } from "./printer.ts";
import { a, opaque, own, srv, txt } from "./records.ts";

const CASES: [string, OwnRecord[], string, RegExp][] = [
  ["class 0x8001 (W-51)", own("unique", a(HOST, "10.0.0.1", { class: 0x8001 })), "ERR_MDNS_RECORD_CLASS", /32769/],
  ["a class that is no integer", own("unique", a(HOST, "10.0.0.1", { class: 1.5 })), "ERR_MDNS_RECORD_CLASS", /1\.5/],
  ["TTL 0: that is a goodbye", own("unique", a(HOST, "10.0.0.1", { ttl: 0 })), "ERR_MDNS_RECORD_TTL", /TTL 0/],
  ["a negative TTL", own("shared", a(HOST, "10.0.0.1", { ttl: -1 })), "ERR_MDNS_RECORD_TTL", /-1/],
  ["a TTL above 31 bits", own("shared", a(HOST, "10.0.0.1", { ttl: 2 ** 31 })), "ERR_MDNS_RECORD_TTL", /2147483648/],
  [
    "a record of 9000 bytes (W-39, H-07)",
    own("unique", txt(INSTANCE, Array(36).fill("x".repeat(250)))),
    "ERR_MDNS_RECORD_TOO_LARGE",
    /8972/,
  ],
  [
    "two names in one claim",
    own("unique", srv(INSTANCE, HOST, 1), a(HOST, "10.0.0.1")),
    "ERR_MDNS_CLAIM_NAMES",
    /two names/,
  ],
];

describe.each(CASES)(
  "a claim that cannot be published is refused before any effect: %s (H-12)",
  (_case, records, code, message) => {
    test("when registered (H-12)", () => {
      const link = new CoreOnLink();
      expect(() => link.register(records)).toThrow(
        expect.objectContaining({ code, message: expect.stringMatching(message) }),
      );
      expect(() => link.register(records)).toThrow(CoreError);
      expect(link.core.deadline).toBeUndefined();
      expect(link.core.counters.claims).toBe(0);
    });

    test("when updated or replaced: the claim stays as it was (H-12)", () => {
      const link = new CoreOnLink();
      const claim = link.register(SERVICE_CLAIM);
      link.run(10_000).clear();
      expect(() => link.update(claim, records)).toThrow(CoreError);
      expect(() => link.replace(claim, records)).toThrow(CoreError);
      expect(link.run(10_000).transcript).toEqual([]);
      expect(link.news).toEqual([]);
      link.withdraw(claim).run(100);
      expect(link.responses[0]?.message.answers).toHaveLength(5);
    });
  },
);

test.each([
  ["ANY", TYPE.ANY],
  ["OPT", TYPE.OPT],
  ["TSIG", TYPE.TSIG],
])("%s is no type that a record of a name can have (W-21)", (_case, type) => {
  const link = new CoreOnLink();
  expect(() => link.register(own("shared", opaque(HOST, type, [1, 2])))).toThrow(CoreError);
  expect(link.core.deadline).toBeUndefined();
});

test("data that cannot be written is refused at the call (H-04, H-12)", () => {
  const link = new CoreOnLink();
  expect(() => link.register(own("unique", srv(INSTANCE, HOST, 70_000)))).toThrow(/70000|70,000/);
  expect(() => link.register(own("unique", txt(INSTANCE, ["x".repeat(256)])))).toThrow(/255/);
  expect(() => link.register(own("unique", a(HOST, "fe80::1")))).toThrow(/fe80::1/);
  expect(link.core.deadline).toBeUndefined();
});

test("calls about claims and questions that are gone do nothing (H-12)", () => {
  const link = new CoreOnLink();
  const claim = link.register(HOST_CLAIM);
  link
    .withdraw(claim)
    .withdraw(claim)
    .update(claim, own("unique", SRV, TXT))
    .replace(claim, own("unique", SRV, TXT));
  link.stop(4_711).forget().forget().withdrawAll();
  expect(link.run(10_000).transcript).toEqual([]);
  expect(link.news.filter(({ news }) => news !== "probing")).toEqual([]);
});

describe("a unique record must fit a probe as well (RFC 6762 §8.1, §17)", () => {
  const sized = (length: number): ReturnType<typeof txt> => {
    const strings = Array.from({ length: length >> 8 }, () => "x".repeat(255));
    return txt("k.local", [...strings, "x".repeat(Math.max(0, (length & 255) - 1))]);
  };

  test("between the two sizes it is refused unless it is shared; just below it is proposed (P-07)", () => {
    expect(() => new CoreOnLink().register(own("unique", sized(8_935)))).toThrow(CoreError);
    expect(() => new CoreOnLink().register(own("shared", sized(8_935)))).not.toThrow();
    const link = new CoreOnLink();
    link.register(own("unique", sized(8_920)));
    expect(link.run(200).probes.map(({ message }) => message.authorities.length)).toEqual([1]);
  });
});

test.each([
  ["ipv4", 576 - 28],
  ["ipv6", 1_280 - 48],
] as const)("an MTU below what %s guarantees is taken for that (W-39)", (family, payload) => {
  const link = new CoreOnLink({ mtu: 40, families: [family] });
  link.register(own("unique", ...Array.from({ length: 60 }, (_, index) => txt("k.local", [`${index}`.repeat(20)]))));
  link.run(1_000);
  expect(link.responses.length).toBeGreaterThan(1);
  const largest = Math.max(...link.responses.map(({ bytes }) => bytes.length));
  expect(largest).toBeGreaterThan(payload * 0.8);
  expect(largest).toBeLessThanOrEqual(payload);
});
