// node station-program.mjs MODULE NAME: a program that publishes and browses, as `station.ts` tells it line by line.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createInterface } from "node:readline";

const FLOOD_PORT = 9; // of all that the floods announce
const RESOLUTION = 5; // ms
const MOST_ERRORS = 10;

const [module, hostName] = process.argv.slice(2);
const { Mdns } = await import(module);
const mdns = new Mdns({ hostName });
const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
const escaped = [];
process.on("uncaughtException", (error) => escaped.push(String(error)));
process.on("unhandledRejection", (error) => escaped.push(String(error)));
mdns.on("diagnostic", ({ kind, error }) => {
  if (kind === "error" && escaped.length < MOST_ERRORS) escaped.push(String(error)); // caught by the last to see it
});

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const milliseconds = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION);

const commands = {
  publish: async (service) => ({ name: (await mdns.publish(service)).name, at: Date.now() }),
  browse: ({ type }) => {
    // Writing a line for each would take more time than all else.
    const unlessFlooded = (tell) => (service) => {
      if (service.port !== FLOOD_PORT) tell(service);
    };
    const tellFound = unlessFlooded(({ name, port }) => say({ found: port, name, at: Date.now() }));
    const tellLost = unlessFlooded(({ port }) => say({ lost: port }));
    mdns.browse(type).on("up", tellFound).on("update", tellFound).on("down", tellLost);
  },
  find: async ({ type, port, within }) => {
    const asker = new Mdns({ hostName: "asker" });
    const start = performance.now();
    try {
      for await (const { kind, service } of asker.browse(type, { signal: AbortSignal.timeout(within) })) {
        if (kind !== "down" && service.port === port) break;
      }
      return { ms: performance.now() - start };
    } finally {
      await asker.close();
    }
  },
  lookup: async ({ host, timeout }) => ({ addresses: await mdns.lookup(host, { timeout }) }),
  resolve: ({ name, type, timeout }) => mdns.resolve(name, type, { timeout }),
  reconfirm: ({ name }) => {
    for (const service of mdns.services) if (service.name === name) mdns.reconfirm(service);
  },
  /** Nothing else runs meanwhile. */
  block: ({ ms }) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  },
  report: () => {
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const delays = { p99: milliseconds(delay.percentile(99)), worst: milliseconds(delay.max) };
    delay.reset();
    return { delay: delays, cpu: user + system, memory: { rss, heap: heapUsed }, counters: mdns.counters, escaped };
  },
  close: async () => {
    await mdns.close();
    input.close(); // nothing else may keep this process running
  },
};

const input = createInterface({ input: process.stdin });
input.on("line", async (line) => {
  const { id, command, ...rest } = JSON.parse(line);
  try {
    say({ id, ...(await commands[command](rest)) });
  } catch (error) {
    say({ id, failed: `${error.name} ${error.code}: ${error.message}` });
  }
});
await mdns.ready;
delay.enable();
say({ ready: true });
