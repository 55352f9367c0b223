import { expect, test } from "vitest";
import { TwinFilter } from "../../../src/mdns/link/twin-filter.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

test("a copy by a second interface is dropped, a probe repeated after 250 ms is not (RFC 6762 §8.1)", () => {
  const twins = new TwinFilter();
  expect(twins.isTwin("10.77.0.2 5353", bytes("probe"), 0)).toBe(false);
  expect(twins.isTwin("10.77.0.2 5353", bytes("probe"), 1)).toBe(true);
  expect(twins.isTwin("10.77.0.2 5353", bytes("probe"), 250)).toBe(false);
});

test("another sender and other bytes are no copy", () => {
  const twins = new TwinFilter();
  expect(twins.isTwin("10.77.0.2 5353", bytes("a"), 0)).toBe(false);
  expect(twins.isTwin("10.77.0.3 5353", bytes("a"), 0)).toBe(false);
  expect(twins.isTwin("10.77.0.2 5353", bytes("b"), 0)).toBe(false);
});

test("payloads in turn do not slip past: the copy of each is known, however they alternate (H-23)", () => {
  const twins = new TwinFilter();
  const payloads = ["a", "b", "c", "d"].map(bytes);
  const round = (now: number): boolean[] => payloads.map((payload) => twins.isTwin("10.77.0.2 5353", payload, now));
  expect(round(0)).toEqual([false, false, false, false]);
  for (let now = 1; now <= 25; now++) expect(round(now)).toEqual([true, true, true, true]);
});

test("a flood makes it forget the oldest, not grow", () => {
  const twins = new TwinFilter();
  for (let index = 0; index < 1_000; index++) twins.isTwin("10.77.0.2 5353", bytes(`${index}`), 0);
  expect(twins.isTwin("10.77.0.2 5353", bytes("999"), 1)).toBe(true);
  expect(twins.isTwin("10.77.0.2 5353", bytes("0"), 1)).toBe(false);
});
