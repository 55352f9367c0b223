// Compares the codec with dns-packet: node bench/codec/run.mjs [rounds]
// Each codec runs in processes of its own, the two in turn; a figure is the median of its processes.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const MEASURE = fileURLToPath(new URL("measure.mjs", import.meta.url));
const rounds = Number(process.argv[2] ?? 5);
const runs = { earshot: [], "dns-packet": [] };
for (let round = 0; round < rounds; round++) {
  for (const codec of Object.keys(runs)) {
    runs[codec].push(JSON.parse(execFileSync(process.execPath, [MEASURE, codec], { encoding: "utf8" })));
  }
}

console.log(`node ${process.version}, ${rounds} processes of each codec, medians\n`);
console.log("| packet | operation | dns-packet (ns) | earshot (ns) | times as fast |");
console.log("|---|---|---:|---:|---:|");
for (const key of Object.keys(runs.earshot[0])) {
  const [packet, ...operation] = key.split(" ");
  const against = key.replace("decode, TXT split", "decode").replace("glance", "decode");
  const ours = median(runs.earshot.map((figures) => figures[key]));
  const theirs = median(runs["dns-packet"].map((figures) => figures[against]));
  console.log(
    `| ${packet} | ${operation.join(" ")} | ${theirs.toFixed(0)} | ${ours.toFixed(0)} | ${(theirs / ours).toFixed(1)} |`,
  );
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
