// npx tsx bench/network/ten-hosts.ts [ROUNDS]   ten hosts, each with five services and a browser, for two minutes
import { setTimeout } from "node:timers/promises";
import { type Avahi, startAvahi } from "../../test/interop/avahi.ts";
import { AvahiBrowse } from "../../test/interop/avahi-browse.ts";
import type { Lan } from "../../test/interop/lan.ts";
import { report, table, verdict } from "../results.ts";
import { median } from "../statistics.ts";
import { publishByAvahi } from "./avahi-services.ts";
import { Contender, type ServiceToPublish } from "./contender.ts";
import { benchHost, inLab } from "./lab.ts";
import { Recorder, type Summary } from "./recorder.ts";

const ROUNDS = Number(process.argv[2] ?? 3);
const HOSTS = 10;
const SERVICES = 5;
const TYPE = "_http._tcp";
const SECONDS = 120;
const STAGGER = 300; // ms between the starts of two hosts
const BOUND = 200;
const NAMES = ["earshot", "Avahi", "bonjour-service"];

interface Outcome {
  readonly name: string;
  readonly summary: Summary;
  /** Services that each browser has found in the end. */
  readonly found: readonly number[];
}

interface Member {
  found(): Promise<number>;
}

function servicesOf(host: number): ServiceToPublish[] {
  return Array.from({ length: SERVICES }, (_, index) => ({
    name: `Service ${index + 1} of host ${host}`,
    type: TYPE,
    port: 8_000 + index,
    txt: { n: String(index) },
  }));
}

async function nodeMember(contender: Contender, number: number): Promise<Member> {
  await contender.browse(TYPE);
  await contender.publish(servicesOf(number));
  return { found: async () => (await contender.found()).count };
}

async function avahiMember(avahi: Avahi, number: number): Promise<Member> {
  const browse = new AvahiBrowse(avahi, TYPE);
  await publishByAvahi(avahi, servicesOf(number));
  return { found: async () => new Set(browse.lines.filter(({ sign }) => sign === "=").map(({ name }) => name)).size };
}

async function outcome(lan: Lan, name: string): Promise<Outcome> {
  const segment = lan.segment(["ipv4"]);
  const recorder = await Recorder.start(lan, segment);
  const joining: Promise<Member>[] = [];
  const start = Date.now();
  for (let number = 1; number <= HOSTS; number++) {
    const host = benchHost(lan, segment);
    const member =
      name === "Avahi"
        ? startAvahi(host).then((avahi) => avahiMember(avahi, number))
        : nodeMember(new Contender(host, name), number);
    joining.push(member);
    await setTimeout(STAGGER);
  }
  const members = await Promise.all(joining);
  await setTimeout(start + SECONDS * 1_000 - Date.now());
  const summary = await recorder.summary(HOSTS * SERVICES);
  return { name, summary, found: await Promise.all(members.map((member) => member.found())) };
}

await inLab(async (lan) => {
  const rounds: Outcome[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await Promise.all(NAMES.map((name) => outcome(lan, name))));
  }
  const all = (who: number, of: (outcome: Outcome) => number): number[] =>
    rounds.flatMap((outcomes) => outcomes[who] ?? []).map(of);
  const middle = (who: number, of: (summary: Summary) => number): string =>
    median(all(who, ({ summary }) => of(summary))).toFixed(0);
  const rows = NAMES.map((name, who) => {
    const totals = all(who, ({ summary }) => summary.total);
    const found = rounds.flatMap((outcomes) => outcomes[who]?.found ?? []);
    return [
      name,
      `${median(totals).toFixed(0)} (${Math.min(...totals)} to ${Math.max(...totals)})`,
      middle(who, ({ probes }) => probes),
      middle(who, ({ responses }) => responses),
      middle(who, ({ queries }) => queries),
      middle(who, ({ bytes }) => bytes / 1_000),
      `${found.filter((count) => count === HOSTS * SERVICES).length} of ${HOSTS * ROUNDS}`,
      `${Math.min(...found)} to ${Math.max(...found)}`,
    ];
  });
  const most = Math.max(...all(0, ({ summary }) => summary.total));
  report(`Wire cost: ${HOSTS} hosts for ${SECONDS} s`, `npx tsx bench/network/ten-hosts.ts ${ROUNDS}`, [
    `Each host has ${SERVICES} services and a browser of their type; hosts start ${STAGGER} ms after each other on one bridge, IPv4 only. Every`,
    `contender has a LAN of its own, all in the same ${SECONDS} s; median of ${ROUNDS} rounds. A browser is complete that has found all ${HOSTS * SERVICES} services.`,
    "",
    ...table(["who", "packets", "probes", "responses", "queries", "kB", "complete browsers", "found"], rows),
    "",
    `- packets at most: ${verdict(most, BOUND, 0)}`,
    `- complete browsers: ${rows[0]?.[6]} (bound ${HOSTS * ROUNDS})`,
  ]);
});
