import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import { readTypeBitmap, typeBitmap } from "../../../src/mdns/wire/nsec.ts";
import { message, name, record } from "./packet-bytes.ts";

const read = (...bytes: number[]) => readTypeBitmap(Uint8Array.from(bytes), 0, bytes.length);

describe("writing (W-42, A-05)", () => {
  test.each<[string, number[], number[]]>([
    ["A", [1], [0, 1, 0x40]],
    ["PTR", [12], [0, 2, 0, 0x08]],
    ["TXT", [16], [0, 3, 0, 0, 0x80]],
    ["AAAA", [28], [0, 4, 0, 0, 0, 0x08]],
    ["SRV", [33], [0, 5, 0, 0, 0, 0, 0x40]],
    ["A and AAAA", [28, 1], [0, 4, 0x40, 0, 0, 0x08]],
    ["TXT and SRV", [16, 33], [0, 5, 0, 0, 0x80, 0, 0x40]],
    ["type 255", [255], [0, 32, ...new Array(31).fill(0), 1]],
    ["no type", [], []],
  ])("%s", (_what, types, expected) => {
    expect([...typeBitmap(types)]).toEqual(expected);
  });

  test("types above 255 get windows of their own (A-09)", () => {
    expect([...typeBitmap([257, 1])]).toEqual([0, 1, 0x40, 1, 1, 0x40]);
  });

  test("in a packet the next name is the owner as a pointer (W-42)", () => {
    const owner = Name.parse("host.local");
    const bytes = encodeMessage({
      response: true,
      answers: [
        { name: owner, type: 47, class: 1, flush: true, ttl: 120, data: { kind: "nsec", next: owner, types: [1] } },
      ],
    });
    expect(bytes).toEqual(message({ an: 1 }, record(name("host", "local"), 47, [0xc0, 12, 0, 1, 0x40])));
  });
});

describe("reading", () => {
  test.each<[string, number[], number[]]>([
    ["one window", [0, 4, 0x40, 0, 0, 0x08], [1, 28]],
    ["several windows (W-45)", [0, 1, 0x40, 1, 1, 0x40, 255, 1, 0x80], [1, 257, 65_280]],
    ["a window of 32 bytes", [0, 32, ...new Array(31).fill(0), 1], [255]],
    ["zero bytes at the end of a window", [0, 3, 0x40, 0, 0], [1]],
    ["nothing", [], []],
  ])("%s", (_what, bytes, types) => {
    expect(read(...bytes)).toEqual(types);
  });

  test.each<[string, number[]]>([
    ["no length", [0]],
    ["a window of 0 bytes", [0, 0]],
    ["a window of 33 bytes", [0, 33, ...new Array(33).fill(1)]],
    ["a window that passes the end", [0, 3, 1, 1]],
    ["the same window twice", [0, 1, 0x40, 0, 1, 0x20]],
    ["windows that go down", [1, 1, 0x40, 0, 1, 0x20]],
  ])("%s is malformed (H-22)", (_what, bytes) => {
    expect(read(...bytes)).toBeUndefined();
  });

  test("a next name other than the owner is no reason to refuse a record (W-43, W-44)", () => {
    const packet = message({ an: 1 }, record(name("host", "local"), 47, [...name("zz", "local"), 0, 1, 0x40]));
    expect(decodeMessage(packet)).toMatchObject({ malformed: 0, answers: [{ data: { kind: "nsec", types: [1] } }] });
  });
});

test("any set of types comes back ascending (W-42, W-45)", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(65_535), { maxLength: 60 }), (types) => {
      const bytes = typeBitmap(types);
      expect(readTypeBitmap(bytes, 0, bytes.length)).toEqual([...types].sort((a, b) => a - b));
    }),
  );
});
