import { execFile, execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const NAMESPACE = `earshot-udp-${process.pid}`;
const SCENARIOS = fileURLToPath(new URL("./scenarios.ts", import.meta.url));

const ip = (...args: readonly string[]): void => void execFileSync("ip", args, { stdio: "pipe" });
const inside = (...args: readonly string[]): void => ip("netns", "exec", NAMESPACE, ...args);

function whyNot(): string | undefined {
  if (process.platform !== "linux") return "network namespaces are a Linux feature";
  if (process.getuid?.() !== 0) return "making a network namespace takes root";
  try {
    ip("netns", "add", NAMESPACE);
  } catch (error) {
    return `no network namespace can be made here: ${String(error).split("\n")[0]}`;
  }
  return undefined;
}

const reason = whyNot();

function wire(a: string, b: string, subnet: number): void {
  ip("-n", NAMESPACE, "link", "add", a, "type", "veth", "peer", "name", b);
  for (const [end, name] of [a, b].entries()) {
    inside("sysctl", "-qw", `net.ipv6.conf.${name}.accept_dad=0`, `net.ipv4.neigh.${name}.unres_qlen_bytes=4000000`);
    ip("-n", NAMESPACE, "addr", "add", `10.77.${subnet}.${end + 1}/24`, "dev", name);
    ip("-n", NAMESPACE, "link", "set", name, "up");
  }
}

async function run(scenario: string): Promise<unknown> {
  const command = ["netns", "exec", NAMESPACE, process.execPath, "--import", "tsx", SCENARIOS, scenario];
  const { stdout } = await promisify(execFile)("ip", command, { timeout: 25_000 });
  return JSON.parse(stdout);
}

describe.skipIf(reason !== undefined)(`over real interfaces${reason ? ` (skipped: ${reason})` : ""}`, () => {
  beforeAll(() => {
    ip("-n", NAMESPACE, "link", "set", "lo", "up");
    for (const key of ["all", "default"]) {
      inside("sysctl", "-qw", `net.ipv4.conf.${key}.accept_local=1`, `net.ipv4.conf.${key}.rp_filter=0`);
    }
    wire("e0", "e1", 1);
    wire("e2", "e3", 2);
    ip("-n", NAMESPACE, "route", "add", "224.0.0.0/4", "dev", "e0");
  });

  afterAll(() => ip("netns", "del", NAMESPACE));

  test("multicast loopback is the sender's, off and on", async () => {
    expect(await run("loopback")).toEqual(["loopback true from 10.77.1.1", "loopback true from 10.77.1.1"]);
  });

  test("the multicast interface may change with every datagram of a tick, and decides the source", async () => {
    expect(await run("interfaceChoice")).toEqual([
      "10.77.1.1 from 10.77.1.1",
      "10.77.2.1 from 10.77.2.1",
      "10.77.2.1 from 10.77.2.1",
    ]);
  });

  test("multicast TTL 0 stays on the machine, 1 crosses the wire", async () => {
    expect(await run("ttl")).toEqual(["ttl 1 from 10.77.1.1", "ttl 0, same machine from 10.77.2.1", "nothing"]);
  });

  test("sharing sockets all hear the group, the last bound hears unicast", async () => {
    expect(await run("sharing")).toEqual([
      "both from 10.77.1.1",
      "both from 10.77.1.1",
      "one from 10.77.1.2",
      "nothing",
    ]);
  });

  test("a socket joins 20 groups, the next is ENOBUFS, before bind and after", async () => {
    const joined = ["20 joined, then ENOBUFS", "EADDRINUSE"];
    expect(await run("limit")).toEqual([...joined, ...joined]);
  });

  test("leaving goes by interface, however spelled, and an unbound socket remembers what the kernel dropped", async () => {
    const unbound = ["ok", "EADDRINUSE", "EADDRINUSE", "ok", "ok", "EADDRNOTAVAIL"];
    expect(await run("leaving")).toEqual([...unbound, "EADDRNOTAVAIL", "EADDRNOTAVAIL", "ok"]);
  });

  test("IPv6: zones in bind, connect, destinations, memberships and the multicast interface", async () => {
    expect(await run("ipv6")).toEqual([
      "zone in the destination from e0's%e1",
      "zone by index from e0's%e1",
      "multicast interface from e0's%e1",
      "the other wire from e2's%e3",
      "unicast from e0's%e1",
      "e0's%e0",
      "no more",
    ]);
  });

  test("a full queue stops sends to every destination; draining lets all that wait go on (§4)", async () => {
    expect(await run("fullQueue")).toEqual({
      before: [false, "not ready", null],
      after: ["done", "broken in", "done", "done", "done"],
      got: ["first", "event", "last"],
      more: "no more",
      try: true,
    });
  });

  test("closing wakes blocked sends and makes send-ready ready (§4)", async () => {
    expect(await run("fullQueueClosed")).toEqual(["ERR_UDP_CLOSED", "ERR_UDP_CLOSED", "done"]);
  });

  test("a blocked send looks again at the state when it wakes", async () => {
    expect(await run("fullQueueConnected")).toBe("ERR_UDP_CONNECTED");
  });

  test("connecting again and disconnecting leave a queued datagram to the old peer, and closing ends their wait", async () => {
    expect(await run("fullQueueReconnect")).toEqual([
      ...[true, "done", true, "done", "nothing"],
      ...["ERR_UDP_CLOSED", "ERR_UDP_CLOSED"],
    ]);
  });

  test("what waits in the queue is a copy, arrives whole, and is counted as sent", async () => {
    expect(await run("fullQueueCopies")).toEqual({ bytes: [1], counted: true });
  });

  test("an unreachable network is told by sendTo, and by the operation after trySendTo", async () => {
    expect(await run("noRoute")).toEqual(["ENETUNREACH", true, "ENETUNREACH", "ok", true]);
  });
});
