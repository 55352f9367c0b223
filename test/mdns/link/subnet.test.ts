import { SocketAddress } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { broadcastAddresses, contains, isLinkLocal, subnet } from "../../../src/mdns/link/subnet.ts";

const v4 = (bits: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join(".");
const v6 = (bits: bigint): string => {
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return new SocketAddress({ address: groups.join(":"), family: "ipv6" }).address;
};

test.each([
  ["IPv4", 32, v4],
  ["IPv6", 128, v6],
] as const)(
  "an %s source is on the link if its prefix is that of an address there (RFC 6762 §11)",
  (_family, size, text) => {
    const bits = fc.bigInt({ min: 0n, max: 2n ** BigInt(size) - 1n });
    fc.assert(
      fc.property(
        bits,
        fc.integer({ min: 0, max: size }),
        fc.integer({ min: 0, max: size - 1 }),
        (own, length, bit) => {
          const other = own ^ (1n << BigInt(size - 1 - bit));
          expect(contains(subnet(text(own), length), text(own))).toBe(true);
          expect(contains(subnet(text(own), length), text(other))).toBe(bit >= length);
        },
      ),
    );
  },
);

test("the other family is outside", () => {
  expect(contains(subnet("0.0.0.0", 0), "::1")).toBe(false);
  expect(contains(subnet("0.0.0.0", 0), "::ffff:10.77.0.1")).toBe(false);
  expect(contains(subnet("::", 0), "10.77.0.1")).toBe(false);
});

test.each([
  ["10.77.1.2", 24, ["10.77.1.255"]],
  ["10.77.1.2", 0, ["255.255.255.255"]],
  ["172.16.5.9", 12, ["172.31.255.255"]],
  ["192.0.2.1", 30, ["192.0.2.3"]],
  ["192.0.2.1", 31, []],
  ["192.0.2.1", 32, []],
  ["fd00::1", 64, []],
])("all hosts of the subnet of %s/%i are reached at %s (U-16)", (address, prefixLength, expected) => {
  expect([...broadcastAddresses([{ address, prefixLength }])]).toEqual(expected);
});

test.each([
  ["fe80::1", true],
  ["FEBF::1", true],
  ["fec0::1", false],
  ["fd00::1", false],
  ["169.254.0.1", true],
  ["10.77.0.1", false],
  ["::1", false],
])("%s is link-local: %s", (text, expected) => {
  expect(isLinkLocal(text)).toBe(expected);
});
