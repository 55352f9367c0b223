import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { HostProcess } from "./host-process.ts";
import { Namespaces, noNamespaces } from "./namespaces.ts";
import { PATIENT } from "./patience.ts";

const A = 1;
const AAAA = 28;

describe("changes of an interface while names are claimed on it", PATIENT, () => {
  let lan: Namespaces;
  let a: string;
  let b: string;
  let one: HostProcess;
  let two: HostProcess;

  beforeEach(async ({ skip }) => {
    skip(noNamespaces !== undefined, noNamespaces);
    lan = new Namespaces();
    a = lan.add("a");
    b = lan.add("b");
    lan.wire([a, "e0", "10.77.0.1/24"], [b, "e0", "10.77.0.2/24"]);
    one = await lan.open(a, { options: { interfaces: "e0" } });
    two = await lan.open(b, { options: {} });
    two.do({ do: "ask", name: "one.local", type: A });
    one.do({ do: "register", host: "one" });
    await one.nextLike("claim", { news: "announced" });
    await two.nextLike("answer", { change: "added", record: "10.77.0.1" });
  }, PATIENT.timeout);
  afterEach(() => lan?.remove(), PATIENT.timeout);

  test("an address added is told, and claimed anew (L-24)", async () => {
    lan.ip(a, "addr add 10.77.0.11/24 dev e0");
    await one.nextLike("addresses", { link: "e0" });
    await one.nextLike("claim", { news: "announced" });
    await two.nextLike("answer", { change: "added", record: "10.77.0.11" });
  });

  test("an address replaced by one of another subnet: the old one is withdrawn from the peer (L-24)", async () => {
    lan.ip(b, "addr add 10.77.5.2/24 dev e0");
    await two.nextLike("addresses");
    lan.ip(a, "addr add 10.77.5.1/24 dev e0");
    lan.ip(a, "addr del 10.77.0.1/24 dev e0");
    await two.nextLike("answer", { change: "added", record: "10.77.5.1" });
    await two.nextLike("answer", { change: "removed", record: "10.77.0.1" });
  });

  test("an interface taken down loses what was learnt there, and finds it again when it is back (L-25)", async () => {
    lan.ip(b, "link set e0 down");
    await two.nextLike("answer", { change: "removed", record: "10.77.0.1" });
    await two.nextLike("linkDown", { link: "e0" });
    await one.nextLike("linkDown", { link: "e0" }); // its end of the wire has lost the carrier
    lan.ip(b, "link set e0 up");
    await two.nextLike("linkUp", { link: "e0" });
    await one.nextLike("claim", { news: "announced" });
    await two.nextLike("answer", { change: "added", record: "10.77.0.1" });
  });

  test("an interface deleted comes back by its name, with another index (L-24)", async () => {
    lan.ip(a, "link del e0");
    await one.nextLike("linkDown", { link: "e0" });
    lan.wire([a, "e0", "10.77.0.1/24"], [b, "e0", "10.77.0.2/24"]);
    await one.nextLike("linkUp", { link: "e0" });
    await one.nextLike("claim", { news: "announced" });
    await two.nextLike("answer", { change: "added", record: "10.77.0.1" });
    await everythingLeaves();
  });

  /** What is sent to the group leaves by the interface that is there now. */
  async function everythingLeaves(): Promise<void> {
    const before = await one.counters();
    one.do({ do: "sleep", ms: 60_000 });
    await one.nextLike("claim", { news: "announced" });
    const enough = 8; // three probes and an announcement, by two families
    const after = await one.countersWhen(({ echoes }) => echoes - before.echoes >= enough);
    expect(after.echoes - before.echoes).toBeGreaterThanOrEqual(enough);
    expect(after.sendErrors).toBe(before.sendErrors);
  }

  test("an interface replaced between two looks is a new one (L-24)", async () => {
    lan.ip(a, "link del e0");
    lan.wire([a, "e0", "10.77.0.1/24"], [b, "e0", "10.77.0.2/24"]);
    await one.nextLike("linkUp", { link: "e0" });
    await one.nextLike("claim", { news: "announced" });
    await two.nextLike("answer", { change: "added", record: "10.77.0.1" });
    await everythingLeaves();
  });

  test("an interface without IPv6 replaced by one just like it is sent by again (L-24, N-20)", async () => {
    lan.exec(a, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6");
    lan.exec(a, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/e0/disable_ipv6");
    await one.nextLike("addresses", { link: "e0" });
    await one.nextLike("claim", { news: "announced" });
    const hardwareAddress = lan.exec(a, "cat", "/sys/class/net/e0/address").trim();
    lan.ip(a, "link del e0");
    lan.ip(a, `link add e0 address ${hardwareAddress} type veth peer name e0 netns ${b}`);
    lan.ip(a, "addr add 10.77.0.1/24 dev e0");
    lan.ip(a, "link set e0 up");
    lan.ip(b, "addr add 10.77.0.2/24 dev e0");
    lan.ip(b, "link set e0 up");
    two.skip();
    await two.nextLike("answer", { change: "added", record: "10.77.0.1" });
  });

  test("sleep is followed by claiming anew (L-24, P-01)", async () => {
    one.do({ do: "sleep", ms: 60_000 });
    await one.nextLike("diagnostic", { kind: "woke" });
    await one.nextLike("claim", { news: "announced" });
  });

  test("sends refused by the system degrade one family of one interface, which recovers by itself (L-30, N-20)", async () => {
    two.skip();
    lan.ip(a, "xfrm policy add dir out src 0.0.0.0/0 dst 224.0.0.251/32 action block");
    one.do({ do: "sleep", ms: 60_000 });
    await one.nextLike("diagnostic", { kind: "degraded", interface: "e0", family: "ipv4" });
    lan.ip(a, "xfrm policy flush");
    await one.nextLike("diagnostic", { kind: "recovered", interface: "e0", family: "ipv4" });
    await one.nextLike("claim", { news: "announced" });
    const { sendErrors } = await one.counters();
    expect(sendErrors).toBeGreaterThan(0);
    expect(one.events.filter(({ kind }) => kind === "degraded" || kind === "recovered")).toHaveLength(2);
  });

  test("an interface that flaps many times is found in the end, and nothing escapes (N-20)", async () => {
    const rounds = 30;
    for (let round = 1; round <= rounds; round++) {
      lan.ip(a, `addr add 10.77.${round}.1/24 dev e0`);
      lan.ip(a, `addr del 10.77.${round - 1}.1/24 dev e0`);
      if (round % 5 === 1) lan.ip(a, "link set e0 down");
      if (round % 5 === 2) lan.ip(a, "link set e0 up");
    }
    two.skip();
    await two.nextLike("answer", { change: "added", record: `10.77.${rounds}.1` });
    expect([...one.events, ...two.events].filter(({ event, kind }) => event === "escaped" || kind === "error")).toEqual(
      [],
    );
  });
});

describe("an interface that was not there at the start", PATIENT, () => {
  let lan: Namespaces;
  beforeEach(({ skip }) => {
    skip(noNamespaces !== undefined, noNamespaces);
    lan = new Namespaces();
  });
  afterEach(() => lan?.remove(), PATIENT.timeout);

  test("is used as soon as it comes up, and its IPv6 address as soon as it may be (RFC 4862 §5.4; N-20)", async () => {
    const options = { duplicateDetection: true };
    const [a, b] = [lan.add("a", options), lan.add("b", options)];
    const one = await lan.open(a, { options: {} });
    const two = await lan.open(b, { options: {} });
    one.do({ do: "register", host: "one" });
    two.do({ do: "ask", name: "one.local", type: AAAA });
    lan.wire([a, "e0", "10.77.0.1/24"], [b, "e0", "10.77.0.2/24"]);
    // At once with the IPv4 one if the first look comes so late.
    await one.next(({ addresses }) => addresses?.length === 2);
    await two.next(({ event, record }) => event === "answer" && String(record).startsWith("fe80:"));
    expect([...one.events, ...two.events].filter(({ kind }) => kind === "refused" || kind === "degraded")).toEqual([]);
  });

  test("may be named before it has an address", async () => {
    const [a, b] = [lan.add("a"), lan.add("b")];
    lan.ip(a, `link add e0 type veth peer name e0 netns ${b}`);
    const one = await lan.open(a, { options: { interfaces: "e0" } });
    lan.ip(b, "link set e0 up");
    lan.ip(a, "addr add 10.77.0.1/24 dev e0");
    lan.ip(a, "link set e0 up");
    await one.nextLike("linkUp", { link: "e0" });
  });
});
