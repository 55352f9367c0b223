// npx tsx bench/sim/run.ts [--seed N]   a large LAN for a day; with --hosts N, --browsing N or --hours N less, and nothing is written
import { parseArgs } from "node:util";
import { type Populace, populate } from "../../test/sim/bare/populate.ts";
import { SimLan } from "../../test/sim/sim-lan.ts";
import { report, table } from "../results.ts";

const WHOLE = { hosts: "1000", browsing: "50", hours: "24" };
const { values } = parseArgs({
  options: {
    hosts: { type: "string", default: WHOLE.hosts },
    browsing: { type: "string", default: WHOLE.browsing },
    hours: { type: "string", default: WHOLE.hours },
    seed: { type: "string", default: "1" },
  },
});
const [hosts, browsing, hours, seed] = [values.hosts, values.browsing, values.hours, values.seed].map(Number) as [
  number,
  number,
  number,
  number,
];

const isWhole = Object.entries(WHOLE).every(([name, value]) => values[name as keyof typeof WHOLE] === value);
const HOUR = 3_600_000;
const WITHIN = 60_000;
const CONVERGED_WITHIN = 60_000;
const SAMPLE = 250;

const lan = new SimLan({ seed, keepPackets: 0 });
let bytes = 0;
let peakMemory = 0;
const kinds = { queries: 0, responses: 0 };
lan.log.watch(({ frame }) => {
  bytes += frame.bytes.length;
  if (((frame.bytes[2] ?? 0) & 0x80) === 0) kinds.queries++;
  else kinds.responses++;
});
const segment = lan.segment("lan", { delay: 0.3 });
const populace = populate(lan, segment, { hosts, browsing, resolve: false, within: WITHIN });
const startCpu = process.cpuUsage();
const startTime = process.hrtime.bigint();

lan.run(WITHIN);
const started = untilConverged(populace);
progress("all hosts are up and seen");
const afterStart = lan.log.total;

const changes: number[] = [];
for (let hour = 0; hour < hours; hour++) {
  lan.run(HOUR / 2);
  if (hour % 6 === 0) {
    populace.replaceOne();
    changes.push(untilConverged(populace));
  }
  lan.run((hour + 1) * HOUR - lan.clock.now());
  progress(`hour ${hour + 1}`);
}
const left = populace.world.faults();
if (left.length > 0) throw new Error(`After ${hours} h: ${left.slice(0, 3).join("; ")}`);
summary();

/** Lets time pass until every browser sees the truth; ms of virtual time. */
function untilConverged({ world }: Populace): number {
  const start = lan.clock.now();
  while (world.faults().length > 0) {
    if (lan.clock.now() - start > CONVERGED_WITHIN) throw new Error(world.faults()[0]);
    lan.run(SAMPLE);
  }
  return lan.clock.now() - start;
}

function progress(what: string): void {
  peakMemory = Math.max(peakMemory, process.memoryUsage().rss);
  const seconds = process.cpuUsage(startCpu).user / 1e6;
  const memory = (peakMemory / 2 ** 20).toFixed(0);
  process.stderr.write(`${what}: ${lan.log.total} packets, ${seconds.toFixed(0)} s CPU, ${memory} MiB\n`);
}

function summary(): void {
  const { user, system } = process.cpuUsage(startCpu);
  const wall = Number(process.hrtime.bigint() - startTime) / 1e9;
  const rows: readonly (readonly [string, string])[] = [
    ["hosts, services, browsing hosts", `${hosts}, ${2 * hosts}, ${browsing}`],
    ["virtual time", `${hours} h`],
    ["packets on the wire", `${lan.log.total} (${kinds.queries} queries, ${kinds.responses} responses)`],
    ["of these until all were up and seen", String(afterStart)],
    ["packets a second after that", ((lan.log.total - afterStart) / (hours * 3_600)).toFixed(2)],
    ["bytes of payload", `${(bytes / 1e6).toFixed(1)} MB`],
    ["packets delivered to hosts", `${((lan.log.total * (hosts - 1)) / 1e6).toFixed(1)} million`],
    ["CPU", `${((user + system) / 1e6).toFixed(0)} s (${wall.toFixed(0)} s elapsed)`],
    ["peak memory of the process", `${(peakMemory / 2 ** 20).toFixed(0)} MiB`],
    ["all services seen after the last host came up", `${(started / 1_000).toFixed(2)} s`],
    ["worst time until a change is seen by all", `${(Math.max(...changes) / 1_000).toFixed(2)} s`],
  ];
  const figures = table(["", ""], rows);
  if (!isWhole) {
    process.stdout.write(`${figures.join("\n")}\n`);
    return;
  }
  report("Simulation", `npx tsx bench/sim/run.ts --seed ${seed}`, [
    "Every host publishes its name and two services, and the first ones browse both types all day. They come up within",
    `${WITHIN / 1_000} s on a link that delays by 0.3 ms and loses nothing; every six hours one service is withdrawn and another is published.`,
    `Times to convergence are sampled every ${SAMPLE} ms.`,
    "",
    ...figures,
  ]);
}
