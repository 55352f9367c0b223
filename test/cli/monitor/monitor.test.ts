import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { parseArguments } from "../../../src/cli/arguments.ts";
import type { CommandIo } from "../../../src/cli/command-io.ts";
import { monitor } from "../../../src/cli/monitor/monitor.ts";
import { MONITOR } from "../../../src/cli/monitor-spec.ts";
import { PLAIN } from "../../../src/cli/paint.ts";
import { encodeMessage, TYPE } from "../../../src/mdns/wire/index.ts";
import { ethernet, ipv4, ipv6, pcap, pcapng } from "./capture/capture-fixture.ts";
import { a, packet, ptr, question } from "./packet-fixture.ts";

const query = packet({ questions: [question("_ipp._tcp.local")] }).payload;
const bad = packet({ response: true, answers: [ptr("_ipp._tcp.local", "x.local", { flush: true })] }).payload;

/** mdns-monitor on a capture: what it prints, tells and ends with. */
async function run(capture: Uint8Array, ...options: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "earshot-monitor-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "capture");
  writeFileSync(file, capture);
  const printed: string[] = [];
  const notes: string[] = [];
  const io: CommandIo = {
    print: (line) => void printed.push(line),
    note: (message) => void notes.push(message.replace(file, "FILE")),
    complain: (message) => void notes.push(message.replace(file, "FILE")),
    paint: () => PLAIN,
    stop: new AbortController().signal,
    onHangup: () => {},
    onReport: () => {},
    inputLines: () => (async function* () {})(),
    liveView: async () => undefined,
    prepareMdns: () => Promise.reject(new Error("a monitor publishes and browses nothing")),
  };
  const status = await monitor(parseArguments(MONITOR, ["--read", file, ...options]), io).catch(
    (error: Error) => `${error.name}: ${error.message.replace(file, "FILE")}`,
  );
  return { status, printed, notes };
}

const frames = [
  ethernet(ipv4({ payload: query })),
  ethernet(ipv6({ payload: query })),
  ethernet(ipv4({ source: "10.77.1.3", payload: bad })),
  ethernet(ipv4({ source: "10.77.1.3", payload: bad, ttl: 1 })),
  ethernet(ipv4({}, { flags: 0x2000 })),
  ethernet(ipv4({ sourcePort: 53, destinationPort: 53 })),
];

test("packets of a capture one after another, then counters by host, kind and rule (K-08)", async () => {
  const { printed, notes, status } = await run(pcapng(frames));
  expect([status, notes]).toEqual([0, []]);
  const lines = printed.map((line) => line.replace(/^\d\d:\d\d:\d\d/, "TIME"));
  expect(lines).toMatchInlineSnapshot(`
    [
      "TIME.250 e0     10.77.1.2       query         PTR? _ipp._tcp.local",
      "TIME.250 e0     fe80::1         query         PTR? _ipp._tcp.local",
      "TIME.250 e0     10.77.1.3       response      PTR x.local",
      "    ! RFC 6762 §10.2: the cache-flush bit on a shared record: PTR _ipp._tcp.local",
      "TIME.250 e0     10.77.1.3       response      PTR x.local",
      "    ? RFC 6762 §11: a response with an IP TTL that is not 255: TTL 1",
      "    ! RFC 6762 §10.2: the cache-flush bit on a shared record: PTR _ipp._tcp.local",
      "",
      "packets: 4, hosts: 3",
      "",
      "host       packets  bytes  query  response  findings",
      "10.77.1.3        2     86      0         2         3",
      "10.77.1.2        1     33      1         0         0",
      "fe80::1          1     33      1         0         0",
      "",
      "rule                                                     packets",
      "RFC 6762 §10.2: the cache-flush bit on a shared record         2",
      "RFC 6762 §11: a response with an IP TTL that is not 255        1",
      "",
      "not looked into: fragments 1, other packets 1",
    ]
  `);
});

