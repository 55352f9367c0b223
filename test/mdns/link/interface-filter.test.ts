import { describe, expect, test } from "vitest";
import { type InterfaceSelection, interfaceFilter } from "../../../src/mdns/link/interface-filter.ts";
import { LinkError } from "../../../src/mdns/link/link-error.ts";
import { requireKnown } from "../../../src/mdns/link/unknown-interface.ts";
import { iface } from "./interfaces.ts";

const ALL = [
  iface("lo", ["127.0.0.1/8", "::1/128"]),
  iface("eth0", ["10.77.1.1/24", "fe80::1/64"]),
  iface("eth1", ["10.77.2.1/24", "fd00::2/64"]),
  iface("veth7a", ["169.254.3.4/16"]),
  iface("tun0", ["10.77.7.1/32"], { multicast: false }),
];

function chosen(include?: InterfaceSelection, exclude?: InterfaceSelection): string[] {
  return ALL.filter(interfaceFilter(include, exclude).matches).map(({ name }) => name);
}

describe("interfaces are chosen", () => {
  test.each<[string, InterfaceSelection | undefined, string[]]>([
    ["all that carry multicast unless told", undefined, ["eth0", "eth1", "veth7a"]],
    ["by name", "eth1", ["eth1"]],
    ["by several names", ["eth1", "eth0"], ["eth0", "eth1"]],
    ["by IPv4 address", "10.77.1.1", ["eth0"]],
    ["by IPv6 address in another spelling", "FD00:0::2", ["eth1"]],
    ["by link-local address with its zone", "fe80::1%eth0", ["eth0"]],
    ["not by an address in another zone", "fe80::1%eth1", []],
    ["by subnet", "10.77.0.0/22", ["eth0", "eth1"]],
    ["by IPv6 subnet", "fd00::/8", ["eth1"]],
    ["by wildcard", "eth*", ["eth0", "eth1"]],
    ["by regular expression, one with state included", [/^eth/g, /^eth/y], ["eth0", "eth1"]],
    ["by a function", ({ addresses }) => addresses.length === 1, ["veth7a"]],
    ["loopback by name", "lo", ["lo"]],
    ["loopback by address", "127.0.0.1", ["lo"]],
    ["loopback by subnet", "127.0.0.0/8", ["lo"]],
    ["a tunnel by name", ["tun0", "eth0"], ["eth0", "tun0"]],
    ["a tunnel by address", "10.77.7.1", ["tun0"]],
    ["but neither by wildcard", "*", ["eth0", "eth1", "veth7a"]],
    ["nor by regular expression", /./, ["eth0", "eth1", "veth7a"]],
    ["nor by a function", () => true, ["eth0", "eth1", "veth7a"]],
  ])("%s", (_title, include, expected) => {
    expect(chosen(include)).toEqual(expected);
  });

  test("and left out, which wins", () => {
    expect(chosen(["eth0", "eth1"], "10.77.1.0/24")).toEqual(["eth1"]);
    expect(chosen(undefined, ["veth*", /1$/])).toEqual(["eth0"]);
    expect(chosen("eth0", "absent")).toEqual(["eth0"]);
  });

  test.each<[string, unknown]>([
    ["an empty list", []],
    ["an empty name", [""]],
    ["a number", 5],
    ["a number in a list", ["eth0", 5]],
    ["null", null],
    ["a subnet with too long a prefix", "10.77.0.0/33"],
    ["a subnet of no address", "eth0/24"],
    ["a subnet without a length", "10.77.0.0/"],
    ["two prefixes", "10.77.0.0/8/8"],
  ])("%s is refused, naming option and value", (_title, value) => {
    for (const [option, call] of [
      ["interfaces", () => interfaceFilter(value as InterfaceSelection, undefined)],
      ["exclude", () => interfaceFilter(undefined, value as InterfaceSelection)],
    ] as const) {
      expect(call).toThrow(LinkError);
      expect(call).toThrow(expect.objectContaining({ code: "ERR_MDNS_ARGUMENT" }));
      expect(call).toThrow(option);
    }
  });
});

describe("a name or an address that no interface has", () => {
  test.each(["eth9", "10.77.9.9", "fe80::1%eth1"])("%s is an error", (name) => {
    const check = (): void => requireKnown(interfaceFilter(["eth0", name], undefined), ALL);
    expect(check).toThrow(expect.objectContaining({ code: "ERR_MDNS_UNKNOWN_INTERFACE" }));
    expect(check).toThrow(`"${name}"`);
  });

  test.each<InterfaceSelection>(["wg*", /^wg/, "192.0.2.0/24", () => false])("%s may match later", (pattern) => {
    expect(() => requireKnown(interfaceFilter(pattern, undefined), ALL)).not.toThrow();
  });
});
