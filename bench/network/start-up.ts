// npx tsx bench/network/start-up.ts [ROUNDS]   from process start to a resolved service
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startAvahi } from "../../test/interop/avahi.ts";
import type { Host } from "../../test/interop/host.ts";
import type { Program } from "../../test/interop/program.ts";
import { publishByAvahi } from "./avahi-services.ts";
import { contenderFile, services } from "./contender.ts";
import { benchHost, inLab } from "./lab.ts";
import { report, table } from "./results.ts";
import { median, pairedRatio } from "./statistics.ts";

const ROUNDS = Number(process.argv[2] ?? 15);
const TYPE = "_http._tcp";
const BETWEEN = 1_100; // ms: Avahi multicasts no record twice in a second
const SETTLED = 3_000; // ms
const FIND_ONE = fileURLToPath(new URL("load/find-one.mjs", import.meta.url));
const COMMAND = resolve(process.env["EARSHOT_DIST"] ?? "dist", "cli/mdns-browse.js");

interface Starter {
  readonly name: string;
  start(): Program;
  isResolved(line: string): boolean;
}

function library(host: Host, name: string): Starter {
  const options = JSON.stringify({ interfaceName: "e0", address: host.interface("e0").ipv4 });
  return {
    name: `program with ${name}`,
    start: () => host.start(process.execPath, [FIND_ONE, contenderFile(name), options, TYPE]),
    isResolved: (line) => line.startsWith("found"),
  };
}

async function timeOf({ name, start, isResolved }: Starter): Promise<number> {
  await setTimeout(BETWEEN);
  const begun = performance.now();
  const program = start();
  await program.expect(`${name} resolves`, (line) => (isResolved(line) ? true : undefined));
  const time = performance.now() - begun;
  await program.stop("SIGKILL");
  return time;
}

await inLab(async (lan) => {
  const segment = lan.segment(["ipv4"]);
  const theirs = await startAvahi(benchHost(lan, segment));
  await publishByAvahi(theirs, services(1));
  const host = benchHost(lan, segment);
  const browsing = await startAvahi(benchHost(lan, segment));
  await setTimeout(SETTLED);
  const starters: Starter[] = [
    {
      name: "avahi-browse -rp, its daemon running",
      start: () => browsing.client("stdbuf", "-oL", "avahi-browse", "-rp", "--no-db-lookup", TYPE),
      isResolved: (line) => line.startsWith("="),
    },
    {
      name: "mdns-browse --json",
      start: () => host.start(process.execPath, [COMMAND, "--json", TYPE]),
      isResolved: (line) => line.includes('"event":"up"'),
    },
    ...["earshot", "bare-browser", "multicast-dns", "bonjour-service", "dnssd"].map((name) => library(host, name)),
    {
      name: "node -p 0",
      start: () => host.start(process.execPath, ["-p", "0"]),
      isResolved: (line) => line === "0",
    },
  ];
  const times = new Map<string, number[]>(starters.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const starter of starters) times.get(starter.name)?.push(await timeOf(starter));
  }
  const avahi = times.get(starters[0]?.name ?? "") ?? [];
  const rows = starters.map(({ name }) => {
    const own = times.get(name) ?? [];
    const range = `${Math.min(...own).toFixed(0)} to ${Math.max(...own).toFixed(0)}`;
    return [name, median(own).toFixed(0), range, pairedRatio(own, avahi).toFixed(2)];
  });
  report("From process start to a resolved service", `npx tsx bench/network/start-up.ts ${ROUNDS}`, [
    `A service of an Avahi that has settled; ${ROUNDS} rounds in which all take turns. Avahi's daemon asks for its clients and knows the service`,
    "already; all others are new on the link and wait as RFC 6762 says, except those that ask at once (multicast-dns, bonjour-service).",
    "",
    ...table(["who", "median ms", "range ms", "ratio to avahi-browse"], rows),
  ]);
});
