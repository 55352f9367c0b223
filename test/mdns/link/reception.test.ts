import { beforeEach, describe, expect, test } from "vitest";
import type { Datagram } from "../../../src/mdns/core/datagram.ts";
import type { InterfaceInfo } from "../../../src/mdns/link/interface-info.ts";
import { type InterfaceLink, onLinkTest } from "../../../src/mdns/link/interface-link.ts";
import { type RunningCounters, zeroCounters } from "../../../src/mdns/link/link-counters.ts";
import { Reception, type SharedSocket } from "../../../src/mdns/link/reception.ts";
import { topologyOf } from "../../../src/mdns/link/topology.ts";
import { iface } from "./interfaces.ts";

const PROBE = Uint8Array.of(1, 2, 3);
const lo = iface("lo", ["127.0.0.1/8"]);
const e0 = iface("e0", ["10.77.0.1/24", "fe80::1/64", "fd77::1/64"]);
const e1 = iface("e1", ["10.77.1.1/24", "fe80::2/64"]);
const sameLan = iface("same", ["10.77.0.7/24"]);

describe("a received datagram", () => {
  let now: number;
  let counters: RunningCounters;
  let heard: [string, Datagram][];
  let links: Map<string, InterfaceLink>;
  let reception: Reception;
  let neighbours: number;
  let ignored: boolean;

  function use(used: readonly InterfaceInfo[], all = used): void {
    links = new Map(
      used.map((info) => {
        const receive = (datagram: Datagram) => heard.push([info.name, datagram]);
        const link = { core: { ignores: () => ignored }, receive };
        return [info.name, { link, info, isOnLink: onLinkTest(info) } as unknown as InterfaceLink];
      }),
    );
    reception = new Reception({ now: () => now, at: () => () => {} }, links, counters, () => neighbours++);
    reception.interfacesChanged(topologyOf(all));
  }

  const group = (host: string, { port = 5353, ...more }: { port?: number } & Partial<SharedSocket> = {}) =>
    reception.fromShared({ family: "ipv4", surelyGroup: true, ...more }, PROBE, host, port);
  const own = (name: string, host: string, to: "group" | "host", family: "ipv4" | "ipv6" = "ipv6") =>
    reception.fromInterface(links.get(name) as InterfaceLink, { family, to, bytes: PROBE, host, port: 5353 });

  beforeEach(() => {
    now = 0;
    counters = zeroCounters();
    heard = [];
    neighbours = 0;
    ignored = false;
    use([e0, e1], [lo, e0, e1]);
  });

  test("from the address of all hosts of a subnet counts as from off the link: no reply goes there (U-16)", () => {
    group("10.77.1.255");
    own("e1", "10.77.1.255", "group", "ipv4");
    own("e1", "10.77.0.255", "group", "ipv4");
    own("e1", "10.77.1.254", "group", "ipv4");
    expect(heard.map(([name, { onLink }]) => [name, onLink])).toEqual([
      ["e1", false],
      ["e1", false],
      ["e1", false],
      ["e1", true],
    ]);
    group("10.77.1.255", { surelyGroup: false });
    expect(counters.offLink).toBe(1);
  });

  test("of another responder of this machine is told of before it is handed on, an echo is not (L-14, L-23)", () => {
    reception.sent("e0", "ipv4", PROBE);
    group("10.77.0.1");
    expect([neighbours, heard.length]).toEqual([0, 0]);
    group("10.77.0.1");
    expect([neighbours, heard.length]).toEqual([1, 1]);
    group("10.77.0.9");
    group("10.77.0.1", { port: 40_000 });
    expect(neighbours).toBe(1);
  });

  test("that concerns nobody here goes to no link, but tells of another responder (L-14)", () => {
    ignored = true;
    group("10.77.0.9");
    own("e1", "fe80::9", "group");
    expect([heard.length, counters.received, neighbours]).toEqual([0, 2, 0]);
    group("10.77.0.1");
    expect([heard.length, neighbours]).toEqual([0, 1]);
  });

  test("of a source that sends more than 4,000 in a second is not looked at, what others send is (S-11)", () => {
    for (let sent = 0; sent < 5_000; sent++) group("10.77.0.9");
    for (let sent = 0; sent < 5_000; sent++) own("e1", "fe80::9%e1", "group");
    expect([heard.length, counters.flooded]).toEqual([8_000, 2_000]);
    group("10.77.0.8");
    expect(heard.length).toBe(8_001);
    now = 1_000;
    group("10.77.0.9");
    expect(heard.length).toBe(8_002);
  });

  test("of as many sources as may be remembered and one more: all are forgotten (S-11, H-18)", () => {
    for (let sent = 0; sent < 4_001; sent++) group("10.77.0.9");
    for (let source = 1; source < 1_024; source++) group(`10.76.${source >> 8}.${source & 255}`);
    group("10.77.0.9");
    expect(counters.flooded).toBe(2);
    group("10.76.9.9");
    group("10.77.0.9");
    expect(counters.flooded).toBe(2);
  });

  test("goes to the link in whose subnet its source lies (L-13)", () => {
    group("10.77.1.9");
    const source = { family: "ipv4", address: "10.77.1.9", port: 5353 };
    expect(heard).toEqual([["e1", { bytes: PROBE, source, to: "group", onLink: true, fromThisHost: false }]]);
  });

  test("sent to the group from a source in no subnet goes to every link (L-11)", () => {
    group("192.0.2.9");
    expect(heard.map(([name, { onLink }]) => [name, onLink])).toEqual([
      ["e0", false],
      ["e1", false],
    ]);
  });

  test("from such a source is dropped where nothing tells that it went to the group (S-01)", () => {
    group("192.0.2.9", { surelyGroup: false });
    expect(heard).toEqual([]);
    expect(counters.offLink).toBe(1);
  });

  test("on an interface that is not used is dropped (L-32)", () => {
    use([e0], [lo, e0, e1]);
    group("10.77.1.9");
    expect(heard).toEqual([]);
    expect(counters.foreign).toBe(1);
  });

  test("that is the copy of what was sent by this link is dropped, once for each send (L-23)", () => {
    reception.sent("e0", "ipv4", PROBE);
    group("10.77.0.1");
    expect(heard).toEqual([]);
    expect(counters.echoes).toBe(1);
    group("10.77.0.1");
    expect(heard.map(([name, { fromThisHost }]) => [name, fromThisHost])).toEqual([["e0", true]]);
  });

  test("with the bytes of what was sent is no copy if it comes from another host, port, link or family", () => {
    reception.sent("e0", "ipv4", PROBE);
    group("10.77.0.9");
    group("10.77.0.1", { port: 5354 });
    group("10.77.1.1");
    own("e0", "fe80::1%e0", "group");
    expect(heard.map(([, { fromThisHost }]) => fromThisHost)).toEqual([false, true, true, true]);
    expect(counters.echoes).toBe(0);
  });

  test("that came round a bridge to another interface of this host is known as its own (L-28)", () => {
    own("e1", "fe80::1%e1", "group");
    expect(heard).toMatchObject([["e1", { fromThisHost: true, onLink: true, source: { address: "fe80::1" } }]]);
  });

  test("by two interfaces of one LAN goes to both links, once", () => {
    use([e0, sameLan]);
    group("10.77.0.9");
    group("10.77.0.9");
    expect(heard.map(([name]) => name)).toEqual(["e0", "same"]);
    expect(counters.twins).toBe(1);
    now = 250;
    group("10.77.0.9");
    expect(heard).toHaveLength(4);
  });

  test.each([
    ["10.77.0.9", "ipv4", true],
    ["10.77.1.9", "ipv4", false],
    ["192.0.2.9", "ipv4", false],
    ["fe80::9%e0", "ipv6", true],
    ["fd77::9", "ipv6", true],
    ["fd78::9", "ipv6", false],
  ] as const)("sent to this host from %s is on the link or not (L-12)", (host, family, onLink) => {
    own("e0", host, "host", family);
    expect(heard).toMatchObject([["e0", { to: "host", onLink, fromThisHost: false }]]);
  });

  test("goes where its source lies now: to a link that came up, and to none that is gone", () => {
    const up = links.get("e1") as InterfaceLink;
    links.delete("e1");
    reception.linksChanged();
    group("10.77.1.9");
    expect(counters.foreign).toBe(1);
    links.set("e1", up);
    reception.linksChanged();
    group("10.77.1.9");
    reception.interfacesChanged(topologyOf([lo, e0, iface("e1", ["10.77.2.1/24"])]));
    group("10.77.2.9");
    expect(heard.map(([name]) => name)).toEqual(["e1", "e1"]);
  });

  test("with a zone goes to that link, whatever the socket", () => {
    group("fe80::77%e1", { family: "ipv6", surelyGroup: false });
    expect(heard).toMatchObject([["e1", { source: { address: "fe80::77" }, onLink: true }]]);
  });
});
