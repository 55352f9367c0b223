// npx tsx bench/udp/run.ts [ROUNDS [NAME]]   cost of a datagram; with the start of a name, those operations only, and nothing is written
import { report, table } from "../results.ts";
import { flood, type Memory } from "./flood.ts";
import { measure, type Outcome, type Pair } from "./pair.ts";
import { pingPongPairs } from "./ping-pong.ts";
import { receivingPairs } from "./receiving.ts";
import { sendingPairs } from "./sending.ts";
import { startPeer } from "./start-peer.ts";

const HEAD = [
  "operation",
  "bytes",
  "bare CPU",
  "tuned CPU",
  "ours CPU",
  "ratio",
  "bound",
  "ratio to tuned",
  "bare wall",
  "ours wall",
];
const rounds = Number(process.argv[2] ?? 11);
const only = process.argv[3];
const [sink, source, echo] = await Promise.all([startPeer("sink"), startPeer("source"), startPeer("echo")]);

const figures = (value: number | undefined): string => value?.toFixed(2) ?? "";

function row(pair: Pair, size: number, { bare, tuned, ours, ratio, tunedRatio }: Outcome): string[] {
  return [
    pair.name,
    String(size),
    figures(bare.cpu),
    figures(tuned?.cpu),
    figures(ours.cpu),
    figures(ratio),
    `${pair.bound.toFixed(2)} ${ratio <= pair.bound ? "holds" : "**missed**"}`,
    figures(tunedRatio),
    figures(bare.wall),
    figures(ours.wall),
  ];
}

function memoryRow({ sent, kept, dropped, heapMiB, rssMiB }: Memory): string[] {
  return [String(sent), String(kept), String(dropped), heapMiB.toFixed(1), rssMiB.toFixed(1)];
}

const rows: string[][] = [];
for (const pair of [...sendingPairs(sink.port), ...receivingPairs(source.port), ...pingPongPairs(echo.port)]) {
  if (only !== undefined && !pair.name.startsWith(only)) continue;
  for (const size of [256, 1_400]) {
    const cells = row(pair, size, await measure(pair, size, rounds));
    rows.push(cells);
    process.stderr.write(`${cells.join(" | ")}\n`);
  }
}
for (const peer of [sink, source, echo]) peer.stop();

if (only === undefined) {
  report("UDP", `npx tsx bench/udp/run.ts ${rounds}`, [
    "CPU and wall time in microseconds a datagram (ping-pong: a round trip), median of the rounds; contenders take turns within a round.",
    "*bare* is `node:dgram` with a callback or a `message` listener, *tuned* the same with a `lookup` that answers at once.",
    "The ratio is the median over the rounds of ours ÷ bare in CPU time.",
    "",
    ...table(HEAD, rows),
    "",
    "A flood of 256-byte datagrams at a socket that nobody reads (in one process, sender included):",
    "",
    ...table(
      ["sent", "kept", "dropped by the inbox", "heap MiB", "RSS MiB"],
      (await flood(500_000, 100_000)).map(memoryRow),
    ),
  ]);
}
