import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Txt } from "../../../src/mdns/dnssd/txt.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const txt = (...strings: string[]): Txt => new Txt(strings.map(bytes));

test("absent, without value, with an empty value and with a value are four things (RFC 6763 §6.4; T-10, T-11)", () => {
  const read = txt("x", "y=", "z=1");
  expect([read.get("x"), read.get("y"), read.get("z"), read.get("w")]).toEqual([
    true,
    new Uint8Array(),
    bytes("1"),
    undefined,
  ]);
  expect([read.text("x"), read.text("y"), read.text("z"), read.text("w")]).toEqual([undefined, "", "1", undefined]);
  expect([read.has("x"), read.has("w")]).toEqual([true, false]);
});

test("the value is all after the first equals sign (RFC 6763 §6.3; T-04)", () => {
  expect(txt("a=b=c").text("a")).toBe("b=c");
});

test("keys are found in any case, kept as published, and of duplicates the first counts (RFC 6763 §6.4; T-08, T-09, T-13)", () => {
  const read = txt("PaperSize=A4", "papersize=A3", " a=1");
  expect(read.text("PAPERSIZE")).toBe("A4");
  expect([...read.keys()]).toEqual(["PaperSize", " a"]);
  expect(read.size).toBe(2);
});

test("strings without a key and empty strings are skipped (RFC 6763 §6.4; T-05, T-23)", () => {
  expect(txt("=x", "", "a=1").toObject()).toEqual(Object.assign(Object.create(null), { a: "1" }));
});

test("an odd key does not disturb the others (T-06)", () => {
  const read = new Txt([Uint8Array.of(0xff, 0x3d, 0x31), bytes("a=1")]);
  expect(read.text("a")).toBe("1");
  expect(read.size).toBe(2);
});

test("values are bytes; quotes and spaces are data (RFC 6763 §6.5; T-14, T-15)", () => {
  const value = Uint8Array.of(0, 0xff, 0x3d);
  expect(new Txt([Uint8Array.of(0x6b, 0x3d, ...value)]).get("k")).toEqual(value);
  expect(txt('k="x" ').text("k")).toBe('"x" ');
});

test("a key such as __proto__ changes no prototype (S-13)", () => {
  const object = txt("__proto__=x", "constructor=y", "toString").toObject();
  expect(Object.getPrototypeOf(object)).toBeNull();
  expect(Object.entries(object)).toEqual([
    ["__proto__", "x"],
    ["constructor", "y"],
    ["toString", true],
  ]);
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  expect(txt("a=1").has("__proto__")).toBe(false);
  expect(JSON.stringify(txt("__proto__=x"))).toBe('{"__proto__":"x"}');
});

test("iteration gives the pairs in the order of the record (T-17, T-20)", () => {
  expect([...txt("txtvers=1", "b", "a=2")]).toEqual([
    ["txtvers", bytes("1")],
    ["b", true],
    ["a", bytes("2")],
  ]);
});

test("a version that a program does not know can be told by its key (RFC 6763 §6.7; T-19)", () => {
  const known = new Set(["1"]);
  expect(known.has(txt("txtvers=2", "a=1").text("txtvers") ?? "")).toBe(false);
  expect(known.has(txt("TxtVers=1", "a=1").text("txtvers") ?? "")).toBe(true);
});

test("prints as an object of its attributes", () => {
  expect(inspect(txt("a=1", "flag"))).toBe(inspect(txt("a=1", "flag").toObject()));
  expect(inspect(txt("a=1", "flag"))).toContain("a: '1', flag: true");
});
