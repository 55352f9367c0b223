import { expect, test } from "vitest";
import { browsableType, checkDomain, publishableType, serviceType } from "../../../src/mdns/dnssd/service-type.ts";

const CODE = { code: "ERR_MDNS_ARGUMENT" };

test.each(["_http._tcp", "_3d-print._udp", "_HTTP._TCP", "_a1b2c3d4e5f6g7h._tcp"])(
  "a type within the rules is publishable: %s (RFC 6335 §5.1; D-08, D-09)",
  (type) => {
    const { text, name } = publishableType(type);
    expect(text).toBe(type);
    expect(name.toString()).toBe(`${type}.local`);
  },
);

test.each([
  "",
  ".",
  "local",
  "local.",
  "_http",
  "http._tcp",
  "_http._foo",
  "_a--b._tcp",
  "_-a._tcp",
  "_a-._tcp",
  "_80._tcp",
  "_abcdefghijklmnop._tcp",
  "_a_b._tcp",
  "_http._tcp.local",
  undefined,
  5,
])("a type outside the rules is refused before any effect: %s (RFC 6763 §4.1.2, §7; D-08, D-09, H-04)", (type) => {
  expect(() => publishableType(type)).toThrow(expect.objectContaining(CODE));
});

test("the message names the option and the value", () => {
  expect(() => publishableType("_foo._bar")).toThrow(/^type must be .*_foo\._bar/);
});

test.each([
  ["_http", "_http._tcp"],
  ["http.tcp", "_http._tcp"],
  ["_ipp._tpc", "_ipp._tcp"],
  ["_http._tcp.local", "_http._tcp"],
  ["sip.udp", "_sip._udp"],
  ["", "_http._tcp"],
])("the message for %j says what was probably meant", (type, meant) => {
  expect(() => browsableType(type)).toThrow(`such as "${meant}"`);
});

test.each(["_androidtvremote2._tcp", "_gw_sd._udp", "_http._tcp"])("a type in use is browsable: %s", (type) => {
  expect(serviceType(type).name.toString()).toBe(`${type}.local`);
});

test.each([
  ["_printer._sub._http._tcp", undefined, "_printer._sub._http._tcp.local"],
  ["_http._tcp", "_printer", "_printer._sub._http._tcp.local"],
  ["_http._tcp", "x", "x._sub._http._tcp.local"],
  ["_http._tcp", "é", "é._sub._http._tcp.local"],
  ["a.b._sub._http._tcp", undefined, "a\\.b._sub._http._tcp.local"],
  ["_http._tcp", undefined, "_http._tcp.local"],
])("browsing %s with subtype %s asks for %s (RFC 6763 §7.1; B-14, D-12)", (type, subtype, question) => {
  const wanted = browsableType(type, subtype);
  expect(wanted.question.toString()).toBe(question);
  expect(wanted.type.text).toBe("_http._tcp");
});

test.each(["", "x".repeat(64), "\n", 3])("a subtype is one label: %s is refused (D-12)", (subtype) => {
  expect(() => browsableType("_http._tcp", subtype)).toThrow(expect.objectContaining(CODE));
});

test("only local is a domain (RFC 6762 §3; D-24)", () => {
  for (const domain of [undefined, "local", "local.", "LOCAL"]) expect(() => checkDomain(domain)).not.toThrow();
  for (const domain of ["example.com", "", 1]) expect(() => checkDomain(domain)).toThrow(expect.objectContaining(CODE));
});
