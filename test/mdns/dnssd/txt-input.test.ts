import fc from "fast-check";
import { expect, test } from "vitest";
import { Txt } from "../../../src/mdns/dnssd/txt.ts";
import { txtAdvice } from "../../../src/mdns/dnssd/txt-advice.ts";
import { txtStrings } from "../../../src/mdns/dnssd/txt-input.ts";

const text = (strings: readonly Uint8Array[]): string[] => strings.map((string) => Buffer.from(string).toString());

test("an object gives its attributes in order (RFC 6763 §6.3, §6.4; T-04, T-08, T-10, T-15, T-20)", () => {
  const strings = txtStrings({
    txtvers: 1,
    a: "b=c",
    flag: true,
    off: false,
    none: undefined,
    empty: "",
    " k ": '"q" ',
  });
  expect(text(strings)).toEqual(["txtvers=1", "a=b=c", "flag", "empty=", ' k ="q" ']);
});

test("binary values go out as they are (RFC 6763 §6.5; T-14, T-16)", () => {
  expect(txtStrings({ k: Uint8Array.of(0, 0xff, 0x3d) })).toEqual([Uint8Array.of(0x6b, 0x3d, 0, 0xff, 0x3d)]);
});

test("a list gives its strings as they are (T-20)", () => {
  expect(text(txtStrings(["b=1", "a", Buffer.from("c=")]))).toEqual(["b=1", "a", "c="]);
});

test("what is changed afterwards has no effect", () => {
  const value = Uint8Array.of(1);
  const [string] = txtStrings({ k: value });
  value[0] = 2;
  expect(string).toEqual(Uint8Array.of(0x6b, 0x3d, 1));
});

test.each([
  [{ "k\u00e9y": "1" }],
  [{ "": "1" }],
  [{ "a=b": "1" }],
  [{ "a=b": true }],
  [{ a: 1, A: 2 }],
  [["a=1", "A"]],
  [["=x"]],
  [[""]],
  [{ k: "x".repeat(254) }],
  [["x".repeat(256)]],
  [{ k: Symbol("x") }],
  [{ k: null }],
  [[5]],
  [new Map([["a", "b"]])],
  [Uint8Array.of(1)],
  ["a=1"],
  [null],
])("%j is refused, naming txt (RFC 6763 §6.1, §6.4; T-01, T-06, T-12)", (input) => {
  expect(() => txtStrings(input)).toThrow(expect.objectContaining({ code: "ERR_MDNS_ARGUMENT" }));
  expect(() => txtStrings(input)).toThrow(/^txt/);
});

test("a string of exactly 255 bytes fits (RFC 1035 §3.3.14; T-01)", () => {
  expect(txtStrings({ k: "x".repeat(253) })[0]).toHaveLength(255);
});

test("an own key __proto__ is an attribute like any other (S-13)", () => {
  expect(text(txtStrings(JSON.parse('{"__proto__":"x"}')))).toEqual(["__proto__=x"]);
});

test("what is published is what is read (T-09, T-14)", () => {
  const key = fc.stringMatching(/^[ -<>-~]{1,20}$/);
  const value = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.constant(true as const));
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name.toLowerCase() }), (pairs) => {
      const input = Object.assign(Object.create(null), Object.fromEntries(pairs));
      const read = new Txt(txtStrings(input));
      expect(read.size).toBe(pairs.length);
      for (const [name, wanted] of pairs) expect(read.get(name.toUpperCase())).toEqual(wanted);
    }),
  );
});

test("long keys and large records are advised against, not refused (RFC 6763 §6.2, §6.4; T-07, T-21, T-22, W-40)", () => {
  expect(txtAdvice(txtStrings({ ninechars: "1" }))).toEqual([]);
  expect(txtAdvice(txtStrings({ tencharact: "1" }))).toHaveLength(1);
  const large = (count: number) => txtStrings(Array.from({ length: count }, (_, index) => `${index}=`.padEnd(99, "x")));
  expect(txtAdvice(large(4))).toEqual([]);
  expect(txtAdvice(large(5))).toEqual([expect.stringContaining("exceeds 400")]);
  expect(txtAdvice(large(14))).toEqual([expect.stringContaining("exceeds 1300")]);
});
