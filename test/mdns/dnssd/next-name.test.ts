import fc from "fast-check";
import { expect, test } from "vitest";
import { nextHostName, nextInstanceName } from "../../../src/mdns/dnssd/next-name.ts";

const none = (): number => 0;
const bytes = (text: string): number => new TextEncoder().encode(text).length;

test.each([
  ["Printer", "Printer (2)"],
  ["Printer (2)", "Printer (3)"],
  ["Printer (9)", "Printer (10)"],
  ["(2)", "(2) (2)"],
  ["Printer (0)", "Printer (2)"],
  ["x".repeat(63), `${"x".repeat(59)} (2)`],
  [`${"x".repeat(57)} ${"y".repeat(5)}`, `${"x".repeat(57)} y (2)`],
  [`${"x".repeat(58)} yyyy`, `${"x".repeat(58)} (2)`],
  ["é".repeat(31), `${"é".repeat(29)} (2)`],
  ["👨‍👩‍👧".repeat(3), `${"👨‍👩‍👧".repeat(3)} (2)`],
  [`${"👨‍👩‍👧".repeat(3)}abcdef`, `${"👨‍👩‍👧".repeat(3)}abcde (2)`],
])("after %s comes %s (P-37, P-38, P-39)", (name, next) => {
  expect(nextInstanceName(name, none)).toBe(next);
});

test.each([
  ["nas", "nas-2"],
  ["nas-2", "nas-3"],
  ["nas-9", "nas-10"],
  ["-5", "-5-2"],
  ["my-nas", "my-nas-2"],
  ["x".repeat(63), `${"x".repeat(61)}-2`],
])("after the host %s comes %s (P-38, P-39)", (name, next) => {
  expect(nextHostName(name, none)).toBe(next);
});

test("from ten on the number leaps, so that many of one name part soon (P-38)", () => {
  expect(nextInstanceName("x (10)", () => 0.5)).toBe("x (61)");
  expect(nextHostName("x-10", () => 0.99)).toBe("x-110");
});

test("any name leads to another one within 63 bytes of whole characters (P-39, H-08)", () => {
  const label = fc.string({ unit: "grapheme", minLength: 1, maxLength: 63 }).filter((text) => bytes(text) <= 63);
  fc.assert(
    fc.property(label, fc.double({ min: 0, max: 0.999, noNaN: true }), (text, draw) => {
      for (const next of [nextInstanceName(text, () => draw), nextHostName(text, () => draw)]) {
        expect(bytes(next)).toBeLessThanOrEqual(63);
        expect(next).not.toBe(text);
        expect(next).not.toContain("\ufffd");
        expect(/\p{Cs}/u.test(next)).toBe(false);
      }
    }),
  );
});
