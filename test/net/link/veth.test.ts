import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Namespaces, noNamespaces } from "./namespaces.ts";
import { PATIENT } from "./patience.ts";

const A = 1;
const AAAA = 28;

describe("hosts in network namespaces", PATIENT, () => {
  let lan: Namespaces;
  beforeEach(({ skip }) => {
    skip(noNamespaces !== undefined, noNamespaces);
    lan = new Namespaces();
  });
  afterEach(() => lan?.remove(), PATIENT.timeout);

  /** Two hosts on a wire, with an address each. */
  function pair(): readonly [string, string] {
    const [a, b] = [lan.add("a"), lan.add("b")];
    lan.wire([a, "e0", "10.77.0.1/24"], [b, "e0", "10.77.0.2/24"]);
    return [a, b];
  }

  test("find each other over IPv4 and IPv6 and see a goodbye; nothing holds the process after the end (L-20)", async () => {
    const [a, b] = pair();
    const one = await lan.open(a, { options: {} });
    const two = await lan.open(b, { options: {} });
    two.do({ do: "ask", name: "one.local", type: A });
    two.do({ do: "ask", name: "one.local", type: AAAA });
    one.do({ do: "register", host: "one" });
    await one.nextLike("claim", { news: "announced" });
    expect(await two.nextLike("answer", { change: "added", record: "10.77.0.1" })).toMatchObject({ link: "e0" });
    await two.next(({ event, record }) => event === "answer" && String(record).startsWith("fe80:"));
    one.do({ do: "close" });
    expect(await one.nextLike("closed")).toMatchObject({ resources: [] });
    await two.nextLike("answer", { change: "removed", record: "10.77.0.1" });
    expect(await one.exited).toBe(0);
  });

  test("each copy of an own datagram is told from a rival's: all echoes are counted, none comes twice (L-23)", async () => {
    const [a] = pair();
    const one = await lan.open(a, { options: {} });
    one.do({ do: "register", host: "one" });
    await one.nextLike("claim", { news: "announced" });
    const { sent, echoes, received, sendErrors } = await one.countersWhen((now) => now.echoes === now.sent);
    expect(sent).toBeGreaterThanOrEqual(8); // three probes and an announcement, by two families
    expect(echoes).toBe(sent);
    expect(received).toBe(sent);
    expect(sendErrors).toBe(0);
  });

  test("speak IPv6 alone where there is no IPv4 (L-22)", async () => {
    const [a, b] = [lan.add("a"), lan.add("b")];
    lan.wire([a, "e0"], [b, "e0"]);
    const one = await lan.open(a, { options: {} });
    const two = await lan.open(b, { options: {} });
    two.do({ do: "ask", name: "one.local", type: AAAA });
    one.do({ do: "register", host: "one" });
    await two.nextLike("answer", { change: "added" });
  });

  test("leave an interface alone that carries no multicast, unless it is named (L-31)", async () => {
    const [a] = pair();
    lan.ip(a, "link set e0 multicast off");
    const one = await lan.open(a, { options: {} });
    expect(one.events.filter(({ event }) => event === "linkUp")).toEqual([]);
    const two = await lan.open(a, { options: { interfaces: "e0" } });
    await two.nextLike("linkUp", { link: "e0" });
  });

  test("need no loopback interface", async () => {
    const [a, b] = pair();
    for (const namespace of [a, b]) lan.ip(namespace, "link set lo down");
    const one = await lan.open(a, { options: { families: ["ipv4"] } });
    const two = await lan.open(b, { options: { families: ["ipv4"] } });
    two.do({ do: "ask", name: "one.local", type: A });
    one.do({ do: "register", host: "one" });
    await two.nextLike("answer", { change: "added", record: "10.77.0.1" });
  });

  test("keep links apart: each interface tells only its own addresses, and an excluded one is silent (L-18, L-19, N-21, N-24)", async () => {
    const [a, b] = [lan.add("a"), lan.add("b")];
    for (const n of [1, 2, 3]) {
      lan.wire([a, `e${n}`, `10.77.${n}.1/24`], [b, `f${n}`, `10.77.${n}.2/24`]);
    }
    const one = await lan.open(a, { options: { exclude: "e3", families: ["ipv4"] } });
    const two = await lan.open(b, { options: { families: ["ipv4"] } });
    two.do({ do: "ask", name: "one.local", type: A });
    one.do({ do: "register", host: "one" });
    await two.nextLike("answer", { link: "f1", record: "10.77.1.1" });
    await two.nextLike("answer", { link: "f2", record: "10.77.2.1" });
    await one.nextLike("claim", { link: "e1", news: "announced" });
    await one.nextLike("claim", { link: "e2", news: "announced" });
    await two.counters();
    const told = two.events.filter(({ event }) => event === "answer").map(({ link, record }) => `${link} ${record}`);
    expect(told.sort()).toEqual(["f1 10.77.1.1", "f2 10.77.2.1"]);
    expect(one.events.filter(({ event }) => event === "linkUp").map(({ link }) => link)).toEqual(["e1", "e2"]);
  });

  test("do not fight themselves on two interfaces of one LAN (L-28, H-29)", async () => {
    const [host, lanSide] = [lan.add("host"), lan.add("br")];
    lan.ip(lanSide, "link add br0 type bridge");
    lan.ip(lanSide, "addr add 10.77.0.9/24 dev br0");
    lan.ip(lanSide, "link set br0 up");
    for (const n of [1, 2]) {
      lan.wire([host, `e${n}`, `10.77.0.${n}/24`], [lanSide, `p${n}`]);
      lan.ip(lanSide, `link set p${n} master br0`);
    }
    const one = await lan.open(host, { options: {} });
    const two = await lan.open(lanSide, { options: { interfaces: "br0" } });
    two.do({ do: "ask", name: "one.local", type: A });
    one.do({ do: "register", host: "one" });
    for (const link of ["e1", "e2"]) await one.nextLike("claim", { link, news: "announced" });
    await two.nextLike("answer", { record: "10.77.0.1" });
    await two.nextLike("answer", { record: "10.77.0.2" });
    one.do({ do: "sleep", ms: 60_000 });
    for (const link of ["e1", "e2"]) await one.nextLike("claim", { link, news: "announced" });
    expect(one.events.filter(({ news }) => news === "lost" || news === "unsettled")).toEqual([]);
    expect((await one.counters()).twins).toBeGreaterThan(0);
  });

  test("work on more interfaces than a socket may have memberships (N-25)", async () => {
    const [a, b] = [lan.add("a"), lan.add("b")];
    const all = Array.from({ length: 25 }, (_, n) => n);
    for (const n of all) lan.wire([a, `e${n}`, `10.77.${n}.1/24`], [b, `f${n}`, `10.77.${n}.2/24`]);
    const one = await lan.open(a, { options: { families: ["ipv4"] } });
    const two = await lan.open(b, { options: { families: ["ipv4"] } });
    two.do({ do: "ask", name: "one.local", type: A });
    one.do({ do: "register", host: "one" });
    for (const n of all) await two.nextLike("answer", { link: `f${n}`, record: `10.77.${n}.1` });
    expect(two.events.filter(({ event }) => event === "answer")).toHaveLength(25);
    expect(one.events.filter(({ kind }) => kind === "refused")).toEqual([]);
  });

  test("an interface with ten addresses and labels is one link that has them all (N-22)", async () => {
    const [a] = pair();
    for (const n of [3, 4, 5]) lan.ip(a, `addr add 10.77.0.${n}/24 dev e0`);
    lan.ip(a, "addr add 10.77.9.1/24 dev e0 label e0:9");
    for (const n of [1, 2, 3, 4]) lan.ip(a, `addr add fd77::${n}/64 dev e0 nodad`);
    const one = await lan.open(a, { options: {} });
    const up = await one.nextLike("linkUp", { link: "e0" });
    expect(up.addresses).toEqual(expect.arrayContaining(["10.77.0.1", "10.77.0.5", "10.77.9.1", "fd77::1", "fd77::4"]));
    expect(up.addresses).toHaveLength(10);
    expect(one.events.filter(({ kind }) => kind === "refused")).toEqual([]);
    expect(lan.exec(a, "grep", "-c", "FB0000E0", "/proc/net/igmp").trim()).toBe("1");
  });

  test("a machine whose sockets hear everything on wildcards works the same (N-24)", async () => {
    const [a, b] = pair();
    lan.wire([a, "e1", "10.77.1.1/24"], [b, "e1", "10.77.1.2/24"]);
    const one = await lan.open(a, { options: {}, platform: "win32" });
    const two = await lan.open(b, { options: {}, platform: "darwin" });
    two.do({ do: "ask", name: "one.local", type: A });
    two.do({ do: "ask", name: "one.local", type: AAAA });
    one.do({ do: "register", host: "one" });
    for (const n of [0, 1]) {
      await two.nextLike("answer", { link: `e${n}`, change: "added", record: `10.77.${n}.1` });
      await two.next(({ link, record }) => link === `e${n}` && String(record).startsWith("fe80:"));
    }
    for (const link of ["e0", "e1"]) await one.nextLike("claim", { link, news: "announced" });
    const { sent, echoes } = await one.countersWhen((now) => now.echoes === now.sent);
    expect(echoes).toBe(sent);
  });
});
