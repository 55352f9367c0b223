// The process that is measured: node subject.mjs CONTENDER OPTIONS
// Each line of its input is a command, each line of its output the answer to one.
import { createInterface } from "node:readline";

const [contender, options] = process.argv.slice(2);
const { open } = await import(contender);
const found = new Map();
let opening;
const opened = () => {
  opening ??= open(JSON.parse(options));
  return opening;
};

const now = () => performance.timeOrigin + performance.now();

const commands = {
  publish: async ({ services }) => {
    const { publish } = await opened();
    const startedAt = now();
    await publish(services);
    return { startedAt, endedAt: now() };
  },
  browse: async ({ type }) => {
    const { browse } = await opened();
    browse(type, (name) => {
      if (!found.has(name)) found.set(name, now());
    });
    return { startedAt: now() };
  },
  found: () => ({ count: found.size, lastAt: Math.max(0, ...found.values()) }),
  usage: async () => {
    await opened();
    const { user, system } = process.cpuUsage();
    return { cpu: user + system, rss: process.memoryUsage.rss() };
  },
  /** Milliseconds from the call of browse until `count` services are resolved, by one that knows nothing yet. */
  find: async ({ type, count, immediate, random }) => {
    Math.random = () => random; // so that two contenders wait the same delays
    const fresh = await open(JSON.parse(options));
    const names = new Set();
    const startedAt = now();
    await new Promise((resolve) => {
      fresh.browse(type, (name) => names.add(name).size >= count && resolve(), { immediate });
    });
    const ms = now() - startedAt;
    await fresh.close();
    return { ms };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, ...rest } = JSON.parse(line);
  const answer = await commands[command](rest);
  process.stdout.write(`${JSON.stringify({ id, ...answer })}\n`);
}
process.exit();
