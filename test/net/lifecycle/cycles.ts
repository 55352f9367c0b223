// cycles.ts   1,000 browsers, publications and lookups begin and end on one `Mdns`; prints what is there before and after
import { getEventListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import { Mdns } from "../../../src/index.ts";

const WARM_UP = 300;
const CYCLES = 1_000;
const TYPE = "_cycle._tcp";

const { gc } = globalThis;
if (gc === undefined) throw new Error("run it with --expose-gc");

const publisher = new Mdns({ interfaces: "127.0.0.1", hostName: "publisher" });
const watcher = new Mdns({ interfaces: "127.0.0.1", hostName: "watcher" });
const { signal } = new AbortController();
let begun: WeakRef<object>[] = [];

function noted<T extends object>(thing: T): T {
  begun.push(new WeakRef(thing));
  return thing;
}

function browse(options: { readonly signal: AbortSignal }): ReturnType<typeof watcher.browse> {
  return noted(watcher.browse(TYPE, options));
}

const WAYS: readonly ((cycle: number) => Promise<void> | void)[] = [
  function browserClosedAtOnce() {
    browse({ signal }).close();
  },

  async function browserClosedOnceItFound() {
    const browser = browse({ signal });
    await new Promise((resolve) => browser.once("up", resolve));
    browser.close();
  },

  async function browserLeft() {
    for await (const _change of browse({ signal })) return;
  },

  async function browserAborted() {
    const abort = new AbortController();
    const reading = browse({ signal: abort.signal })[Symbol.asyncIterator]().next();
    abort.abort();
    await reading.catch(() => {});
  },

  async function publicationClosed(cycle) {
    const service = { name: `Site ${cycle}`, type: TYPE, port: 80, wait: false, signal };
    await noted(await watcher.publish(service)).close();
  },

  async function publicationAborted() {
    const abort = new AbortController();
    const publishing = watcher.publish({ name: "Late", type: TYPE, port: 80, signal: abort.signal });
    abort.abort();
    await publishing.catch(() => {});
  },

  async function resolved() {
    noted(await watcher.resolve("Site", TYPE, { signal }));
  },

  async function lookupAborted() {
    const abort = new AbortController();
    const looking = watcher.lookup("nobody", { signal: abort.signal });
    abort.abort();
    await looking.catch(() => {});
  },
];

async function cycles(count: number): Promise<void> {
  begun = [];
  for (let cycle = 0; cycle < count; cycle++) await WAYS[cycle % WAYS.length]?.(cycle);
}

/** What is there when nothing of the work that went before is under way any more. */
async function inventory(): Promise<Record<string, number>> {
  for (let round = 0; round < 5; round++) {
    await setImmediate(); // what a WeakRef was asked for stays for the turn
    gc?.();
  }
  const { open, links } = watcher.counters;
  const resources = process.getActiveResourcesInfo();
  const of = (kind: string): number => resources.filter((resource) => resource === kind).length;
  return {
    open,
    claims: links.reduce((sum, link) => sum + link.claims, 0),
    questions: links.reduce((sum, link) => sum + link.questions, 0),
    listeners: watcher.eventNames().length + getEventListeners(signal, "abort").length,
    sockets: of("UDPWrap"),
    timers: of("Timeout"),
    reachable: begun.filter((thing) => thing.deref() !== undefined).length,
    heap: process.memoryUsage().heapUsed,
  };
}

await publisher.publish({ name: "Site", type: TYPE, port: 80, txt: { path: "/" } });
await cycles(WARM_UP);
const before = await inventory();
await cycles(CYCLES);
const after = await inventory();
await Promise.all([watcher.close(), publisher.close()]);
process.stdout.write(`${JSON.stringify({ before, after })}\n`);
