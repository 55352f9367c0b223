// npx tsx bench/network/idle.ts [ROUNDS]   what a process costs that has one service and one browser, and nothing to do
import { setTimeout } from "node:timers/promises";
import type { Lan } from "../../test/interop/lan.ts";
import { report, table, verdict } from "../results.ts";
import { median, pairedRatio } from "../statistics.ts";
import { Contender, services, type Usage } from "./contender.ts";
import { benchHost, inLab } from "./lab.ts";
import { Talker } from "./talker.ts";

const ROUNDS = Number(process.argv[2] ?? 3);
const BARE = "bare-listener";
const TIMER = "bare-timer";
const NODE_PEERS = ["multicast-dns", "bonjour-service", "ciao", "dnssd"];
const NAMES = [BARE, TIMER, "earshot", ...NODE_PEERS];
// How often each looks whether the interfaces have changed, which is most of what it does on a quiet link.
const LOOKS: Readonly<Record<string, string>> = {
  [BARE]: "never",
  [TIMER]: "1.95 s, at nothing",
  earshot: "1.95 s",
  "multicast-dns": "5 s",
  "bonjour-service": "5 s",
  ciao: "15 s",
  dnssd: "never",
};
// ms: the questions of the first half minute are asked, and V8 has tidied up, which it does 8 s after a start.
const SETTLED = 35_000;
const WINDOW = 15; // s
const RATE = 50; // packets/s
const COMPILED = 45; // s of packets, after which Node has compiled what it runs for each
const CPU_BOUND = 1.3;
const MEMORY_BOUND = 6; // MB

interface Outcome {
  /** Microseconds of CPU a second on a link where nobody else speaks. */
  readonly quiet: number;
  /** The same with {@link RATE} packets a second that do not concern it, when these begin. */
  readonly first: number;
  /** And when they have gone on for a minute. */
  readonly busy: number;
  /** Bytes, after all that. */
  readonly rss: number;
}

/** All at the same time, each on a link of its own, so that a noisy machine is the same for all. */
async function round(lan: Lan): Promise<Map<string, Outcome>> {
  const sites = NAMES.map((name) => {
    const segment = lan.segment(["ipv4"]);
    return { contender: new Contender(benchHost(lan, segment), name), talker: new Talker(lan, segment) };
  });
  for (const { contender } of sites) {
    await contender.publish(services(1));
    if (contender.name !== "ciao") await contender.browse("_http._tcp");
  }
  await setTimeout(SETTLED);
  const usages = (): Promise<Usage[]> => Promise.all(sites.map(({ contender }) => contender.usage()));
  const start = await usages();
  await setTimeout(WINDOW * 1_000);
  const quiet = await usages();
  const speak = (seconds: number): Promise<unknown> =>
    Promise.all(sites.map(({ talker }) => talker.unrelated(RATE, seconds)));
  await speak(WINDOW);
  const begun = await usages();
  await speak(COMPILED);
  const warm = await usages();
  await speak(WINDOW);
  const end = await usages();
  await Promise.all(sites.map(({ contender }) => contender.stop()));
  const spent = (from: Usage[], to: Usage[], index: number): number =>
    ((to[index]?.cpu ?? 0) - (from[index]?.cpu ?? 0)) / WINDOW;
  return new Map(
    NAMES.map((name, index) => [
      name,
      {
        quiet: spent(start, quiet, index),
        first: spent(quiet, begun, index),
        busy: spent(warm, end, index),
        rss: end[index]?.rss ?? 0,
      },
    ]),
  );
}

await inLab(async (lan) => {
  const rounds: Map<string, Outcome>[] = [];
  for (let index = 0; index < ROUNDS; index++) rounds.push(await round(lan));
  const all = (name: string, of: (outcome: Outcome) => number): number[] =>
    rounds.flatMap((outcomes) => outcomes.get(name) ?? []).map(of);
  const extra = (name: string): number => {
    const bare = all(BARE, ({ rss }) => rss);
    return median(all(name, ({ rss }) => rss).map((rss, index) => rss - (bare[index] ?? 0))) / 1e6;
  };
  const toBare = (name: string, of: (outcome: Outcome) => number): number => pairedRatio(all(name, of), all(BARE, of));
  const firstRatio = (name: string): number => toBare(name, ({ first }) => first);
  const busyRatio = (name: string): number => toBare(name, ({ busy }) => busy);
  const quiet = (name: string): number => median(all(name, ({ quiet }) => quiet));
  const rows = NAMES.map((name) => [
    name,
    quiet(name).toFixed(0),
    LOOKS[name] ?? "",
    median(all(name, ({ busy }) => busy)).toFixed(0),
    firstRatio(name).toFixed(2),
    busyRatio(name).toFixed(2),
    (median(all(name, ({ rss }) => rss)) / 1e6).toFixed(1),
    extra(name).toFixed(1),
  ]);
  const least = NODE_PEERS.toSorted((a, b) => quiet(a) - quiet(b))[0] ?? "";
  const quietRatio = (other: string): number =>
    pairedRatio(
      all("earshot", ({ quiet }) => quiet),
      all(other, ({ quiet }) => quiet),
    );
  report("Idle", `npx tsx bench/network/idle.ts ${ROUNDS}`, [
    `One service published and, but for ciao, its type browsed, ${SETTLED / 1_000} s ago; ${WINDOW} s each on a quiet link, and after a minute of ${RATE}`,
    `multicast packets a second that concern nobody; median of ${ROUNDS} rounds, in which all run at the same time, each on a link of its`,
    `own. *${BARE}* is a joined \`node:dgram\` socket that looks at nothing, *${TIMER}* the same with a timer that does nothing;`,
    `*multicast-dns* is a bare collector. *Looks every*: for changes of interfaces. *At first*: in the first ${WINDOW} s of these packets,`,
    "while Node still compiles.",
    "",
    ...table(
      [
        "who",
        "µs CPU/s, quiet",
        "looks every",
        `µs CPU/s at ${RATE}/s`,
        "ratio to bare, at first",
        "ratio to bare",
        "RSS MB",
        "MB above bare",
      ],
      rows,
    ),
    "",
    `- quiet, against the thriftiest peer (${least}), paired: ${verdict(quietRatio(least), 1)}`,
    `- quiet, against a timer that does nothing, paired: ${quietRatio(TIMER).toFixed(2)}`,
    `- at ${RATE} packets/s against the bare socket, paired: ${verdict(busyRatio("earshot"), CPU_BOUND)}`,
    `- memory above the bare socket in MB, paired: ${verdict(extra("earshot"), MEMORY_BOUND, 1)}`,
  ]);
});
