// npx tsx bench/network/new-services.ts [ROUNDS]   2,000 services that appear at once, one packet each
import { setTimeout } from "node:timers/promises";
import type { Lan } from "../../test/interop/lan.ts";
import { report, table, verdict } from "../results.ts";
import { median, pairedRatio } from "../statistics.ts";
import { Contender } from "./contender.ts";
import { benchHost, inLab } from "./lab.ts";
import { Talker } from "./talker.ts";

const ROUNDS = Number(process.argv[2] ?? 3);
const COUNT = 2_000;
/** Fits beside the first set in earshot's cache of 10,000 records. */
const WARM_COUNT = 1_000;
const TYPE = "_http._tcp";
const RATES = [16_000, undefined] as const;
const NAMES = ["multicast-dns", "earshot", "bonjour-service"];
const SETTLED = 2_000; // ms
const AFTER = 1_500; // ms
const BOUND = 0.5;

interface Outcome {
  readonly reported: number;
  /** Milliseconds from the first packet to the last report. */
  readonly last: number;
  /** Microseconds of CPU for each service that was reported, all that follows soon included. */
  readonly cpu: number;
  /** Packets a second. */
  readonly rate: number;
}

/** A process that has just started, and the same process when it has done it once. */
interface Outcomes {
  readonly fresh: Outcome;
  readonly warm: Outcome;
}

async function outcomes(lan: Lan, name: string, rate: number | undefined): Promise<Outcomes> {
  const segment = lan.segment(["ipv4"]);
  const contender = new Contender(benchHost(lan, segment), name);
  const talker = new Talker(lan, segment);
  await contender.browse(TYPE);
  await setTimeout(SETTLED);
  const fresh = await outcome(contender, talker, { count: COUNT, rate, prefix: "First", type: TYPE });
  const warm = await outcome(contender, talker, { count: WARM_COUNT, rate, prefix: "Second", type: TYPE });
  await contender.stop();
  return { fresh, warm };
}

async function outcome(
  contender: Contender,
  talker: Talker,
  task: Parameters<Talker["services"]>[0],
): Promise<Outcome> {
  const [known, before] = [await contender.found(), await contender.usage()];
  const { startedAt, endedAt } = await talker.services(task);
  const { count, lastAt } = await allFound(contender, known.count);
  const reported = count - known.count;
  return {
    reported,
    last: lastAt - startedAt,
    cpu: ((await contender.usage()).cpu - before.cpu) / reported,
    rate: (task.count / (endedAt - startedAt)) * 1_000,
  };
}

/** What has been found when nothing more comes: on a busy machine that takes its time. */
async function allFound(contender: Contender, known: number): Promise<{ count: number; lastAt: number }> {
  let before = known;
  for (;;) {
    await setTimeout(AFTER);
    const found = await contender.found();
    if (found.count === before) return found;
    before = found.count;
  }
}

await inLab(async (lan) => {
  const rows: string[][] = [];
  const verdicts: string[] = [];
  for (const rate of RATES) {
    const measured = new Map<string, Outcomes[]>(NAMES.map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of NAMES) measured.get(name)?.push(await outcomes(lan, name, rate));
    }
    for (const state of ["fresh", "warm"] as const) {
      const all = (name: string, of: (outcome: Outcome) => number): number[] =>
        (measured.get(name) ?? []).map((pair) => of(pair[state]));
      const bare = all("multicast-dns", ({ cpu }) => cpu);
      for (const name of NAMES) {
        const cpu = all(name, ({ cpu }) => cpu);
        rows.push([
          rate === undefined ? "as they go" : String(rate),
          state,
          name,
          all(name, ({ rate }) => rate)
            .map((value) => value.toFixed(0))
            .join(", "),
          all(name, ({ reported }) => reported).join(", "),
          median(all(name, ({ last }) => last)).toFixed(0),
          median(cpu).toFixed(0),
          pairedRatio(cpu, bare).toFixed(2),
        ]);
      }
      const ratio = pairedRatio(
        all("earshot", ({ cpu }) => cpu),
        bare,
      );
      const wanted = state === "fresh" ? COUNT : WARM_COUNT;
      const fewest = Math.min(...all("earshot", ({ reported }) => reported));
      const when = `${rate === undefined ? "as they go" : `${rate} packets/s`}, ${state} process`;
      verdicts.push(
        `- ${when}: CPU per service against multicast-dns, paired: ${verdict(ratio, BOUND)}`,
        `- ${when}: fewest reported of ${wanted}: ${fewest} (${fewest === wanted ? "holds" : "**missed**"})`,
      );
    }
  }
  report(`Ingest: ${COUNT} new services`, `npx tsx bench/network/new-services.ts ${ROUNDS}`, [
    `One packet each (PTR, SRV, TXT, A) to a process that has browsed their type for ${SETTLED / 1_000} s; ${ROUNDS} rounds. *multicast-dns* is a`,
    "bare collector: maps of records, and a report when all of a service are there. CPU until nothing more came for 1.5 s,",
    `per service that was reported: a contender that loses most of the packets saves their cost. *warm* is a second set of ${WARM_COUNT}`,
    "services in the same process.",
    "",
    ...table(
      ["packets/s wanted", "process", "who", "sent", "reported", "ms to the last", "µs a service", "ratio"],
      rows,
    ),
    "",
    ...verdicts,
  ]);
});
