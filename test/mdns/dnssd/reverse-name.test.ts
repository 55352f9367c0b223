import { expect, test } from "vitest";
import { fixedAddresses } from "../../../src/mdns/dnssd/fixed-address.ts";
import { askedName } from "../../../src/mdns/dnssd/multicast-name.ts";
import { checkedAddress, reverseName } from "../../../src/mdns/dnssd/reverse-name.ts";

test.each([
  ["10.77.1.2", "2.1.77.10.in-addr.arpa"],
  ["2001:db8::1", `1.${"0.".repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`],
])("%s is %s in the reverse mapping (RFC 1035 §3.5, RFC 3596 §2.5)", (address, name) => {
  expect(reverseName(address).toString()).toBe(name);
});

test.each([
  ["10.77.1.2", "2.1.77.10.in-addr.arpa"],
  ["::ffff:10.77.1.2", "2.1.77.10.in-addr.arpa"],
  ["fe80::a", `a.${"0.".repeat(28)}8.e.f.ip6.arpa`],
  ["2.1.77.10.in-addr.arpa", "2.1.77.10.in-addr.arpa"],
  ["cafe.local", "cafe.local"],
])("records of %s are asked for under the name %s (RFC 6762 §4)", (asked, name) => {
  expect(askedName(asked).toString()).toBe(name);
});

test.each(["cafe", "1.2.3", "fe80::a%e0"])("%s is no name to ask for (RFC 6762 §3)", (asked) => {
  expect(() => askedName(asked)).toThrow(expect.objectContaining({ code: "ERR_MDNS_ARGUMENT" }));
});

test.each([
  ["fe80::1%eth0", { address: "fe80::1", zone: "eth0" }],
  ["fe80::1%br_lan", { address: "fe80::1", zone: "br_lan" }],
  ["::FFFF:10.0.0.1", { address: "10.0.0.1", zone: undefined }],
  ["2001:DB8::0:1", { address: "2001:DB8::0:1", zone: undefined }],
])("every text form of an address is understood: %s (N-06)", (text, expected) => {
  expect(checkedAddress("address", text)).toEqual(expected);
});

test.each([
  "",
  "x",
  "1.2.3",
  "1.2.3.4.5",
  "::g",
  "10.0.0.1%",
  "10.0.0.1%e0",
  "fe80::1%",
  "fe80::1%e0%e1",
  5,
  undefined,
])("%s is no address (N-06)", (text) => {
  expect(() => checkedAddress("address", text)).toThrow(expect.objectContaining({ code: "ERR_MDNS_ARGUMENT" }));
});

test("addresses to publish are in canonical form, each once, with the interface they are for (N-06)", () => {
  expect(fixedAddresses(["2001:DB8:0::1", "2001:db8::1", "::ffff:10.0.0.1", "fe80::1%e0"])).toEqual([
    { address: "2001:db8::1", zone: undefined },
    { address: "10.0.0.1", zone: undefined },
    { address: "fe80::1", zone: "e0" },
  ]);
  for (const value of [[], "10.0.0.1", ["nas"]]) {
    expect(() => fixedAddresses(value)).toThrow(/^addresses must be/);
  }
});
