import { describe, expect, test } from "vitest";
import { CoreError } from "../../../src/mdns/core/core-error.ts";
import { CoreOnLink, gaps, times } from "./core-on-link.ts";
import { HOST, HOST_CLAIM, PTR, REVERSE_PTR, SERVICE_CLAIM, SRV, SUBTYPE_PTR, TXT, TYPE_PTR, V4 } from "./printer.ts";
import { brief, own, ptr, srv, txt } from "./records.ts";

const ALL = [V4, REVERSE_PTR, PTR, SUBTYPE_PTR, TYPE_PTR, SRV, TXT].map(brief).sort();
const SHARED = [PTR, SUBTYPE_PTR, TYPE_PTR].map(brief);

function announcing(): CoreOnLink {
  const link = new CoreOnLink();
  link.register(HOST_CLAIM);
  link.register(SERVICE_CLAIM);
  return link.run(60_000);
}

describe("announcing (RFC 6762 §8.3)", () => {
  test("every record, shared and unique, is in the answer section, each time (P-25, P-29)", () => {
    const { responses } = announcing();
    expect(responses.length).toBeGreaterThanOrEqual(2);
    for (const { message } of responses) {
      expect(message.answers.map(brief).sort()).toEqual(ALL);
      expect(message.additionals).toEqual([]);
      expect(message.questions).toEqual([]);
    }
  });

  test("two to eight times, the first gap a second or a little more, each further gap twice the last (P-27, P-28)", () => {
    const { responses } = announcing();
    const intervals = gaps(responses);
    expect(responses.length).toBeLessThanOrEqual(8);
    expect(intervals[0]).toBeGreaterThanOrEqual(1_000);
    expect(intervals[0]).toBeLessThanOrEqual(1_250);
    for (let index = 1; index < intervals.length; index++) {
      expect(intervals[index]).toBeGreaterThanOrEqual(2 * (intervals[index - 1] as number));
    }
  });

  test("the flush bit is set on unique records and clear on shared ones (P-26, A-45, A-46)", () => {
    for (const { message } of announcing().responses) {
      const flushed = message.answers.filter(({ flush }) => flush).map(brief);
      expect(flushed.sort()).toEqual(ALL.filter((entry) => !SHARED.includes(entry)));
    }
  });

  test("flags are 0x8400 and the ID is 0 (RFC 6762 §18; W-02, W-05, W-06, W-08, W-10, W-11, W-13, W-15)", () => {
    for (const { bytes } of announcing().responses) {
      expect(bytes.subarray(0, 6)).toEqual(Uint8Array.of(0, 0, 0x84, 0, 0, 0));
    }
  });

  test("then silence for a day (P-30, P-31)", () => {
    const link = announcing();
    expect(link.sent.length).toBeLessThanOrEqual(10);
    expect(link.clear().run(24 * 3_600_000).transcript).toEqual([]);
  });
});

describe("more records than a packet holds (RFC 6762 §17)", () => {
  test("are announced in several packets within the MTU, all of them twice, none with TC (P-25, P-27, W-10, W-36)", () => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] });
    link.register(HOST_CLAIM);
    const names = Array.from({ length: 60 }, (_, index) => `Service number ${index}._http._tcp.local`);
    for (const name of names) {
      const strings = ["path=/somewhere", "quite=a long string with some words in it"];
      link.register([
        ...own("shared", ptr("_http._tcp.local", name)),
        ...own("unique", srv(name, HOST, 80), txt(name, strings)),
      ]);
    }
    link.run(60_000);
    for (const family of ["ipv4", "ipv6"]) {
      const count = new Map<string, number>();
      for (const { bytes, message } of link.responses.filter((sent) => sent.family === family)) {
        expect(bytes.length).toBeLessThanOrEqual(family === "ipv4" ? 1_472 : 1_452);
        expect(message.truncated).toBe(false);
        for (const key of message.answers.map(brief)) count.set(key, (count.get(key) ?? 0) + 1);
      }
      expect(count.size).toBe(182);
      expect(new Set(count.values())).toEqual(new Set([link.responses.length === 0 ? 0 : 2]));
    }
  });

  test.each([600, 1_280])("an MTU of %i is kept to (W-36)", (mtu) => {
    const link = new CoreOnLink({ mtu });
    link.register(HOST_CLAIM);
    link.register(SERVICE_CLAIM);
    for (let index = 0; index < 20; index++) {
      const name = `Service number ${index}._http._tcp.local`;
      link.register([
        ...own("shared", ptr("_http._tcp.local", name)),
        ...own("unique", srv(name, HOST, 80), txt(name, ["a"])),
      ]);
    }
    link.run(60_000);
    for (const { bytes } of link.sent) expect(bytes.length).toBeLessThanOrEqual(mtu - 28);
  });

  test("one too large for the MTU goes alone in its datagram (W-37, W-38)", () => {
    const name = "Big._http._tcp.local";
    const big = txt(
      name,
      Array.from({ length: 10 }, (_, index) => `${index}=${"x".repeat(248)}`),
    );
    const link = new CoreOnLink();
    link.register([...own("shared", ptr("_http._tcp.local", name)), ...own("unique", srv(name, HOST, 80), big)]);
    link.run(60_000);
    const large = link.sent.filter(({ bytes }) => bytes.length > 1_472);
    const announced = link.responses.filter(({ message }) =>
      message.answers.some((entry) => brief(entry) === brief(big)),
    );
    expect(announced).toHaveLength(2);
    for (const { message } of large.filter(({ message: { response } }) => response)) {
      expect(message.answers.length + message.authorities.length + message.additionals.length).toBe(1);
    }
    const others = link.responses.flatMap(({ message }) => message.answers.map(brief));
    expect(others.filter((entry) => entry === brief(srv(name, HOST, 80)))).toHaveLength(2);
    for (const { message } of large) {
      expect(message.answers.length + message.authorities.length + message.additionals.length).toBe(1);
    }
  });

  test("one too large for any packet is refused, and nothing is sent (W-39, H-07)", () => {
    const link = new CoreOnLink();
    const name = "Huge._http._tcp.local";
    const huge = txt(
      name,
      Array.from({ length: 36 }, (_, index) => `${index}=${"x".repeat(247)}`),
    );
    expect(() => link.register(own("unique", huge, srv(name, HOST, 80)))).toThrow(CoreError);
    expect(link.run(10_000).transcript).toEqual([]);
    expect(link.core.deadline).toBeUndefined();
  });
});

test("the second announcement waits for the second to pass even when the first came late (P-27, P-29)", () => {
  const link = new CoreOnLink();
  link.register(HOST_CLAIM);
  link.run(700).register(SERVICE_CLAIM);
  link.run(60_000);
  for (const record of [V4, SRV, PTR]) {
    const sent = link.responses.filter(({ message }) =>
      message.answers.some((entry) => brief(entry) === brief(record)),
    );
    expect(sent.length).toBeGreaterThanOrEqual(2);
    for (const gap of gaps(sent)) expect(gap).toBeGreaterThanOrEqual(1_000);
  }
  expect(times(link.responses)[0]).toBe(875);
});
