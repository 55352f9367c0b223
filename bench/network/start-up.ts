// npx tsx bench/network/start-up.ts [ROUNDS]   from process start to the tenth resolved service
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Avahi, startAvahi } from "../../test/interop/avahi.ts";
import type { Host } from "../../test/interop/host.ts";
import type { Program } from "../../test/interop/program.ts";
import { report, table, verdict } from "../results.ts";
import { median, pairedRatio } from "../statistics.ts";
import { publishByAvahi } from "./avahi-services.ts";
import { contenderFile, services } from "./contender.ts";
import { benchHost, inLab } from "./lab.ts";

const ROUNDS = Number(process.argv[2] ?? 15);
const TYPE = "_http._tcp";
const SERVICES = 10;
const BETWEEN = 1_100; // ms: Avahi multicasts no record twice in a second
const SETTLED = 3_000; // ms
const BOUND = 1;
const FIND = fileURLToPath(new URL("load/find.mjs", import.meta.url));
const COMMAND = resolve(process.env["EARSHOT_DIST"] ?? "dist", "cli/mdns-browse.js");

interface Starter {
  readonly name: string;
  /** What has to be there before the process starts; returns what takes it away. */
  prepare?(): Promise<() => Promise<unknown>>;
  start(): Program;
  isResolved(line: string): boolean;
  /** Default {@link SERVICES}. */
  readonly count?: number;
}

/** Its daemon has just started, and knows of no service yet. */
function coldAvahi(host: Host): Starter {
  let avahi: Avahi;
  return {
    name: "avahi-browse -rp, its daemon new",
    async prepare() {
      avahi = await startAvahi(host);
      await setTimeout(SETTLED);
      return () => avahi.daemon.stop();
    },
    ...avahiBrowse(() => avahi),
  };
}

function warmAvahi(avahi: Avahi): Starter {
  return { name: "avahi-browse -rp, its daemon knows them", ...avahiBrowse(() => avahi) };
}

function avahiBrowse(avahi: () => Avahi): Pick<Starter, "start" | "isResolved"> {
  return {
    start: () => avahi().client("stdbuf", "-oL", "avahi-browse", "-rp", "--no-db-lookup", TYPE),
    isResolved: (line) => line.startsWith("="),
  };
}

function command(host: Host): Starter {
  return {
    name: "mdns-browse --json",
    start: () => host.start(process.execPath, [COMMAND, "--json", TYPE]),
    isResolved: (line) => line.includes('"event":"up"'),
  };
}

function library(host: Host, name: string): Starter {
  const options = JSON.stringify({ interfaceName: "e0", address: host.interface("e0").ipv4 });
  return {
    name: `program with ${name}`,
    start: () => host.start(process.execPath, [FIND, contenderFile(name), options, TYPE]),
    isResolved: (line) => line.startsWith("found"),
  };
}

function bareNode(host: Host): Starter {
  return {
    name: "node -p 0",
    start: () => host.start(process.execPath, ["-p", "0"]),
    isResolved: (line) => line === "0",
    count: 1,
  };
}

async function timeOf({ name, prepare, start, isResolved, count = SERVICES }: Starter): Promise<number> {
  const remove = await prepare?.();
  await setTimeout(BETWEEN);
  const begun = performance.now();
  const program = start();
  let resolved = 0;
  await program.expect(`${name} resolves ${count}`, (line) => {
    if (isResolved(line)) resolved++;
    return resolved === count ? true : undefined;
  });
  const time = performance.now() - begun;
  await program.stop("SIGKILL");
  await remove?.();
  return time;
}

delete process.env["NODE_EXTRA_CA_CERTS"]; // Node 20 reads it and all root certificates at once: twice its own start
await inLab(async (lan) => {
  const segment = lan.segment(["ipv4"]);
  const theirs = await startAvahi(benchHost(lan, segment));
  await publishByAvahi(theirs, services(SERVICES));
  const host = benchHost(lan, segment);
  const warm = await startAvahi(benchHost(lan, segment));
  await setTimeout(SETTLED);
  const peers = ["earshot", "bare-browser", "multicast-dns", "bonjour-service", "dnssd"];
  const ours = command(host);
  const cold = coldAvahi(benchHost(lan, segment));
  const starters = [cold, ours, warmAvahi(warm), ...peers.map((name) => library(host, name)), bareNode(host)];
  const times = new Map<Starter, number[]>(starters.map((starter) => [starter, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const starter of starters) times.get(starter)?.push(await timeOf(starter));
  }
  const ratio = (own: readonly number[]): number => pairedRatio(own, times.get(cold) ?? []);
  const rows = Array.from(times, ([{ name }, own]) => {
    const range = `${Math.min(...own).toFixed(0)} to ${Math.max(...own).toFixed(0)}`;
    return [name, median(own).toFixed(0), range, ratio(own).toFixed(2)];
  });
  const title = `Latency: from process start to ${SERVICES} resolved services, on Node ${process.versions.node.split(".")[0]}`;
  report(title, `npx tsx bench/network/start-up.ts ${ROUNDS}`, [
    `${SERVICES} services of an Avahi that has settled; ${ROUNDS} rounds in which all take turns. \`avahi-browse\` asks a daemon of its own host: one that`,
    `started ${(SETTLED + BETWEEN) / 1_000} s before and knows no service yet, or one that has heard the answers to all the others. The programs know nothing, and wait as`,
    "RFC 6762 says, except those that ask at once (`mdns-browse`, for somebody waits for it, multicast-dns, bonjour-service).",
    "",
    ...table(["who", "median ms", "range ms", "ratio to the new daemon"], rows),
    "",
    `mdns-browse to avahi-browse with a new daemon: ${verdict(ratio(times.get(ours) ?? []), BOUND)}.`,
  ]);
});
