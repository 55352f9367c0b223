// host.ts NAME   publishes NAME and browses for its like; obeys "publish NAME" and "close", and tells what happens, a line each
import { createInterface } from "node:readline";
import { Mdns } from "../../../src/index.ts";

const TYPE = "_flap._tcp";
const [name = ""] = process.argv.slice(2);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.on("uncaughtException", (error) => say(`escaped: ${error.stack}`));
process.on("unhandledRejection", (reason) => say(`escaped: ${reason}`));

const mdns = new Mdns({ hostName: name });
mdns.on("diagnostic", (event) => say("interface" in event ? `${event.kind} ${event.interface}` : event.kind));
mdns.on("error", (error) => say(`error: ${error}`));

const browser = mdns.browse(TYPE);
function list(): void {
  say(`found ${browser.services.map((service) => service.name).sort()}`);
}
browser.on("up", list);
browser.on("down", list);

async function publish(service: string): Promise<void> {
  await mdns.publish({ name: service, type: TYPE, port: 80, wait: false });
}

const commands = createInterface({ input: process.stdin });
commands.on("line", async (line) => {
  const [, wanted] = /^publish (.+)$/.exec(line) ?? [];
  if (wanted !== undefined) return publish(wanted);
  commands.close();
  process.stdin.destroy();
  await mdns.close();
});
await publish(name);
