import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { ethernet, ipv4, pcap } from "../../cli/monitor/capture/capture-fixture.ts";
import { packet, question } from "../../cli/monitor/packet-fixture.ts";
import { Command, LOOPBACK, ROOT, uniqueType } from "./command.ts";

const SILENT_LINK = "ip link set lo up || exit 77; node dist/cli/mdns-monitor.js -i lo --timeout 300ms";

interface PacketObject {
  readonly event: string;
  readonly questions: readonly { readonly name: string }[];
}

test("what goes over a live link is shown, SIGUSR1 asks for the counters, SIGINT ends it with 0 (K-08)", async () => {
  const type = uniqueType();
  const monitor = new Command("mdns-monitor", "-i", LOOPBACK, "--json");
  const browse = new Command("mdns-browse", type, "-i", LOOPBACK);
  const seen = await monitor.line((line) => {
    const { event, questions } = JSON.parse(line) as PacketObject;
    return event === "packet" && questions.some(({ name }) => name === `${type}.local`) ? JSON.parse(line) : undefined;
  });
  expect(seen).toMatchObject({
    interface: LOOPBACK,
    source: "127.0.0.1",
    sourcePort: 5353,
    kind: "query",
    questions: [{ name: `${type}.local`, type: "PTR" }],
    findings: [],
  });
  await browse.stop();
  monitor.child.kill("SIGUSR1");
  expect(await monitor.json({ event: "summary" })).toMatchObject({ hosts: [{ host: "127.0.0.1" }] });
  const { status, stderr, stdout } = await monitor.stop("SIGINT");
  expect([status, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({ event: "summary" });
});

test("a capture on standard input is read to its end, and what is wrong with it is one sentence", async () => {
  const { payload } = packet({ questions: [question("_ipp._tcp.local")] });
  const capture = pcap([ethernet(ipv4({ payload })), ethernet(ipv4({ payload }))]);
  const whole = new Command("mdns-monitor", "--read", "-", "--json");
  whole.child.stdin.end(capture);
  expect((await whole.ended).stdout.match(/"event":"packet"/g)).toHaveLength(2);
  expect(await whole.ended).toMatchObject({ status: 0, stderr: "" });
  const cut = new Command("mdns-monitor", "--read", "-", "--json");
  cut.child.stdin.end(capture.subarray(0, -1));
  expect(await cut.ended).toMatchObject({
    status: 3,
    stderr: "mdns-monitor: --read -: it ends in the middle of packet 2\n",
  });
});

test("a signal ends it while it waits for standard input", async () => {
  const monitor = new Command("mdns-monitor", "--read", "-", "--json");
  const { payload } = packet({ questions: [question("_ipp._tcp.local")] });
  monitor.child.stdin.write(pcap([ethernet(ipv4({ payload }))]));
  await monitor.json({ event: "packet" });
  expect(await monitor.stop("SIGTERM")).toMatchObject({ status: 0, stderr: "" });
});

test("where nothing was heard it says what may be the cause (K-06)", async ({ skip }) => {
  const alone = spawnSync("unshare", ["--map-root-user", "--net", "sh", "-c", SILENT_LINK], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (alone.status === 77) skip("no network namespace can be made here");
  expect([alone.stderr, alone.status]).toEqual([
    expect.stringMatching(/^mdns-monitor: no packet was heard; [^\n]*5353[^\n]*\n$/),
    1,
  ]);
});
