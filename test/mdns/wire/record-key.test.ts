import { describe, expect, test } from "vitest";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { RecordData, ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { rdataBytes, recordKey, rrsetKey, sameRecord } from "../../../src/mdns/wire/record-key.ts";
import { labels, message, name, pointer, record } from "./packet-bytes.ts";

function make(type: number, data: RecordData, more: Partial<ResourceRecord> = {}): ResourceRecord {
  return { name: Name.parse("Host.local"), type, class: 1, flush: true, ttl: 120, data, ...more };
}

const target = Name.parse("Other.local");
const TARGET = name("Other", "local");

describe("rdataBytes: uncompressed, in the case as published (P-18, P-19)", () => {
  test.each<[string, ResourceRecord, number[]]>([
    ["A", make(1, { kind: "address", address: "169.254.99.200" }), [169, 254, 99, 200]],
    ["AAAA", make(28, { kind: "address", address: "FE80::1" }), [0xfe, 0x80, ...new Array(13).fill(0), 1]],
    ["PTR", make(12, { kind: "name", target }), TARGET],
    ["SRV", make(33, { kind: "srv", priority: 1, weight: 2, port: 3, target }), [0, 1, 0, 2, 0, 3, ...TARGET]],
    ["TXT", make(16, { kind: "txt", strings: [Uint8Array.of(1, 2)] }), [2, 1, 2]],
    ["TXT without strings (T-02)", make(16, { kind: "txt", strings: [] }), [0]],
    ["TXT of one empty string (T-02)", make(16, { kind: "txt", strings: [new Uint8Array(0)] }), [0]],
    ["NSEC", make(47, { kind: "nsec", next: target, types: [1] }), [...TARGET, 0, 1, 0x40]],
    ["MX", make(15, { kind: "opaque", bytes: Uint8Array.of(0, 1, ...TARGET) }), [0, 1, ...TARGET]],
  ])("%s", (_what, made, expected) => {
    expect([...rdataBytes(made)]).toEqual(expected);
    expect(rdataBytes(made)).toBe(rdataBytes(made));
  });

  test("names compressed in a packet are compared in full (P-19)", () => {
    const packet = message(
      { an: 1 },
      record(name("a", "local"), 33, [0, 0, 0, 0, 0, 1, ...labels("b"), ...pointer(14)]),
    );
    const [answer] = decodeMessage(packet).answers;
    expect([...rdataBytes(answer as ResourceRecord)]).toEqual([0, 0, 0, 0, 0, 1, ...name("b", "local")]);
  });
});

describe("recordKey (A-25)", () => {
  const a = make(1, { kind: "address", address: "10.0.0.1" });

  test("is the same without regard to TTL, flush bit and ASCII case", () => {
    const other = { ...a, ttl: 1, flush: false, name: Name.parse("hOST.LOCAL") };
    expect(recordKey(other)).toBe(recordKey(a));
    expect(sameRecord(other, a)).toBe(true);
    expect(rrsetKey(other)).toBe(rrsetKey(a));
  });

  test.each<[string, ResourceRecord]>([
    ["name", { ...a, name: Name.parse("host2.local") }],
    ["type", { ...a, type: 99, data: { kind: "opaque", bytes: Uint8Array.of(10, 0, 0, 1) } }],
    ["class", { ...a, class: 3 }],
  ])("differs by %s", (_what, other) => {
    expect(sameRecord(other, a)).toBe(false);
    expect(rrsetKey(other)).not.toBe(rrsetKey(a));
  });

  test("differs by rdata, within one RRset", () => {
    const other = make(1, { kind: "address", address: "10.0.0.2" });
    expect(sameRecord(other, a)).toBe(false);
    expect(rrsetKey(other)).toBe(rrsetKey(a));
  });

  const lower = Name.parse("other.LOCAL");
  const LOWER = name("other", "LOCAL");
  const bytes = (...rdata: number[]): RecordData => ({ kind: "opaque", bytes: Uint8Array.from(rdata) });
  test.each<[string, number, RecordData, RecordData]>([
    ["PTR", 12, { kind: "name", target }, { kind: "name", target: lower }],
    [
      "SRV",
      33,
      { kind: "srv", priority: 0, weight: 65, port: 66, target },
      { kind: "srv", priority: 0, weight: 65, port: 66, target: lower },
    ],
    ["NSEC", 47, { kind: "nsec", next: target, types: [1] }, { kind: "nsec", next: lower, types: [1] }],
    ["MX", 15, bytes(0, 65, ...TARGET), bytes(0, 65, ...LOWER)],
    [
      "SOA",
      6,
      bytes(...TARGET, ...TARGET, ...new Array(20).fill(65)),
      bytes(...LOWER, ...TARGET, ...new Array(20).fill(65)),
    ],
  ])("folds names within %s", (_what, type, one, other) => {
    expect(sameRecord(make(type, one), make(type, other))).toBe(true);
    expect(rdataBytes(make(type, one))).not.toEqual(rdataBytes(make(type, other)));
  });

  test.each<[string, number, RecordData, RecordData]>([
    ["TXT strings", 16, { kind: "txt", strings: [Uint8Array.of(65)] }, { kind: "txt", strings: [Uint8Array.of(97)] }],
    [
      "SRV ports",
      33,
      { kind: "srv", priority: 0, weight: 0, port: 0x4141, target },
      { kind: "srv", priority: 0, weight: 0, port: 0x6161, target },
    ],
    ["MX preferences", 15, bytes(0, 65, ...TARGET), bytes(0, 97, ...TARGET)],
    ["other bytes", 99, bytes(...TARGET), bytes(...LOWER)],
  ])("does not fold %s", (_what, type, one, other) => {
    expect(sameRecord(make(type, one), make(type, other))).toBe(false);
  });

  test("TXT without strings and of one empty string are the same (T-03)", () => {
    const none = make(16, { kind: "txt", strings: [] });
    const empty = make(16, { kind: "txt", strings: [new Uint8Array(0)] });
    const received = decodeMessage(message({ an: 1 }, record(name("host", "local"), 16, []))).answers[0];
    expect(sameRecord(none, empty)).toBe(true);
    expect(sameRecord(none, received as ResourceRecord)).toBe(true);
  });

  test.each<[string, RecordData, number[]]>([
    ["an address", { kind: "address", address: "10.0.0.1" }, [10, 0, 0, 1]],
    ["a target", { kind: "name", target: lower }, TARGET],
    ["a service", { kind: "srv", priority: 1, weight: 2, port: 3, target: lower }, [0, 1, 0, 2, 0, 3, ...TARGET]],
    ["text", { kind: "txt", strings: [Uint8Array.of(65, 66)] }, [2, 65, 66]],
    ["a denial", { kind: "nsec", next: lower, types: [1, 28] }, [...TARGET, 0, 4, 0x40, 0, 0, 8]],
  ])("a record with %s that came from the network equals one made here", (_what, data, rdata) => {
    const type = { address: 1, name: 12, srv: 33, txt: 16, nsec: 47, opt: 41, opaque: 99 }[data.kind];
    const received = decodeMessage(message({ an: 1 }, record(name("HOST", "local"), type, rdata))).answers[0];
    expect(recordKey(received as ResourceRecord)).toBe(recordKey(make(type, data)));
    expect(recordKey({ ...(received as ResourceRecord), ttl: 0 })).toBe(recordKey(make(type, data)));
  });
});
