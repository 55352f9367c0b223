import { expect, test, vi } from "vitest";
import { boundedMemo } from "../../../src/mdns/link/bounded-memo.ts";

test("an answer is computed once, for as many keys as there is room", () => {
  const compute = vi.fn((key: string) => key.length);
  const memo = boundedMemo(2, compute);
  expect([memo("a"), memo("bb"), memo("a"), memo("bb")]).toEqual([1, 2, 1, 2]);
  expect(compute).toHaveBeenCalledTimes(2);
  memo("ccc");
  memo("a");
  expect(compute).toHaveBeenCalledTimes(4);
});
