import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressSize, formatIpv4, formatIpv6, parseAddress } from "../../../src/mdns/wire/address.ts";

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(16).fill(0xee);
  return bytes.subarray(0, parseAddress(text, bytes));
}

test.each([
  ["0.0.0.0", "0.0.0.0"],
  ["255.255.255.255", "255.255.255.255"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
  ["fe80:0:0:0:0:0:0:0abc", "fe80::abc"],
  ["::ffff:1.2.3.4", "::ffff:1.2.3.4"],
  ["::ffff:102:304", "::ffff:1.2.3.4"],
  ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
  ["1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
])("%s is %s (RFC 5952)", (text, canonical) => {
  const bytes = bytesOf(text);
  expect(bytes.length === 4 ? formatIpv4(bytes, 0) : formatIpv6(bytes, 0)).toBe(canonical);
});

test.each([
  "",
  "1.2.3",
  "1.2.3.4.5",
  "1.2.3.256",
  "01.2.3.4",
  "1.2.3.4 ",
  " 1.2.3.4",
  "1..2.3",
  "a.b.c.d",
  ":",
  ":::",
  "1:2",
  "1::2::3",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7:8::",
  "::1:2:3:4:5:6:7:8",
  ":1::2",
  "1:2:3:4:5:6:7:",
  "12345::",
  "g::",
  "fe80::1%eth0",
  "1.2.3.4::",
  "::1.2.3.4:1",
  "1:2:3:4:5:6:7:1.2.3.4",
  "::ffff:1.2.3.400",
])("%j is refused", (text) => {
  expect(() => bytesOf(text)).toThrow(expect.objectContaining({ code: "ERR_WIRE_ADDRESS" }));
});

describe("any text", () => {
  const alike = fc.string({ unit: fc.constantFrom(..."0123456789afAF:.:.::"), maxLength: 40 });
  const groups = fc.array(fc.constantFrom("0", "1", "ffff", "", "10", "1.2.3.4"), { minLength: 1, maxLength: 9 });

  test("is an address here exactly when it is one for Node", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          alike,
          groups.map((parts) => parts.join(":")),
        ),
        (text) => {
          const family = isIP(text);
          const size = family === 4 ? 4 : family === 6 ? 16 : 0;
          let parsed = 0;
          try {
            parsed = bytesOf(text).length;
          } catch {
            parsed = 0;
          }
          expect([parsed, addressSize(text)]).toEqual([size, size]);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test("written from any bytes comes back to them", () => {
    const sparse = fc.array(fc.oneof(fc.constant(0), fc.nat(255)), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(sparse, (bytes) => {
        expect([...bytesOf(formatIpv6(Uint8Array.from(bytes), 0))]).toEqual(bytes);
        expect([...bytesOf(formatIpv4(Uint8Array.from(bytes), 12))]).toEqual(bytes.slice(12));
      }),
    );
  });
});
