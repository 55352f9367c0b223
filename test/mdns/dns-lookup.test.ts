import * as dns from "node:dns";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { dnsLookup } from "../../src/mdns/dns-lookup.ts";

vi.mock("node:dns", async (original) => ({ ...(await original<typeof dns>()), lookup: vi.fn() }));

const system = vi.mocked(dns.lookup);
const onLink: { host: string; family: 4 | 6 | undefined }[] = [];
const fe80 = { address: "fe80::1%e0", family: 6, interface: "e0", ttl: 120 } as const;
const ipv4 = { address: "10.77.0.1", family: 4, interface: "e0", ttl: 120 } as const;

const lookup = dnsLookup(async (host, { family }) => {
  onLink.push({ host, family });
  if (host.startsWith("broken")) throw new Error("no network");
  if (host.startsWith("absent")) return [];
  return (host.startsWith("ipv4") ? [ipv4] : [ipv4, fe80]).filter(
    (found) => family === undefined || found.family === family,
  );
});

function called(host: string, options: dns.LookupOptions | number = {}): Promise<readonly unknown[]> {
  return new Promise((resolve) => lookup(host, options, (...outcome) => resolve(outcome)));
}

beforeEach(() => {
  onLink.length = 0;
  system.mockReset();
});

describe("dnsLookup", () => {
  test.each([
    "printer.local",
    "printer.local.",
    "PRINTER.LOCAL",
    "Printer.LoCaL.",
    "a.b.local",
    "absent.local",
    "broken.local",
    "2.1.254.169.in-addr.arpa",
    "1.0.0.8.e.f.ip6.arpa",
    "1.0.0.9.E.F.ip6.arpa.",
    "1.0.0.a.e.f.ip6.arpa",
    "1.0.0.b.e.f.ip6.arpa",
  ])("%s goes to the link and never to the system, found or not (RFC 6762 §22.1; S-14, Q-34)", async (host) => {
    await called(host);
    await called(host, { all: true });
    await called(host, 4);
    expect(onLink.map((asked) => asked.host)).toEqual([host, host, host]);
    expect(system).not.toHaveBeenCalled();
  });

  test.each([
    "example.com",
    "localhost",
    "printer",
    "local.example.com",
    "notlocal",
    "my-local",
    "printer.local.example",
  ])("%s goes to the system, options and callback as they are, and not to the link", (host) => {
    const options = { all: true, family: 6 };
    const done = vi.fn();
    lookup(host, options, done);
    expect(system).toHaveBeenCalledExactlyOnceWith(host, options, done);
    expect(onLink).toEqual([]);
  });

  test.each([
    [4, 4],
    ["IPv4", 4],
    [6, 6],
    ["IPv6", 6],
    [0, undefined],
    [undefined, undefined],
  ] as const)("family %s asks the link for %s", async (family, asked) => {
    await called("printer.local", family === undefined ? {} : { family });
    expect(onLink).toEqual([{ host: "printer.local", family: asked }]);
  });

  test("answers as dns.lookup does: the first address, or all of them", async () => {
    expect(await called("printer.local")).toEqual([null, "10.77.0.1", 4]);
    const all = [
      { address: "10.77.0.1", family: 4 },
      { address: "fe80::1%e0", family: 6 },
    ];
    expect(await called("printer.local", { all: true })).toEqual([null, all]);
  });

  test("the order may be the other one", async () => {
    expect(await called("printer.local", { order: "ipv6first" })).toEqual([null, "fe80::1%e0", 6]);
    expect(await called("printer.local", { order: "ipv4first" })).toEqual([null, "10.77.0.1", 4]);
  });

  test.each([
    ["ipv4.local", dns.V4MAPPED, ["::ffff:10.77.0.1"]],
    ["printer.local", dns.V4MAPPED, ["fe80::1%e0"]],
    ["printer.local", dns.V4MAPPED | dns.ALL | dns.ADDRCONFIG, ["fe80::1%e0", "::ffff:10.77.0.1"]],
    ["printer.local", dns.ALL, ["fe80::1%e0"]],
  ])("IPv4 addresses of %s as IPv6 ones with hints %i: %j", async (host, hints, addresses) => {
    const all = addresses.map((address) => ({ address, family: 6 }));
    expect(await called(host, { family: 6, hints, all: true })).toEqual([null, all]);
  });

  test("options may be left out", async () => {
    const outcome = await new Promise((resolve) => lookup("printer.local", (...args) => resolve(args)));
    expect(outcome).toEqual([null, "10.77.0.1", 4]);
  });

  test.each([
    ["absent.local", undefined],
    ["broken.local", expect.objectContaining({ message: "no network" })],
  ])("%s is ENOTFOUND, with its cause if there is one", async (hostname, cause) => {
    const [error] = await called(hostname);
    expect(error).toMatchObject({ code: "ENOTFOUND", errno: -3008, syscall: "getaddrinfo", hostname });
    expect(error).toHaveProperty("cause", cause);
  });

  test("without a callback is an error before anything is asked", () => {
    expect(() => lookup("printer.local", {})).toThrow(TypeError);
    expect(() => lookup("printer.local", {}, 5 as never)).toThrow(TypeError);
    expect(onLink).toEqual([]);
  });
});
