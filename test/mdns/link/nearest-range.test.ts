import { expect, test } from "vitest";
import { nearestRange } from "../../../src/mdns/link/nearest-range.ts";
import { subnet } from "../../../src/mdns/link/subnet.ts";

const RANGES = [
  ["10.77.1.1", 24],
  ["10.77.2.1", 24],
  ["fe80::1", 64],
  ["fd00::1", 64],
] as const;
const own = RANGES.map(([address, prefixLength]) => ({ address, range: subnet(address, prefixLength) }));

test.each([
  ["that of the peer's subnet", "10.77.2.9", "10.77.2.1"],
  ["that of the peer's subnet", "fd00::9", "fd00::1"],
  ["the first of its family for a peer in no subnet", "10.99.0.9", "10.77.1.1"],
  ["the first of its family for a peer in no subnet", "2001:db8::9", "fe80::1"],
])("the address to answer from is %s: %s from %s", (_rule, peer, expected) => {
  const nearest = nearestRange(own);
  expect(nearest(peer)?.address).toBe(expected);
  expect(nearest(peer)?.address).toBe(expected);
});

test("without an address of the peer's family there is none to answer from", () => {
  const nearest = nearestRange(own.slice(0, 2));
  expect(nearest("fe80::9")).toBeUndefined();
});
