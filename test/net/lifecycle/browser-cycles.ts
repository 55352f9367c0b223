// browser-cycles.ts   1,000 browsers are opened and closed on one `Mdns`; prints what is there before and after
import { getEventListeners } from "node:events";
import { setImmediate } from "node:timers/promises";
import { type Browser, Mdns } from "../../../src/index.ts";

const WARM_UP = 300;
const CYCLES = 1_000;
const TYPE = "_cycle._tcp";

const { gc } = globalThis;
if (gc === undefined) throw new Error("run it with --expose-gc");

const publisher = new Mdns({ interfaces: "127.0.0.1", hostName: "publisher" });
const watcher = new Mdns({ interfaces: "127.0.0.1", hostName: "watcher" });
const { signal } = new AbortController();
let browsers: WeakRef<Browser>[] = [];

function opened(options: { readonly signal?: AbortSignal } = {}): Browser {
  const browser = watcher.browse(TYPE, options);
  browsers.push(new WeakRef(browser));
  return browser;
}

const WAYS: readonly (() => Promise<void> | void)[] = [
  function closedAtOnce() {
    opened({ signal }).close();
  },

  async function closedOnceItFound() {
    const browser = opened({ signal });
    await new Promise((resolve) => browser.once("up", resolve));
    browser.close();
  },

  async function left() {
    for await (const _change of opened({ signal })) return;
  },

  async function aborted() {
    const abort = new AbortController();
    const reading = opened({ signal: abort.signal })[Symbol.asyncIterator]().next();
    abort.abort();
    await reading.catch(() => {});
  },
];

async function cycles(count: number): Promise<void> {
  browsers = [];
  for (let cycle = 0; cycle < count; cycle++) await WAYS[cycle % WAYS.length]?.();
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
    questions: links.reduce((sum, link) => sum + link.questions, 0),
    listeners: watcher.eventNames().length + getEventListeners(signal, "abort").length,
    sockets: of("UDPWrap"),
    timers: of("Timeout"),
    browsers: browsers.filter((browser) => browser.deref() !== undefined).length,
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
