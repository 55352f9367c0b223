import { expect, test } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { browseSettings } from "../../src/cli/browse-settings.ts";
import { BROWSE } from "../../src/cli/browse-spec.ts";
import { PLAIN } from "../../src/cli/paint.ts";
import { serviceView } from "../../src/cli/service-view.ts";
import { serviceFixture } from "./service-fixture.ts";

const NOON = new Date("2026-01-01T12:00:00Z");
const view = (...argv: string[]) => search(0, argv);
const search = (index: number, argv: readonly string[]) => {
  const settings = browseSettings(parseArguments(BROWSE, argv));
  return serviceView(settings, settings.searches[index], PLAIN, () => NOON);
};

test("lines: sign, name, type, host and port, addresses, interfaces, TXT", () => {
  const lines = view();
  const service = serviceFixture({ links: { e0: ["10.77.1.2"], e1: ["10.77.2.2", "fe80::1%e1"] } });
  expect(["up", "update", "down"].map((kind) => lines(kind as "up", service))).toEqual([
    [
      "+ Beta                      _http._tcp        peer.local:80         10.77.1.2 10.77.2.2 fe80::1%e1  e0,e1  k=v flag",
    ],
    [
      "= Beta                      _http._tcp        peer.local:80         10.77.1.2 10.77.2.2 fe80::1%e1  e0,e1  k=v flag",
    ],
    ["- Beta                      _http._tcp"],
  ]);
});

test("names from the network reach a line only made safe (S-12)", () => {
  const [line] = view()("up", serviceFixture({ name: "\u001b[2Jx\u202e", txt: ["a=\u0007"] }));
  expect(line).toContain("+ \\u{1b}[2Jx\\u{202e}");
  expect(line).toContain('a="\\u{7}"');
});

test("--verbose adds values that are no text in hexadecimal", () => {
  const lines = view("-v")("up", serviceFixture({ txt: [Buffer.from([0x6b, 0x3d, 0xff])] }));
  expect(lines.slice(1)).toEqual(["    k: 1 bytes", `      0000  ff${" ".repeat(45)}  .`]);
});

test("--json: the documented keys, names exact, the rdata of TXT in base64", () => {
  const [line] = view("--json")("up", serviceFixture({ name: "A.B\u001b" }));
  expect(JSON.parse(line ?? "")).toEqual({
    event: "up",
    name: "A.B\u001b",
    type: "_http._tcp",
    domain: "local",
    host: "peer.local",
    port: 80,
    addresses: ["10.77.1.2"],
    interface: "e0",
    txt: { k: "v", flag: true },
    txtRaw: Buffer.from("\u0003k=v\u0004flag").toString("base64"),
    priority: 0,
    weight: 0,
    ttl: 120,
    links: [{ interface: "e0", host: "peer.local", port: 80, addresses: ["10.77.1.2"], ttl: 120 }],
    fullName: "A\\.B\u001b._http._tcp.local",
    time: "2026-01-01T12:00:00.000Z",
  });
});

test("--json: a TXT key can be called __proto__, and a value that is not UTF-8 is in base64", () => {
  const [line] = view("--json")("up", serviceFixture({ txt: ["__proto__=x", Buffer.from([0x6b, 0x3d, 0xff])] }));
  expect(line).toContain('"txt":{"__proto__":"x","k":{"base64":"/w=="}}');
});

test("--json with a subtype says which", () => {
  const [line] = view("_http._tcp", "--subtype", "_x", "--json")("down", serviceFixture());
  expect(JSON.parse(line ?? "")).toMatchObject({ event: "down", name: "Beta", subtype: "_x" });
});

test("--per-interface reports a service once for each interface, and only what changed there (K-05)", () => {
  const lines = view("--per-interface");
  const both = serviceFixture({ links: { e0: ["10.77.1.2"], e1: ["10.77.2.2"] } });
  const one = serviceFixture({ links: { e1: ["10.77.2.2"] } });
  const heads = (kind: "up" | "update" | "down", service = both) =>
    lines(kind, service).map((line) => `${line[0]} ${/10\.77\.\d\.2 {2}e\d/.exec(line)?.[0] ?? ""}`.trim());
  expect(heads("up")).toEqual(["+ 10.77.1.2  e0", "+ 10.77.2.2  e1"]);
  expect(heads("update")).toEqual([]);
  expect(heads("update", one)).toEqual(["-"]);
  expect(heads("down", one)).toEqual(["-"]);
});

test("-p prints a line for each interface that the service was heard on over an IP version (K-01)", () => {
  const service = serviceFixture({
    txt: [],
    links: { e0: ["10.77.1.2", "10.77.1.3", "fe80::1%e0"], lo: ["127.0.0.1"] },
  });
  expect(search(0, ["-prk"])("up", service)).toEqual([
    "+;e0;IPv4;Beta;_http._tcp;local",
    "=;e0;IPv4;Beta;_http._tcp;local;peer.local;10.77.1.2;80;",
    "+;lo;IPv4;Beta;_http._tcp;local",
    "=;lo;IPv4;Beta;_http._tcp;local;peer.local;127.0.0.1;80;",
  ]);
  expect(search(1, ["-prk"])("up", service)).toEqual([
    "+;e0;IPv6;Beta;_http._tcp;local",
    "=;e0;IPv6;Beta;_http._tcp;local;peer.local;fe80::1;80;",
    "+;lo;IPv6;Beta;_http._tcp;local",
    "=;lo;IPv6;Beta;_http._tcp;local;peer.local;127.0.0.1;80;",
  ]);
});

test("-p takes no notice of addresses that it does not show", () => {
  const lines = search(1, ["-prk"]);
  lines("up", serviceFixture({ links: { e0: ["10.77.1.2", "fe80::1%e0"] } }));
  expect(lines("update", serviceFixture({ links: { e0: ["fe80::1%e0"] } }))).toEqual([]);
  expect(lines("update", serviceFixture({ txt: [], links: { e0: ["10.77.1.2"] } }))).toEqual([
    "=;e0;IPv6;Beta;_http._tcp;local;peer.local;10.77.1.2;80;",
  ]);
});
