// npx tsx bench/codec/run.ts [ROUNDS]   reading and writing packets, beside dns-packet
// Each codec runs in processes of its own, in plain Node, the two in turn; a figure is the median of its processes.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { report, table } from "../results.ts";
import { median, pairedRatio } from "../statistics.ts";

const MEASURE = fileURLToPath(new URL("measure.mjs", import.meta.url));
const ROUNDS = Number(process.argv[2] ?? 5);
type Figures = Readonly<Record<string, number>>;

const figures = (codec: string): Figures =>
  JSON.parse(execFileSync(process.execPath, [MEASURE, codec], { encoding: "utf8" }));
const rounds = Array.from({ length: ROUNDS }, () => ({ ours: figures("earshot"), theirs: figures("dns-packet") }));

function row(key: string): string[] {
  const [packet = "", ...operation] = key.split(" ");
  const against = key.replace("decode, TXT split", "decode").replace("glance", "decode");
  const ours = rounds.map((round) => round.ours[key] ?? Number.NaN);
  const theirs = rounds.map((round) => round.theirs[against] ?? Number.NaN);
  const times = pairedRatio(theirs, ours).toFixed(1);
  return [packet, operation.join(" "), median(theirs).toFixed(0), median(ours).toFixed(0), times];
}

report("Codec", `npx tsx bench/codec/run.ts ${ROUNDS}`, [
  "Nanoseconds of CPU time, helper threads of the collector included, for the packets of `test/fixtures/packets`. Each codec runs",
  `in processes of its own, in turn; a figure is the median of ${ROUNDS} processes, each the median of 25 runs after warming up, and`,
  "*times as fast* the median of the ratios of each two processes in a row. [What the rows mean](README.md#the-codec).",
  "",
  ...table(
    ["packet", "operation", "dns-packet (ns)", "earshot (ns)", "times as fast"],
    Object.keys(rounds[0]?.ours ?? {}).map(row),
  ),
]);
