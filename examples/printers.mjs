// Lists the printers that answer in time: node examples/printers.mjs [SECONDS] [INTERFACE]
import { setTimeout } from "node:timers/promises";
import { Mdns } from "earshot";
import "./support/plain-errors.mjs";

// One printer often speaks several protocols under one name: the first that it has is the one to use.
const PROTOCOLS = {
  "_ipps._tcp": "ipps",
  "_ipp._tcp": "ipp",
  "_pdl-datastream._tcp": "socket",
  "_printer._tcp": "lpd",
};

const [seconds = 3, interfaces] = process.argv.slice(2);
if (!(seconds > 0)) {
  console.error("usage: node examples/printers.mjs [SECONDS] [INTERFACE]");
  process.exit(2);
}
const mdns = new Mdns({ interfaces });
const browsers = Object.keys(PROTOCOLS).map((type) => mdns.browse(type));
await setTimeout(Number(seconds) * 1_000);

const printers = new Map();
for (const printer of browsers.flatMap(({ services }) => services)) {
  if (!printers.has(printer.name)) printers.set(printer.name, printer);
}
for (const { name, type, host, port, txt } of printers.values()) {
  const uri = `${PROTOCOLS[type]}://${host}:${port}/${txt.text("rp") ?? ""}`;
  console.log([name, uri, txt.text("ty"), txt.text("note")].filter(Boolean).join("  "));
}
await mdns.close();
if (printers.size === 0) {
  console.error("no printer answered");
  process.exitCode = 1;
}
