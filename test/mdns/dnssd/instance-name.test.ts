import { expect, test } from "vitest";
import {
  enumeratedType,
  instanceName,
  instanceToFind,
  splitInstanceName,
} from "../../../src/mdns/dnssd/instance-name.ts";
import { publishableType, subtypeName } from "../../../src/mdns/dnssd/service-type.ts";
import { Name } from "../../../src/mdns/wire/name.ts";

const HTTP = publishableType("_http._tcp");
const CODE = { code: "ERR_MDNS_ARGUMENT" };

test.each(["A.B C\\D", "Bob's 3.5\" disk", "🎉", " x ", ".", "\\", "é".repeat(31), "x".repeat(63), "\u0085"])(
  "%j is one label and comes back as it is (RFC 6763 §4.1.1; D-01, D-03, D-04, D-05, B-05, N-19)",
  (text) => {
    const { name } = instanceName(text, HTTP);
    expect(name.labels).toHaveLength(4);
    expect(splitInstanceName(name)).toMatchObject({ instance: text, type: "_http._tcp" });
    expect(splitInstanceName(Name.parse(name.toString()))).toMatchObject({ instance: text });
  },
);

test.each(["", "a\nb", "\0", "\x7f", "x".repeat(64), "é".repeat(32), "\ud800", 5, null])(
  "%j is refused (RFC 6763 §4.1.1; D-03, D-04)",
  (text) => {
    expect(() => instanceName(text, HTTP)).toThrow(expect.objectContaining(CODE));
  },
);

test.each(["a\nb", "\0", "e\u0301"])("%j is found as it is, whoever published it (RFC 6763 §4.1.1; B-04)", (text) => {
  const { name } = instanceToFind(text, HTTP);
  expect(splitInstanceName(name)).toMatchObject({ instance: text });
});

test("the longest instance of the longest type fits a name of 255 bytes (RFC 6763 §7.2; D-22)", () => {
  const type = publishableType("_abcdefghijklmno._tcp");
  const { name } = instanceName("x".repeat(63), type);
  expect(name.wireLength).toBe(64 + 17 + 5 + 6 + 1);
  expect(subtypeName("x".repeat(63), type).wireLength).toBeLessThanOrEqual(255);
});

test("text is brought into NFC (D-04)", () => {
  expect(instanceName("e\u0301", HTTP).instance).toBe("\u00e9");
});

test("the instance is the first wire label, whatever it holds (RFC 6763 §4.1.1; B-04)", () => {
  const bytes = Uint8Array.of(0x61, 0x2e, 0x62, 0x5c, 0x63);
  expect(splitInstanceName(Name.of([bytes, "_http", "_tcp", "local"]))).toMatchObject({
    instance: "a.b\\c",
    type: "_http._tcp",
  });
});

test.each(["local", "_http._tcp.local", "x.http._tcp.local", "x._http._tcp.example", "a.b._http._tcp.local", "."])(
  "%s names no service instance",
  (text) => {
    expect(splitInstanceName(Name.parse(text))).toBeUndefined();
  },
);

test.each([
  ["_http._tcp.local", "_http._tcp"],
  ["_http._tcp.example.com", "_http._tcp"],
  ["_http.local", undefined],
  ["x._tcp.local", undefined],
])("of an enumerated type only the first two labels count: %s (RFC 6763 §9)", (text, type) => {
  expect(enumeratedType(Name.parse(text))).toBe(type);
});
