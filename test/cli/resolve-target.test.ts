import { expect, test } from "vitest";
import { parseTarget } from "../../src/cli/resolve-target.ts";

test.each([
  ["printer.local", { kind: "host", host: "printer.local" }],
  ["printer.local.", { kind: "host", host: "printer.local" }],
  ["printer", { kind: "host", host: "printer.local" }],
  ["192.0.2.7", { kind: "address" }],
  ["fe80::1%e0", { kind: "address" }],
  ["Office Printer._ipp._tcp.local", { kind: "service", name: "Office Printer", type: "_ipp._tcp" }],
  ["A.B C\\\\D._http._tcp.local.", { kind: "service", name: "A.B C\\D", type: "_http._tcp" }],
  ["A:B::1._http._tcp.local", { kind: "service", name: "A:B::1", type: "_http._tcp" }],
  ["A\\.B._http._tcp.local", { kind: "service", name: "A.B", type: "_http._tcp" }],
  ["A\\._sub._http._tcp.local", { kind: "service", name: "A._sub", type: "_http._tcp" }],
  ["caf\\195\\169._http._tcp.local", { kind: "service", name: "café", type: "_http._tcp" }],
])("%s is asked for as %o", (asked, target) => {
  expect(parseTarget(asked, undefined)).toEqual({ asked, ...target });
});

test("with a record type any name is asked as it is", () => {
  const asked = "_http._tcp.local";
  expect(parseTarget(asked, "PTR")).toEqual({ kind: "records", asked, name: asked, type: "PTR" });
});

test.each([
  ["Dr. Who._ipp._tcp.local", "Dr\\. Who._ipp._tcp.local"],
  ["Dr\\. Who v1.2._ipp._tcp.local.", "Dr\\. Who v1\\.2._ipp._tcp.local."],
  ["A\\\\.B\\046C._ipp._tcp.local", "A\\\\\\.B\\046C._ipp._tcp.local"],
  ["_color._sub._ipp._tcp.local", "_color._sub._ipp._tcp.local"],
  ["v1\\.2._sub._ipp._tcp.local", "v1\\.2._sub._ipp._tcp.local"],
  ["a.b.local", "a.b.local"],
])("with a record type %s is asked for as %s: an instance is one label (RFC 6763 §4.1.1)", (asked, name) => {
  expect(parseTarget(asked, "SRV")).toEqual({ kind: "records", asked, name, type: "SRV" });
});

test("with a record type, too, a NAME without a dot is a host, and the type may be a number", () => {
  const target = { kind: "records", asked: "printer", name: "printer.local", type: 65 };
  expect(parseTarget("printer", "65")).toEqual(target);
});

test.each(["10.77.0.1", "2001:db8::1", "fe80::1"])("with a record type %s stays an address", (asked) => {
  expect(parseTarget(asked, "PTR")).toEqual({ kind: "records", asked, name: asked, type: "PTR" });
});

test("with a record type an address has no zone", () => {
  expect(() => parseTarget("fe80::1%e0", "PTR")).toThrow('"fe80::1%e0" with --type: -i e0 instead of %e0');
});

test.each(["", "example.com", "a..local"])("%j is no name of the local network (RFC 6762 §3)", (asked) => {
  expect(() => parseTarget(asked, undefined)).toThrow(`"${asked}" is no name on the local network`);
});

test.each(["printer.local:80", "http://printer.local/", "fe80:1"])("%j is neither a name nor an address", (asked) => {
  expect(() => parseTarget(asked, undefined)).toThrow(`"${asked}" is neither a name nor an address`);
});

test.each(["_http._tcp", "_http._tcp.local", "_HTTP._tcp.local."])("%j is browsed, not resolved", (asked) => {
  expect(() => parseTarget(asked, undefined)).toThrow(/is a service type; mdns-browse _http\._tcp finds/i);
});

test.each(["_x._sub._http._tcp", "_x._sub._http._tcp.local."])("%j is browsed, too", (asked) => {
  expect(() => parseTarget(asked, undefined)).toThrow(/is a service type; mdns-browse _x\._sub\._http\._tcp finds/);
});
