import { describe, expect, test } from "vitest";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { Namespaces } from "./namespaces.ts";
import { PATIENT } from "./patience.ts";
import { eachOnTwoHosts } from "./two-hosts.ts";

const A = 1;
const HOLD = "require('dgram').createSocket(process.argv[1]).bind(5353, () => console.log('held'))";
// argv: a query, how often it is sent, and the addresses that each send it so often
const ASK = `
  const [query, count, ...sources] = process.argv.slice(1);
  for (const source of sources) {
    const socket = require("dgram").createSocket("udp4").bind(0, source, () => {
      socket.setMulticastInterface(source);
      let left = Number(count);
      const send = () => socket.send(Buffer.from(query, "hex"), 5353, "224.0.0.251", () => (--left ? send() : socket.close()));
      send();
    });
  }`;

function question(name: string): string {
  const questions = [{ name: Name.parse(name), type: A, class: 1, unicast: false }];
  return Buffer.from(encodeMessage({ id: 7, questions })).toString("hex");
}

describe("port 5353", PATIENT, () => {
  let lan: Namespaces;
  let a: string;
  let b: string;
  eachOnTwoHosts((hosts) => ({ lan, a, b } = hosts));

  test.each([
    ["IPv4", "udp4"],
    ["IPv6", "udp6"],
  ])("held by a program that does not share it over %s is an error that names it", async (_family, type) => {
    await lan.program(a, process.execPath, "-e", HOLD, type);
    const one = lan.start(a, { options: {} });
    const { error } = await one.nextLike("refused");
    expect(error).toMatchObject({ code: "ERR_MDNS_PORT_IN_USE", message: expect.stringContaining("5353") });
    expect(await one.exited).toBe(0);
  });

  test("is shared by two of ours on one host, which hear each other and the LAN (L-14)", async () => {
    const one = await lan.open(a, { options: {} });
    const two = await lan.open(a, { options: {} });
    const far = await lan.open(b, { options: {} });
    for (const [host, name] of [
      [one, "one"],
      [two, "two"],
      [far, "far"],
    ] as const) {
      host.do({ do: "register", host: name });
    }
    for (const host of [one, two, far]) {
      for (const name of ["one", "two", "far"]) host.do({ do: "ask", name: `${name}.local`, type: A });
    }
    for (const host of [one, two, far]) {
      const records = ["10.77.0.1", "10.77.0.1", "10.77.0.2"];
      for (const record of records) await host.nextLike("answer", { change: "added", record });
    }
    const all = [one, two, far].flatMap(({ events }) => events);
    expect(all.filter(({ news }) => news === "lost" || news === "unsettled")).toEqual([]);
  });

  test("shared by two that publish one host name: neither loses it, whoever came first (L-14, P-36)", async () => {
    lan.ip(a, "addr add fd77::1/64 dev e0");
    const one = await lan.open(a, { options: {} });
    one.do({ do: "register", host: "same" });
    await one.nextLike("claim", { news: "announced" });
    const two = await lan.open(a, { options: {} });
    two.do({ do: "register", host: "same" });
    await two.next(({ news }) => news === "announced" || news === "lost");
    expect([...one.events, ...two.events].filter(({ news }) => news === "lost")).toEqual([]);
  });

  test("answers direct unicast by unicast from the address asked, when it is ours alone (A-41, L-03, M-10)", async () => {
    const one = await lan.open(a, { options: {} });
    one.do({ do: "register", host: "one" });
    await one.nextLike("claim", { news: "announced" });
    const script = { from: { host: "10.77.0.2", port: 5353 }, to: { host: "10.77.0.1", port: 5353 }, ask: "one.local" };
    expect(lan.peer(b, script)).toMatchObject({ from: "10.77.0.1", port: 5353, id: 0, answers: 1 });
  });

  test("leaves unicast to the program that was there first (L-15)", async () => {
    const one = await lan.open(a, { options: {} });
    const two = await lan.open(a, { options: {} });
    one.do({ do: "register", host: "one" });
    two.do({ do: "register", host: "two" });
    for (const host of [one, two]) await host.nextLike("claim", { news: "announced" });
    const script = { from: { host: "10.77.0.2", port: 5353 }, to: { host: "10.77.0.1", port: 5353 } };
    expect(lan.peer(b, { ...script, ask: "one.local" })).toMatchObject({ answers: 1 });
    const own = lan.exec(a, "cat", "/proc/net/udp").match(/^ *\d+: 01004D0A:14E9/gm);
    expect(own).toHaveLength(1);
  });

  test("answers a legacy question to the port it came from, from 5353 (L-03)", async () => {
    const one = await lan.open(a, { options: {} });
    const two = await lan.open(a, { options: {} }); // shares the port, so it has no unicast socket
    one.do({ do: "register", host: "one" });
    two.do({ do: "register", host: "two" });
    for (const host of [one, two]) await host.nextLike("claim", { news: "announced" });
    const script = { from: { host: "10.77.0.2", port: 0 }, to: { host: "224.0.0.251", port: 5353 }, via: "10.77.0.2" };
    for (const ask of ["one.local", "two.local"]) {
      expect(lan.peer(b, { ...script, ask })).toMatchObject({ from: "10.77.0.1", port: 5353, id: 7, answers: 1 });
      const ipv6 = { from: { host: "::", port: 0 }, to: { host: "ff02::fb%e0", port: 5353 }, via: "::%e0", ask };
      expect(lan.peer(b, ipv6)).toMatchObject({ from: expect.stringMatching(/^fe80:/), port: 5353, id: 7, answers: 1 });
    }
  });

  test("replies over IPv6 by the interface of the question, though another has the same subnet (L-13, L-15)", async () => {
    lan.wire([a, "e1", "10.77.1.1/24"], [b, "e1", "10.77.1.2/24"]);
    for (const [host, iface, address] of [
      [a, "e0", "fd77::1"],
      [a, "e1", "fd77::2"],
      [b, "e1", "fd77::3"],
    ] as const) {
      lan.ip(host, `addr add ${address}/64 dev ${iface}`);
    }
    await lan.open(a, { options: {} });
    const two = await lan.open(a, { options: { interfaces: "e1", families: ["ipv6"] } });
    two.do({ do: "register", host: "two" });
    await two.nextLike("claim", { news: "announced" });
    const script = { from: { host: "fd77::3", port: 0 }, to: { host: "ff02::fb%e1", port: 5353 }, via: "::%e1" };
    expect(lan.peer(b, { ...script, ask: "two.local" })).toMatchObject({ from: "fd77::2", port: 5353, id: 7 });
  });

  test("replies that nobody takes do not hold up what goes to the group, though the port is shared (L-15, S-11)", async () => {
    for (const more of [3, 4, 5]) lan.ip(b, `addr add 10.77.0.${more}/24 dev e0`);
    lan.ip(b, "link set e0 arp off"); // so that replies wait in the system for a host to say where it is
    lan.exec(a, "sh", "-c", "echo 1000 > /proc/sys/net/ipv4/neigh/e0/mcast_solicit"); // seconds
    const one = await lan.open(a, { options: { families: ["ipv4"] } });
    const two = await lan.open(a, { options: { families: ["ipv4"] } });
    two.do({ do: "register", host: "two" });
    await two.nextLike("claim", { news: "announced" });
    const [query, count] = [question("two.local"), 500];
    const sources = [2, 3, 4, 5].map((last) => `10.77.0.${last}`);
    lan.exec(b, process.execPath, "-e", ASK, query, String(count), ...sources);
    await two.countersWhen(({ received }) => received >= sources.length * count);
    one.do({ do: "ask", name: "new.local", type: A });
    two.do({ do: "register", host: "new" });
    await one.nextLike("answer", { change: "added", record: "10.77.0.1" });
  });

  test("takes a response sent to the group from any source, and one sent to this host from the link only (L-11, L-12)", async () => {
    lan.ip(b, "addr add 10.77.99.2/32 dev e0");
    lan.ip(a, "route add 10.77.99.2/32 dev e0");
    const one = await lan.open(a, { options: { families: ["ipv4"] } });
    one.do({ do: "ask", name: "group.local", type: A });
    one.do({ do: "ask", name: "host.local", type: A });
    await one.counters(); // it has read both questions
    const from = { host: "10.77.99.2", port: 5353 };
    const to = { host: "224.0.0.251", port: 5353 };
    lan.peer(b, { from, to: { ...to, host: "10.77.0.1" }, answer: { name: "host.local", address: "10.77.0.66" } });
    lan.peer(b, { from, to, via: "10.77.0.2", answer: { name: "group.local", address: "10.77.0.77" } });
    await one.nextLike("answer", { change: "added", record: "10.77.0.77" });
    expect(one.events.filter(({ record }) => record === "10.77.0.66")).toEqual([]);
    expect((await one.counters()).received).toBeGreaterThanOrEqual(2);
  });

  test("what only another program joined is not heard (L-32)", async () => {
    lan.wire([a, "e1", "10.77.1.1/24"], [b, "e1", "10.77.1.2/24"]);
    const narrow = await lan.open(a, { options: { interfaces: "e0", families: ["ipv4"] } });
    await lan.open(a, { options: { families: ["ipv4"] } });
    narrow.do({ do: "ask", name: "far.local", type: A });
    const far = await lan.open(b, { options: { interfaces: "e1", families: ["ipv4"] } });
    far.do({ do: "register", host: "far" });
    await far.nextLike("claim", { news: "announced" });
    const { foreign } = await narrow.countersWhen((now) => now.foreign > 0);
    expect(foreign).toBeGreaterThan(0);
    expect(narrow.events.filter(({ event }) => event === "answer")).toEqual([]);
  });
});
