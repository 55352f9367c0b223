import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { EARSHOT_DIST } = process.env;
const dist = EARSHOT_DIST ? pathToFileURL(`${EARSHOT_DIST}/`) : new URL("../../../dist/", import.meta.url);
const entry = new URL("index.js", dist);
if (!existsSync(entry)) throw new Error(`${entry.href} is missing: npm run build first`);
const { Mdns } = await import(entry.href);

export async function open() {
  const mdns = new Mdns();
  await mdns.ready;
  return {
    publish: (services) => Promise.all(services.map((service) => mdns.publish(service))),
    browse: (type, onService, options) => mdns.browse(type, options).on("up", ({ name }) => onService(name)),
    close: () => mdns.close(),
  };
}
