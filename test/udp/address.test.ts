import { isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isIpv6 } from "../../src/udp/address.ts";

describe("the text of an IPv6 address", () => {
  test.each([
    "::",
    "::1",
    "fe80::1",
    "FE80::A",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::",
    "::ffff:10.77.0.1",
    "1:2:3:4:5:6:10.77.0.1",
  ])("%s is one", (text) => expect(isIpv6(text)).toBe(true));

  test.each([
    "",
    ":",
    ":::",
    "1:2:3:4:5:6:7:8:9",
    "1::2::3",
    "12345::",
    "::g",
    "::ffff:10.77.0",
    "10.77.0.1",
    "host",
    " ::1",
    "::1\0",
  ])("%j is none", (text) => expect(isIpv6(text)).toBe(false));

  test("is what Node takes for one", () => {
    const part = fc.oneof(
      fc.constantFrom("::", ":", ".", "ffff", "0", "00", "01", "255", "256"),
      fc.stringMatching(/^[0-9a-g]{1,5}$/),
    );
    const text = fc.array(part, { maxLength: 18 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(text, fc.ipV6(), fc.string()), (host) => {
        if (!host.includes("%")) expect(isIpv6(host)).toBe(isIPv6(host));
      }),
      { numRuns: 5_000 },
    );
  });
});
