// npm run build && npx tsx bench/udp/run.ts [ROUNDS [NAME]]   measures, prints the tables and writes them to RESULTS.md beside this file
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { flood, type Memory } from "./flood.ts";
import { measure, type Outcome, type Pair } from "./pair.ts";
import { pingPongPairs } from "./ping-pong.ts";
import { receivingPairs } from "./receiving.ts";
import { sendingPairs } from "./sending.ts";
import { startPeer } from "./start-peer.ts";

const rounds = Number(process.argv[2] ?? 11);
const only = process.argv[3];
const [sink, source, echo] = await Promise.all([startPeer("sink"), startPeer("source"), startPeer("echo")]);

const figures = (value: number | undefined): string => value?.toFixed(2) ?? "";

function row(pair: Pair, size: number, { bare, tuned, ours, ratio, tunedRatio }: Outcome): string {
  const cells = [
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
  return `| ${cells.join(" | ")} |`;
}

function memoryRow({ sent, kept, dropped, heapMiB, rssMiB }: Memory): string {
  return `| ${sent} | ${kept} | ${dropped} | ${heapMiB.toFixed(1)} | ${rssMiB.toFixed(1)} |`;
}

const lines = [
  "# UDP: cost per datagram",
  "",
  `Written by \`npx tsx bench/udp/run.ts ${rounds}\` after \`npm run build\`: Node ${process.version}, ${process.platform}, ${cpus().length} × ${cpus()[0]?.model}.`,
  "",
  "CPU and wall time in microseconds a datagram (ping-pong: a round trip), median of the rounds; contenders take turns within a round.",
  "*bare* is `node:dgram` with a callback or a `message` listener, *tuned* the same with a `lookup` that answers at once.",
  "The ratio is the median over the rounds of ours ÷ bare in CPU time.",
  "",
  "| operation | bytes | bare CPU | tuned CPU | ours CPU | ratio | bound | ratio to tuned | bare wall | ours wall |",
  "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
];
console.log(lines.join("\n"));
for (const pair of [...sendingPairs(sink.port), ...receivingPairs(source.port), ...pingPongPairs(echo.port)]) {
  if (only !== undefined && !pair.name.startsWith(only)) continue;
  for (const size of [256, 1_400]) {
    const line = row(pair, size, await measure(pair, size, rounds));
    lines.push(line);
    console.log(line);
  }
}
for (const peer of [sink, source, echo]) peer.stop();

if (only === undefined) {
  const memory = [
    "",
    "A flood of 256-byte datagrams at a socket that nobody reads (in one process, sender included):",
    "",
    "| sent | kept | dropped by the inbox | heap MiB | RSS MiB |",
    "| --- | --- | --- | --- | --- |",
    ...(await flood(500_000, 100_000)).map(memoryRow),
  ];
  console.log(memory.join("\n"));
  writeFileSync(new URL("./RESULTS.md", import.meta.url), `${[...lines, ...memory].join("\n")}\n`);
}
