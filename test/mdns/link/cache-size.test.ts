import { expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { cacheSize } from "../../../src/mdns/link/cache-size.ts";

test("a small heap has a small cache, a usual one a cache of full size (C-22, S-11)", () => {
  expect(cacheSize(2 ** 27)).toBe(4_096);
  expect(cacheSize(2 ** 32)).toBe(LIMITS.cacheRecords);
  expect(cacheSize()).toBeGreaterThan(0);
});
