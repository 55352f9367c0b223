// Follows what a device tells of its state in its TXT record: node examples/watch-state.mjs [NAME] [TYPE] [INTERFACE]
import { Mdns } from "earshot";
import "./support/plain-errors.mjs";

const [name = "my-app", type = "_http._tcp", interfaces] = process.argv.slice(2);
const mdns = new Mdns({ interfaces });
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => mdns.close()); // ends the loop

let before = {};
for await (const { kind, service } of mdns.browse(type)) {
  if (service.name !== name) continue;
  if (kind !== "update") console.log(kind === "up" ? `${name} is here` : `${name} is gone`);
  const state = kind === "down" ? {} : service.txt.toObject();
  for (const key of new Set([...Object.keys(before), ...Object.keys(state)])) {
    if (before[key] !== state[key]) console.log(`  ${key}: ${before[key] ?? "-"} -> ${state[key] ?? "-"}`);
  }
  before = state;
}
