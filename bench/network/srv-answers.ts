// npx tsx bench/network/srv-answers.ts [ROUNDS]   CPU of one unicast answer with an SRV record
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startAvahi } from "../../test/interop/avahi.ts";
import { AvahiEntryGroup } from "../../test/interop/avahi-entry-group.ts";
import type { Host } from "../../test/interop/host.ts";
import type { Lan } from "../../test/interop/lan.ts";
import { ip } from "../../test/interop/namespace.ts";
import { report, table, verdict } from "../results.ts";
import { median, pairedRatio } from "../statistics.ts";
import { Contender, services } from "./contender.ts";
import { benchHost, inLab } from "./lab.ts";
import { processTime } from "./process-time.ts";
import { Requests } from "./requests.ts";

const ROUNDS = Number(process.argv[2] ?? 5);
const KINDS = { legacy: "direct, from another port", qu: "QU to the group" } as const;
const BURST = 32;
const BURSTS = 40;
const WARM_UP = 300; // bursts; V8 compiles until some 10,000 answers have been given
// ms: a quarter of an SRV record's lifetime, after which a QU question is due for an answer to the group (RFC 6762 §5.4).
// When that is first so, more is compiled than in all the rounds.
const QUARTER = 31_000;
const BOUND = 1.3;
const ENOUGH = 0.9; // of the questions
const AVAHI = "Avahi";
/** ciao and dnssd need more than a minute to publish 1,000 services. */
const CONTENDERS = [
  { count: 1, names: ["bare-responder", "earshot", "bonjour-service", "ciao", "dnssd", AVAHI] },
  { count: 1_000, names: ["bare-responder", "earshot", "bonjour-service", AVAHI] },
];
const ASKERS = 4; // each has the budget of one source
const ASKER = fileURLToPath(new URL("load/asker.mjs", import.meta.url));

type Kind = keyof typeof KINDS;

interface Answerer {
  readonly name: string;
  readonly address: string;
  /** Microseconds of CPU so far. */
  cpu(): Promise<number>;
  stop(): Promise<unknown>;
}

/** Every answerer has a LAN of its own, with an asker of its own. */
interface Site {
  readonly answerer: Answerer;
  readonly asker: Requests;
}

async function site(lan: Lan, name: string, count: number): Promise<Site> {
  const segment = lan.segment(["ipv4"]);
  const [host, askerHost] = [benchHost(lan, segment), benchHost(lan, segment)];
  const addresses = Array.from({ length: ASKERS }, (_, index) => `10.77.${segment.number}.${201 + index}`);
  for (const address of addresses) ip("-n", askerHost.namespace.name, "address", "add", `${address}/24`, "dev", "e0");
  const answerer = name === AVAHI ? await avahi(host, count) : await node(host, name, count);
  return { answerer, asker: new Requests(askerHost.start(process.execPath, [ASKER, ...addresses])) };
}

async function node(host: Host, name: string, count: number): Promise<Answerer> {
  const contender = new Contender(host, name);
  await contender.publish(services(count));
  return {
    name,
    address: addressOf(host),
    cpu: async () => (await contender.usage()).cpu,
    stop: () => contender.stop(),
  };
}

async function avahi(host: Host, count: number): Promise<Answerer> {
  const daemon = await startAvahi(host);
  const all = services(count).map(({ txt: _, ...service }) => service);
  for (let at = 0; at < all.length; at += 250) await AvahiEntryGroup.publish(daemon, all.slice(at, at + 250));
  const time = processTime(host, "avahi-daemon");
  return { name: AVAHI, address: addressOf(host), cpu: async () => time(), stop: () => daemon.daemon.stop() };
}

function addressOf(host: Host): string {
  return host.interfaces[0]?.ipv4 ?? "";
}

/** Microseconds of CPU for one answer; `undefined` when there were too few to tell. */
async function cost({ answerer, asker }: Site, kind: Kind, names: number, bursts: number): Promise<number | undefined> {
  const before = await answerer.cpu();
  const task = { kind, target: answerer.address, names, bursts, questionsPerBurst: BURST };
  const { answers } = await asker.send<{ answers: number }>(task);
  const spent = (await answerer.cpu()) - before;
  return answers < ENOUGH * bursts * BURST ? undefined : spent / answers;
}

/** All at once; what follows is measured as it stays. */
async function warmUp(sites: readonly Site[], count: number, kind: Kind): Promise<void> {
  const spell = (): Promise<unknown> => Promise.all(sites.map((one) => cost(one, kind, count, WARM_UP)));
  await spell();
  if (kind !== "qu") return;
  await setTimeout(QUARTER);
  await spell();
}

async function measure(sites: readonly Site[], count: number, kind: Kind): Promise<string[][]> {
  const costs = sites.map((): (number | undefined)[] => []);
  await warmUp(sites, count, kind);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, one] of sites.entries()) costs[index]?.push(await cost(one, kind, count, BURSTS));
  }
  const bare = (costs[0] ?? []).map((value) => value ?? Number.NaN);
  return sites.map(({ answerer: { name } }, index) => {
    const row = [String(count), KINDS[kind], name];
    const own = (costs[index] ?? []).filter((value) => value !== undefined);
    if (own.length < ROUNDS) return [...row, "does not answer all", ""];
    const ratio = pairedRatio(own, bare);
    return [...row, median(own).toFixed(1), name === "earshot" ? verdict(ratio, BOUND) : ratio.toFixed(2)];
  });
}

await inLab(async (lan) => {
  const rows: string[][] = [];
  for (const { count, names } of CONTENDERS) {
    const sites = await Promise.all(names.map((name) => site(lan, name, count)));
    for (const kind of Object.keys(KINDS) as Kind[]) rows.push(...(await measure(sites, count, kind)));
    await Promise.all(sites.map(({ answerer }) => answerer.stop()));
  }
  report("Responder: SRV answers by unicast", `npx tsx bench/network/srv-answers.ts ${ROUNDS}`, [
    `CPU of the answering process for one answer; ${BURSTS} bursts of ${BURST} questions a round, median of ${ROUNDS} rounds in`,
    "which all take turns. *bare-responder* is a `node:dgram` socket that sends bytes made before, whatever is asked.",
    "ciao and dnssd need more than a minute to publish 1,000 services and are left out there.",
    "",
    ...table(["services", "question", "who", "µs an answer", "ratio to bare"], rows),
  ]);
});
