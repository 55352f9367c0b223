// npx tsx bench/network/publish-many.ts [ROUNDS]   1,000 services published at once
import { setTimeout } from "node:timers/promises";
import { startAvahi } from "../../test/interop/avahi.ts";
import type { Lan } from "../../test/interop/lan.ts";
import { report, table, verdict } from "../results.ts";
import { median, pairedRatio } from "../statistics.ts";
import { publishByAvahi } from "./avahi-services.ts";
import { Contender, services } from "./contender.ts";
import { benchHost, inLab } from "./lab.ts";
import { processTime } from "./process-time.ts";
import { Recorder, type Summary } from "./recorder.ts";

const ROUNDS = Number(process.argv[2] ?? 3);
const COUNT = 1_000;
const NAMES = ["earshot", "bonjour-service", "Avahi"] as const;
const PROBES = 330;
const ANNOUNCEMENTS = 220;
const SECOND_ANNOUNCEMENT = 4_500; // ms after the first; bonjour-service waits 3 s
const GIVE_UP_AFTER = 20_000; // ms

interface Outcome extends Summary {
  /** Milliseconds from the call until the last service was on the wire; infinite when one never was. */
  readonly onWire: number;
  /** Milliseconds of CPU. */
  readonly cpu: number;
}

interface Publisher {
  publish(): Promise<number>;
  /** Microseconds. */
  cpu(): Promise<number>;
  stop(): Promise<unknown>;
}

async function outcome(lan: Lan, name: string): Promise<Outcome> {
  const segment = lan.segment(["ipv4"]);
  const recorder = await Recorder.start(lan, segment);
  const host = benchHost(lan, segment);
  const publisher = name === "Avahi" ? await avahi(await startAvahi(host)) : node(new Contender(host, name));
  const before = await publisher.cpu();
  await recorder.clear();
  const startedAt = await publisher.publish();
  let summary = await recorder.summary(COUNT);
  while (summary.allAt === 0 && Date.now() < startedAt + GIVE_UP_AFTER) {
    await setTimeout(500);
    summary = await recorder.summary(COUNT);
  }
  await setTimeout(SECOND_ANNOUNCEMENT);
  summary = await recorder.summary(COUNT);
  const cpu = ((await publisher.cpu()) - before) / 1_000;
  await publisher.stop();
  return { ...summary, cpu, onWire: summary.allAt === 0 ? Number.POSITIVE_INFINITY : summary.allAt - startedAt };

  function node(contender: Contender): Publisher {
    return {
      publish: async () => (await contender.publish(services(COUNT))).startedAt,
      cpu: async () => (await contender.usage()).cpu,
      stop: () => contender.stop(),
    };
  }

  async function avahi(daemon: Awaited<ReturnType<typeof startAvahi>>): Promise<Publisher> {
    const time = processTime(host, "avahi-daemon");
    return {
      publish: async () => {
        const startedAt = Date.now();
        await publishByAvahi(daemon, services(COUNT));
        return startedAt;
      },
      cpu: async () => time(),
      stop: () => daemon.daemon.stop("SIGKILL"),
    };
  }
}

await inLab(async (lan) => {
  const outcomes = new Map<string, Outcome[]>(NAMES.map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of NAMES) outcomes.get(name)?.push(await outcome(lan, name));
  }
  const all = (name: string, of: (outcome: Outcome) => number): number[] => (outcomes.get(name) ?? []).map(of);
  const middle = (name: string, of: (outcome: Outcome) => number): number => median(all(name, of));
  const rows = NAMES.map((name) => [
    name,
    String(middle(name, ({ announced }) => announced)),
    duration(middle(name, ({ onWire }) => onWire)),
    String(middle(name, ({ probes }) => probes)),
    String(middle(name, ({ responses }) => responses)),
    String(middle(name, ({ total }) => total)),
    (middle(name, ({ bytes }) => bytes) / 1_000).toFixed(0),
    middle(name, ({ cpu }) => cpu).toFixed(0),
  ]);
  const [ours, theirs] = ["earshot", "bonjour-service"].map((name) => all(name, ({ onWire }) => onWire));
  report(`Wire cost: publishing ${COUNT} services`, `npx tsx bench/network/publish-many.ts ${ROUNDS}`, [
    `IPv4 only; median of ${ROUNDS} rounds in which all take turns, each on a LAN of its own. From the call until an observer has`,
    `heard an SRV record of every service, and all packets until ${SECOND_ANNOUNCEMENT / 1_000} s after that. ciao and dnssd need more than a minute.`,
    "",
    ...table(["who", "announced", "ms until all on the wire", "probes", "responses", "packets", "kB", "ms CPU"], rows),
    "",
    `- time against bonjour-service, paired: ${verdict(pairedRatio(ours ?? [], theirs ?? []), 1)}`,
    `- packets with probes: ${verdict(
      middle("earshot", ({ probes }) => probes),
      PROBES,
      0,
    )}`,
    `- packets with announcements: ${verdict(
      middle("earshot", ({ responses }) => responses),
      ANNOUNCEMENTS,
      0,
    )}`,
  ]);
});

function duration(milliseconds: number): string {
  return Number.isFinite(milliseconds) ? milliseconds.toFixed(0) : "never";
}
