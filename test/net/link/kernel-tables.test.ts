import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Namespaces, noNamespaces } from "./namespaces.ts";
import { PATIENT } from "./patience.ts";

const PROGRAM = fileURLToPath(new URL("tables.ts", import.meta.url));

describe("the kernel's tables tell, with IPv4 alone,", PATIENT, () => {
  const lan = new Namespaces();
  let program: ChildProcess;
  let answers: Interface;
  let peer: string;

  beforeAll(async () => {
    if (noNamespaces !== undefined) return;
    const host = lan.add("host");
    peer = lan.add("peer");
    lan.exec(host, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6");
    for (const n of [0, 1]) lan.wire([host, `e${n}`, `10.77.${n}.1/24`], [peer, `e${n}`]);
    program = spawn("ip", ["netns", "exec", host, process.execPath, "--import", "tsx", PROGRAM], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    if (program.stdout === null) throw new Error("no pipe");
    answers = createInterface({ input: program.stdout });
    await once(answers, "line");
  }, 60_000);
  beforeEach(({ skip }) => skip(noNamespaces !== undefined, noNamespaces));
  afterAll(async () => {
    program?.stdin?.end();
    if (program?.exitCode === null) await once(program, "exit");
    await lan.remove();
  });

  async function differAfter(command: string): Promise<boolean> {
    program.stdin?.write(`${command}\n`);
    const [line] = await once(answers, "line");
    return line === "true";
  }

  const MAC = "02:00:00:00:77:01";
  const ANEW = `ip link del e1; ip link add e1 address ${MAC} type veth peer name p1 && ip addr add 10.77.1.1/24 dev e1 && ip link set p1 up && ip link set e1 up`;

  test.each([
    ["an address added", "ip addr add 10.77.0.11/24 dev e0"],
    ["an address removed", "ip addr del 10.77.0.11/24 dev e0"],
    ["an address replaced", "ip addr add 10.77.5.1/24 dev e0 && ip addr del 10.77.0.1/24 dev e0"],
    ["an address moved to another interface", "ip addr del 10.77.5.1/24 dev e0 && ip addr add 10.77.5.1/24 dev e1"],
    ["an interface that was made anew", ANEW],
    ["made anew once more, with the same addresses", ANEW],
    ["taken down", "ip link set e1 down"],
    ["and up", "ip link set e1 up"],
    ["whose end of the cable was pulled out", "ip link set p1 down"],
    ["and put in", "ip link set p1 up"],
    ["an IPv6 address", "echo 0 > /proc/sys/net/ipv6/conf/e0/disable_ipv6; ip addr add fd77::1/64 dev e0 nodad"],
    ["its removal", "ip addr del fd77::1/64 dev e0"],
  ])("of %s (L-24, L-25)", async (_what, command) => {
    expect(await differAfter(command)).toBe(true);
  });
});