test("programs that share an address are pointed out where that may explain a finding", async () => {
  const from = (...answers: Parameters<typeof a>[]) =>
    ethernet(ipv4({ payload: packet({ response: true, answers: answers.map((host) => a(...host)) }).payload }));
  const early = [from(["one.local"], ["nas.local", "192.0.2.7"]), from(["one.local"]), from(["\u001btwo.local"])];
  const { printed } = await run(pcap(early, { secondsApart: 0 }));
  expect(printed.slice(-3)).toMatchInlineSnapshot(`
    [
      "",
      "What came "again" too early may be two programs: those that share an address look like one sender.",
      "10.77.1.2 is one.local and \\u{1b}two.local, so probably more than one.",
    ]
  `);
  expect((await run(pcap(early))).printed.join("\n")).not.toContain("share");
  const [summary] = (await run(pcap(early), "--summary", "--json")).printed;
  expect(JSON.parse(summary ?? "").hosts).toMatchObject([
    { host: "10.77.1.2", names: ["one.local", "\\027two.local"] },
  ]);
});

test("--faults shows only packets that break a rule, --summary none", async () => {
  const faults = await run(pcap(frames), "--faults", "--json");
  expect(faults.printed.map((line) => JSON.parse(line).event)).toEqual(["packet", "packet", "summary"]);
  const summary = await run(pcap(frames), "--summary", "--json");
  expect(summary.printed.map((line) => JSON.parse(line))).toMatchObject([
    { event: "summary", packets: 4, skipped: { fragments: 1, "other packets": 1 }, forgotten: 0 },
  ]);
});

test("-4 and -6 choose, and --count ends it", async () => {
  const sources = async (...options: string[]) =>
    (await run(pcap(frames), "--json", ...options)).printed.map((line) => JSON.parse(line).source);
  expect(await sources("-6")).toEqual(["fe80::1", undefined]);
  expect(await sources("-4")).toEqual(["10.77.1.2", "10.77.1.3", "10.77.1.3", undefined]);
  expect(await sources("--count", "2")).toEqual(["10.77.1.2", "fe80::1", undefined]);
});

test("a capture without such packets is status 1", async () => {
  expect(await run(pcap([ethernet(ipv4({ sourcePort: 53, destinationPort: 53 }))]))).toMatchObject({ status: 1 });
  expect(await run(pcap([ethernet(ipv4({ payload: query }))]), "--faults")).toMatchObject({ status: 1 });
});

test("one that is cut shows what there is, and fails with one sentence", async () => {
  const { status, printed, notes } = await run(pcap(frames).subarray(0, -5), "--json");
  expect(printed).toHaveLength(5);
  expect([status, notes]).toEqual(["Error: --read FILE: it ends in the middle of packet 6", []]);
});

test("a file that is no capture is wrong usage", async () => {
  expect(await run(Buffer.from("PK\u0003\u0004"))).toEqual({
    status: "UsageError: --read FILE: it is neither pcap nor pcapng; it begins with 0x504b0304",
    printed: [],
    notes: [],
  });
});

test.each([
  [["extra"], "extra"],
  [["-i", "e0"], "e0"],
  [["--faults", "--summary"], "--summary"],
  [["--tree", "--json"], "--json"],
  [["--count", "0"], "0"],
])("%j is wrong usage", async (options, named) => {
  expect((await run(pcap(frames), ...options)).status).toMatch(new RegExp(`^UsageError: .*${named}`));
});

test("any bytes sent to port 5353 are shown and judged, in all three forms", async () => {
  const whole = encodeMessage({
    response: true,
    questions: [question("_ipp._tcp.local", TYPE.ANY)],
    answers: [ptr("_ipp._tcp.local", "x.local"), a("x.local")],
  });
  const damaged = fc
    .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 })
    .map((changes) => Uint8Array.from(whole, (byte, at) => changes.find(([place]) => place === at)?.[1] ?? byte));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(damaged, fc.uint8Array({ maxLength: 80 })), { minLength: 1, maxLength: 20 }),
      fc.constantFrom("--json", "--tree", "--no-color"),
      async (payloads, form) => {
        const { status, printed } = await run(pcap(payloads.map((payload) => ethernet(ipv4({ payload })))), form);
        expect(status).toBe(0);
        expect(printed.length).toBeGreaterThan(payloads.length);
      },
    ),
    { numRuns: 150 },
  );
});
