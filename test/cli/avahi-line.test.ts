import { expect, test } from "vitest";
import { avahiDownLine, avahiUpLines } from "../../src/cli/avahi-line.ts";
import { serviceFixture } from "./service-fixture.ts";

const RAW = { resolved: true, typeNames: false };

test("the lines are those that avahi-browse 0.8 -rpk prints for the same service (K-01)", () => {
  const service = serviceFixture({
    name: "A.B C\\D;é",
    txt: ["a=1", "b=two words", 'q="x";\\y', "nl=1\n2", Buffer.from([0x63, 0x3d, 0x01, 0xff, 0xc3, 0xa9]), "flag"],
  });
  expect(avahiUpLines({ service, protocol: "IPv4" }, true, RAW)).toEqual([
    "+;e0;IPv4;A\\.B\\032C\\\\D\\059\\195\\169;_http._tcp;local",
    '=;e0;IPv4;A\\.B\\032C\\\\D\\059\\195\\169;_http._tcp;local;peer.local;10.77.1.2;80;"flag" "c=\\001\\255\\195\\169" "nl=1\\0102" "q=\\"x\\";\\\\y" "b=two words" "a=1"',
  ]);
});

test("bytes of a name that are no text stay themselves, so that two such names differ (K-01)", () => {
  const service = serviceFixture({ name: "\ufffdé", fullName: "\\255é._http._tcp.local", txt: [] });
  expect(avahiUpLines({ service, protocol: "IPv4" }, true, { ...RAW, resolved: false })).toEqual([
    "+;e0;IPv4;\\255\\195\\169;_http._tcp;local",
  ]);
});

test("a link-local address stands without its zone, no TXT as nothing", () => {
  const service = serviceFixture({ txt: [], links: { e0: ["fe80::1%e0"] } });
  expect(avahiUpLines({ service, protocol: "IPv6" }, false, RAW)).toEqual([
    "=;e0;IPv6;Beta;_http._tcp;local;peer.local;fe80::1;80;",
  ]);
});

test("a host name is escaped label by label, so that none of its characters can pass for a separator (K-01)", () => {
  const service = { ...serviceFixture({ txt: [] }), host: "zwölf; a\\.b\\\\c\\010.local" };
  expect(avahiUpLines({ service, protocol: "IPv4" }, false, RAW)).toEqual([
    "=;e0;IPv4;Beta;_http._tcp;local;zw\\195\\182lf\\059\\032a\\.b\\\\c\\010.local;10.77.1.2;80;",
  ]);
});

test("without -r there are no = lines, without -k well-known types are in words", () => {
  const row = { service: serviceFixture(), protocol: "IPv4" } as const;
  const style = { resolved: false, typeNames: true };
  expect([avahiUpLines(row, true, style), avahiUpLines(row, false, style), avahiDownLine(row, style)]).toEqual([
    ["+;e0;IPv4;Beta;Web Site;local"],
    [],
    "-;e0;IPv4;Beta;Web Site;local",
  ]);
});
