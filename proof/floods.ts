// npm run proof:floods -- [KIND…]   each flood for ten seconds; writes its table into RESULTS.md

import { table } from "../bench/results.ts";
import { Lan } from "../test/interop/lan.ts";
import { FLOODS, FloodedLan, type FloodKind, type FloodOutcome } from "../test/net/attacks/flood.ts";
import { noNamespaces } from "../test/net/link/namespaces.ts";
import { report } from "./results.ts";

const RATE = 20_000;
const SECONDS = 10;
const HEAP = 64; // MB
const PATIENCE = 10_000; // ms
const BOUND = { during: 3_000, after: 1_000 }; // ms
const MEMORY = 192e6; // bytes of the whole process
const IDLE = 0.5; // CPUs: less, while packets are lost, is what others leave

interface Attack {
  readonly kind: FloodKind;
  /** Another program of the host has port 5353, too, as a daemon would. */
  readonly portShared?: boolean;
}

const ATTACKS: readonly Attack[] = [
  ...(Object.keys(FLOODS) as FloodKind[]).map((kind) => ({ kind })),
  { kind: "legacy_absent", portShared: true },
];

interface Judged {
  readonly attack: Attack;
  readonly outcome: FloodOutcome;
  readonly missed: readonly string[];
}

async function flooded(attack: Attack): Promise<Judged> {
  const { kind, portShared = false } = attack;
  const lan = new Lan();
  try {
    const attacked = await FloodedLan.open(lan, { heap: HEAP, portShared });
    const outcome = await attacked.flood({ kind, packetsPerSecond: RATE, seconds: SECONDS, patience: PATIENCE });
    return { attack, outcome, missed: missed(kind, outcome) };
  } finally {
    await lan.remove();
  }
}

function missed(kind: FloodKind, { seen, found, report: fares, bytes }: FloodOutcome): readonly string[] {
  const late = (ms: number | undefined, bound: number): boolean => ms === undefined || ms > bound;
  const faults = {
    "an error escaped": fares.escaped.length > 0,
    memory: fares.memory.rss > MEMORY,
    "seen during": late(seen.during, BOUND.during),
    "seen after": late(seen.after, BOUND.after),
    "found during": late(found.during, BOUND.during),
    "found after": late(found.after, BOUND.after),
    amplification: kind.startsWith("legacy") && bytes.sent > bytes.received,
  };
  return Object.entries(faults).flatMap(([name, is]) => (is ? [name] : []));
}

function row({ attack, outcome, missed }: Judged): string[] {
  const { packets, seconds, seen, found, report: fares, cpu, bytes } = outcome;
  const time = (ms: number | undefined): string => (ms === undefined ? "not" : Math.max(0, ms).toFixed(0));
  const received = fares.counters.sockets?.received ?? 0;
  const starved = received < packets && cpu / 1e6 / seconds < IDLE;
  return [
    attack.portShared ? `${FLOODS[attack.kind]}, port 5353 shared` : FLOODS[attack.kind],
    (packets / seconds).toFixed(0),
    (received / seconds).toFixed(0),
    (cpu / 1e6 / seconds).toFixed(2),
    (cpu / received).toFixed(0),
    fares.delay.p99.toFixed(0),
    (fares.memory.heap / 1e6).toFixed(0),
    (fares.memory.rss / 1e6).toFixed(0),
    `${time(seen.during)} / ${time(seen.after)}`,
    `${time(found.during)} / ${time(found.after)}`,
    (bytes.sent / bytes.received).toFixed(2),
    missed.length === 0 ? "holds" : `**${missed.join(", ")}**${starved ? ", on a busy machine" : ""}`,
  ];
}

const HEAD = [
  "flood",
  "sent/s",
  "read/s",
  "CPUs",
  "µs a packet",
  "delay p99",
  "heap",
  "process",
  "sees",
  "is found",
  "out/in",
  "bounds",
];

async function main(): Promise<void> {
  if (noNamespaces !== undefined) {
    process.stderr.write(`${noNamespaces}\n`);
    process.exitCode = 2;
    return;
  }
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !Object.hasOwn(FLOODS, name));
  if (unknown.length > 0) {
    process.stderr.write(`unknown: ${unknown.join(", ")}; there are ${Object.keys(FLOODS).join(", ")}\n`);
    process.exitCode = 2;
    return;
  }
  const attacks = named.length > 0 ? ATTACKS.filter(({ kind }) => named.includes(kind)) : ATTACKS;
  const judged: Judged[] = [];
  for (const attack of attacks) judged.push(await flooded(attack));
  if (judged.some(({ missed }) => missed.length > 0)) process.exitCode = 1;
  report("Floods", "npm run proof:floods", [
    `Each flood lasts ${SECONDS} s at ${RATE} packets/s from below IP, against a process that publishes one service and browses the`,
    `type that the flood is about, with \`--max-old-space-size=${HEAP}\`; its caches are empty at the start. *Sees*: milliseconds`,
    "from a service's announcement by an honest host to the event here, during the flood and after it. *Is found*:",
    "milliseconds in which an honest host that knows nothing finds this one's service. *Delay*: of the event loop, in",
    "milliseconds. *Heap* and *process* in MB. *Out/in*: bytes on the wire. What the process does not read in time, the",
    "system's receive buffer drops, an honest packet as likely as any. *On a busy machine*: other programs left the process",
    `less than ${IDLE} CPUs, so that it lost packets for want of time. The three hosts are namespaces of one system, which`,
    "share its table of 1,024 IPv4 neighbours: what fills that of one host leaves none to the others.",
    "",
    ...table(HEAD, judged.map(row)),
    "",
    `Bounds: no error escapes; ${MEMORY / 1e6} MB; ${BOUND.during} ms during, ${BOUND.after} ms after; of legacy queries no more bytes out than in.`,
  ]);
}

await main();
