// The process that is measured: node subject.mjs CONTENDER OPTIONS
// Each line of its input is a command, each line of its output the answer to one.
import { createInterface } from "node:readline";

const [contender, options] = process.argv.slice(2);
const { open } = await import(contender);
const found = new Map();
const opened = await open(JSON.parse(options));

const now = () => performance.timeOrigin + performance.now();

const commands = {
  publish: async ({ services }) => {
    const startedAt = now();
    await opened.publish(services);
    return { startedAt, endedAt: now() };
  },
  browse: ({ type }) => {
    opened.browse(type, (name) => {
      if (!found.has(name)) found.set(name, now());
    });
    return { startedAt: now() };
  },
  found: () => ({ count: found.size, lastAt: Math.max(0, ...found.values()) }),
  usage: ({ collect }) => {
    if (collect) globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    return { cpu: user + system, rss: process.memoryUsage.rss() };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, ...rest } = JSON.parse(line);
  const answer = await commands[command](rest);
  process.stdout.write(`${JSON.stringify({ id, ...answer })}\n`);
}
process.exit();
