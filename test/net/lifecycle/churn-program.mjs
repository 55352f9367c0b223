// node --expose-gc churn-program.mjs MODULE NAME CALLS_PER_SECOND: a program that calls all that there is, at random, over and over.
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { getHeapCodeStatistics } from "node:v8";

const TYPES = ["_http._tcp", "_ipp._tcp", "_churn._udp"];
const NAMES = ["Amber", "Birch", "Copper", "Dune", "Ember"];
const MOST_OPEN = 8; // of each kind
const BRIEF = 400; // ms

const [module, hostName, rate] = process.argv.slice(2);
const { Mdns } = await import(module);
const mdns = new Mdns({ hostName });
const escaped = [];
process.on("uncaughtException", (error) => escaped.push(String(error)));
process.on("unhandledRejection", (error) => escaped.push(String(error)));

const publications = new Set();
const browsers = new Set();
let publishing = 0;
const running = new Set();
let calls = 0;
let events = 0;
let resting = false;

const pick = (list) => list[Math.floor(Math.random() * list.length)];
const service = () => ({ name: pick(NAMES), type: pick(TYPES), port: 1 + Math.floor(Math.random() * 60_000) });
const any = (set) => pick([...set]);

const deeds = {
  publish: async () => {
    if (publications.size + publishing >= MOST_OPEN) return; // where names are contested it takes a while
    publishing++;
    const publication = await mdns.publish(service()).finally(() => publishing--);
    if (resting) await publication.close();
    else publications.add(publication);
  },
  update: () => any(publications)?.update({ txt: { n: String(calls) } }),
  withdraw: async () => {
    const publication = any(publications);
    publications.delete(publication);
    await publication?.close();
  },
  browse: () => {
    if (browsers.size >= MOST_OPEN) return;
    const browser = pick([
      () => mdns.browse(pick(TYPES)),
      () => mdns.browseTypes(),
      () => mdns.query("x.local", "TXT"),
    ])();
    browser.on("up", () => events++);
    browsers.add(browser);
  },
  stop: () => {
    const browser = any(browsers);
    browsers.delete(browser);
    browser?.close();
  },
  iterate: async () => {
    const signal = AbortSignal.timeout(BRIEF);
    for await (const { kind } of mdns.browse(pick(TYPES), { signal })) if (kind === "down") break;
  },
  resolve: () => mdns.resolve(pick(NAMES), pick(TYPES), { timeout: BRIEF }),
  lookup: () => mdns.lookup(pick(["churn-1", "churn-2", "nobody"]), { timeout: BRIEF }),
  reconfirm: () => mdns.services.slice(0, 1).map((known) => mdns.reconfirm(known)),
};
const kinds = Object.values(deeds);

function call() {
  calls++;
  const deed = (async () => pick(kinds)())().catch(() => {}); // what fails is no news here
  running.add(deed);
  void deed.then(() => running.delete(deed));
}

/** Bytes of the heap that are compiled code: more of it the longer a program runs, up to all that it has. */
function compiled() {
  const code = getHeapCodeStatistics();
  return code.code_and_metadata_size + code.bytecode_and_metadata_size;
}

const timer = setInterval(call, 1_000 / Number(rate));

const commands = {
  report: async () => {
    // What is only waiting to be collected is no leak.
    for (let times = 0; times < 3; times++) {
      globalThis.gc();
      await delay(10);
    }
    return { heap: process.memoryUsage().heapUsed - compiled(), calls, events, escaped, counters: mdns.counters };
  },
  /** Ends all that is open, and answers when nothing is. */
  rest: async () => {
    resting = true;
    clearInterval(timer);
    await Promise.all(running);
    for (const browser of browsers) browser.close();
    await Promise.all([...publications].map((publication) => publication.close()));
    return {};
  },
  close: async () => {
    await mdns.close();
    input.close(); // nothing else may keep this process running
  },
};

const input = createInterface({ input: process.stdin });
input.on("line", async (line) => {
  const { id, command } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id, ...(await commands[command]()) })}\n`);
});
