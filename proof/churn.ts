// npm run proof:churn -- [MINUTES]   what a day may bring, in 20 minutes: is the heap flat?

import { table } from "../bench/results.ts";
import { median } from "../bench/statistics.ts";
import { Lan } from "../test/interop/lan.ts";
import { Churn, type Report } from "../test/net/lifecycle/churn.ts";
import { noNamespaces } from "../test/net/link/namespaces.ts";
import { report } from "./results.ts";

const MINUTES = Number(process.argv[2] ?? 20);
const CALLS_PER_SECOND = 150;
const SAMPLES = 20;
const WARM_UP = SAMPLES / 2; // samples that are not counted: until everything is compiled and every list has its usual length
const GROWTH = 0.05; // of the heap, from the first half to the second

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2);
}

async function measured(lan: Lan): Promise<{ samples: readonly Report[]; rested: Report }> {
  const churn = new Churn(lan, CALLS_PER_SECOND);
  const seconds = (MINUTES * 60) / (WARM_UP + SAMPLES); // between two samples, and two disturbances
  await churn.run(WARM_UP * seconds, seconds);
  const samples: Report[] = [];
  for (let count = 0; count < SAMPLES; count++) {
    await churn.run(seconds, seconds);
    const sample = await churn.report();
    samples.push(sample);
    const records = sample.counters.links.reduce((sum, { cache }) => sum + cache.records, 0);
    process.stderr.write(`${megabytes(sample.heap)} MB, ${records} cached records, ${sample.calls} calls\n`);
  }
  await churn.rest();
  return { samples, rested: await churn.report() };
}

interface Verdict {
  readonly holds: boolean;
  readonly lines: readonly string[];
}

function judge({ samples, rested }: { samples: readonly Report[]; rested: Report }): Verdict {
  const heaps = samples.map(({ heap }) => heap);
  const [early, late] = [heaps.slice(0, SAMPLES / 2), heaps.slice(SAMPLES / 2)].map(median) as [number, number];
  const growth = late / early - 1;
  const last = samples.at(-1) as Report;
  const { open, links } = rested.counters;
  const left = [open, ...links.flatMap(({ questions, claims }) => [questions, claims])];
  const rows = [
    ["calls", String(last.calls), ""],
    ["services told of", String(last.events), ""],
    ["heap, median of the first half", `${megabytes(early)} MB`, ""],
    [
      "heap, median of the second half",
      `${megabytes(late)} MB (${(growth * 100).toFixed(1)} %)`,
      `${GROWTH * 100} % of growth`,
    ],
    ["open, asked and claimed at rest", left.join(", "), "0, 0, 0"],
    ["errors that nobody caught", String(rested.escaped.length), "0"],
  ];
  const holds = growth <= GROWTH && left.every((count) => count === 0) && rested.escaped.length === 0;
  const lines = [
    `${MINUTES} minutes of calls at random, up to ${CALLS_PER_SECOND} a second: publish, update, withdraw, browse, iterate, resolve, look up,`,
    "reconfirm. Two more programs on the link do the same; now and then one of them is killed and starts again, and the",
    `other one's cable is pulled. As many calls in a day are one every ${(86_400 / last.calls).toFixed(1)} s. The heap, less compiled code,`,
    `is read after full collections, ${SAMPLES} times in the last two thirds of the time: until then it fills.`,
    "",
    ...table(["", "", "bound"], rows),
    "",
    holds ? "All bounds hold." : "**A bound is missed.**",
  ];
  return { holds, lines };
}

if (noNamespaces === undefined) {
  const lan = new Lan();
  try {
    const { holds, lines } = judge(await measured(lan));
    report("Churn", "npm run proof:churn", lines);
    if (!holds) process.exitCode = 1;
  } finally {
    await lan.remove();
  }
} else {
  process.stderr.write(`${noNamespaces}\n`);
  process.exitCode = 2;
}
