import { describe, expect, test } from "vitest";
import { arrivalLinks, topologyOf } from "../../../src/mdns/link/topology.ts";
import { iface } from "./interfaces.ts";

const lo = iface("lo", ["127.0.0.1/8"]);
const e0 = iface("e0", ["10.77.1.1/24", "fe80::1/64"]);
const e1 = iface("e1", ["10.77.2.1/24", "fd00:2::1/64"]);
const wide = iface("wide", ["10.77.200.1/16"]);
const twin = iface("twin", ["10.77.1.9/24"]);

const links = (all: readonly ReturnType<typeof iface>[], used: readonly ReturnType<typeof iface>[], source: string) =>
  arrivalLinks(topologyOf(all), source, new Map(used.map((info) => [info.name, { info }])));

describe("the interface by which a group datagram came", () => {
  test.each([
    ["whose subnet holds the source", "10.77.2.7", ["e1"]],
    ["with the longest of several matching prefixes", "10.77.1.7", ["e0", "twin"]],
    ["with a wider prefix when no other matches", "10.77.9.9", ["wide"]],
    ["which has the source as its own address, though another shares the subnet", "10.77.1.9", ["twin"]],
    ["in IPv6, too", "fd00:2::77", ["e1"]],
    ["of an address of this host in another's subnet", "10.77.200.1", ["wide"]],
    ["unknown when no subnet holds the source", "192.0.2.9", []],
  ])("is the one %s", (_title, source, expected) => {
    expect(topologyOf([lo, e0, e1, wide, twin]).interfacesOf(source)).toEqual(expected);
  });

  test("two interfaces may have one address", () => {
    const a = iface("a", ["10.77.3.1/24"]);
    const b = iface("b", ["10.77.3.1/24"]);
    expect(topologyOf([a, b]).interfacesOf("10.77.3.1")).toEqual(["a", "b"]);
  });
});

describe("the links that get it", () => {
  test("leave out interfaces that are not used here: only another program joined them (L-32)", () => {
    expect(links([lo, e0, e1], [e0], "10.77.2.7")).toEqual({ names: [], onLink: true });
    expect(links([lo, e0, twin], [e0], "10.77.1.7")).toEqual({ names: ["e0"], onLink: true });
  });

  test("are all but loopback when no subnet holds the source (L-11)", () => {
    expect(links([lo, e0, e1], [lo, e0, e1], "192.0.2.9")).toEqual({ names: ["e0", "e1"], onLink: false });
    expect(links([lo, e0], [lo], "192.0.2.9")).toEqual({ names: [], onLink: false });
  });
});
