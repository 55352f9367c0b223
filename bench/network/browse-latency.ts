// npx tsx bench/network/browse-latency.ts [ROUNDS]   from the call of browse to ten resolved services of Avahi
import { setTimeout } from "node:timers/promises";
import { startAvahi } from "../../test/interop/avahi.ts";
import type { Lan } from "../../test/interop/lan.ts";
import { report, table, verdict } from "../results.ts";
import { mean, median } from "../statistics.ts";
import { publishByAvahi } from "./avahi-services.ts";
import { Contender, services } from "./contender.ts";
import { benchHost, inLab } from "./lab.ts";

const ROUNDS = Number(process.argv[2] ?? 16);
const LANS = 8;
const COUNT = 10;
const TYPE = "_http._tcp";
const NAMES = ["bare-browser", "earshot"] as const;
const MODES = [false, true] as const;
const BETWEEN = 1_100; // ms: Avahi multicasts no record twice in a second
const SETTLED = 3_000; // ms
const BOUND = 1.05;

interface Pair {
  readonly bare: number;
  readonly earshot: number;
}

/** Rounds on one LAN with an Avahi of its own; the two take turns, with the same random delays. */
async function pairs(lan: Lan): Promise<ReadonlyMap<boolean, readonly Pair[]>> {
  const segment = lan.segment(["ipv4"]);
  const avahi = await startAvahi(benchHost(lan, segment));
  await publishByAvahi(avahi, services(COUNT));
  const [bare, earshot] = NAMES.map((name) => new Contender(benchHost(lan, segment), name));
  await setTimeout(SETTLED);
  const measured = new Map<boolean, Pair[]>(MODES.map((immediate) => [immediate, []]));
  const find = async (contender: Contender | undefined, immediate: boolean, random: number): Promise<number> => {
    await setTimeout(BETWEEN);
    return (await contender?.find({ type: TYPE, count: COUNT, immediate, random })) ?? Number.NaN;
  };
  for (let round = -1; round < ROUNDS; round++) {
    for (const immediate of MODES) {
      const random = Math.random();
      const pair = { bare: await find(bare, immediate, random), earshot: await find(earshot, immediate, random) };
      if (round >= 0) measured.get(immediate)?.push(pair); // the first compiles code
    }
  }
  return measured;
}

await inLab(async (lan) => {
  const all = await Promise.all(Array.from({ length: LANS }, () => pairs(lan)));
  const rows: string[][] = [];
  const verdicts: string[] = [];
  for (const immediate of MODES) {
    const measured = all.flatMap((one) => one.get(immediate) ?? []);
    const of = (who: keyof Pair): number[] => measured.map((pair) => pair[who]);
    const mode = immediate ? "immediate" : "delay of 20 to 120 ms";
    for (const who of ["bare", "earshot"] as const) {
      const times = of(who);
      const range = `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`;
      rows.push([mode, who, median(times).toFixed(1), mean(times).toFixed(1), range]);
    }
    verdicts.push(
      `- ${mode}, ratio of the means of ${measured.length} pairs: ${verdict(mean(of("earshot")) / mean(of("bare")), BOUND, 3)}`,
    );
    verdicts.push(`- ${mode}, ratio of the medians: ${verdict(median(of("earshot")) / median(of("bare")), BOUND, 3)}`);
  }
  report(`Latency: from browse to ${COUNT} resolved services`, `npx tsx bench/network/browse-latency.ts ${ROUNDS}`, [
    `Services of an Avahi that has settled, found by one that knows nothing; sockets are open already. ${ROUNDS} rounds on each of ${LANS} LANs;`,
    "the two of a pair wait the same random delay before they ask, and Avahi waits another of 20 to 120 ms for each, which nobody",
    "controls: means and medians still scatter by a few per cent. *bare* is two `node:dgram` sockets that ask the same question after",
    "the same delay and decode with dns-packet.",
    "",
    ...table(["first question", "who", "median ms", "mean ms", "range ms"], rows),
    "",
    ...verdicts,
  ]);
});
