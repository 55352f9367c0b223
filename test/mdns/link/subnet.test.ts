import { BlockList, isIPv4 } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { contains, isLinkLocal, subnet } from "../../../src/mdns/link/subnet.ts";
import { parseAddress } from "../../../src/mdns/wire/address.ts";

const family = (text: string): "ipv4" | "ipv6" => (isIPv4(text) ? "ipv4" : "ipv6");

test("a source is on the link if its prefix is that of an address there (RFC 6762 §11)", () => {
  const near = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 31 }));
  fc.assert(
    fc.property(near, ([address, length, bit]) => {
      const bytes = parseAddress(address);
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (0x80 >> (bit & 7));
      expect(contains(subnet(address, length), bytes)).toBe(bit >= length);
      expect(contains(subnet(address, length), parseAddress(address))).toBe(true);
    }),
  );
});

test("the decision is that of the platform's own list, in both families", () => {
  const any = fc.oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 32 }), fc.ipV4()),
    fc.tuple(fc.ipV6(), fc.integer({ min: 1, max: 128 }), fc.ipV6()),
  );
  fc.assert(
    fc.property(any, ([address, length, source]) => {
      const list = new BlockList();
      list.addSubnet(address, length, family(address));
      expect(contains(subnet(address, length), parseAddress(source))).toBe(list.check(source, family(source)));
    }),
  );
});

test("the other family is outside", () => {
  expect(contains(subnet("0.0.0.0", 0), parseAddress("::1"))).toBe(false);
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
