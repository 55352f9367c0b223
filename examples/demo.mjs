import { spawn } from "node:child_process";
import { once } from "node:events";
import { networkInterfaces } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Mdns } from "earshot";

const TIME_LIMIT = 12_000; // ms, for the whole demo
const BROWSE = fileURLToPath(new URL("../dist/cli/mdns-browse.js", import.meta.url));

const SERVICES = [
  { name: "Office Printer, 2nd fl.", type: "_ipp._tcp", port: 631, txt: { rp: "ipp/print", Color: true, copies: 1 } },
  { name: "Notes ☕", type: "_http._tcp", port: 8080, txt: { path: "/" } },
  { name: "Camera", type: "_http._tcp", port: 8081, txt: { key: Uint8Array.of(0xde, 0xad, 0xbe, 0xef) } },
  { name: "Thermometer", type: "_earshot-demo._udp", port: 9000, txt: { celsius: "21.5" } },
];

class DemoError extends Error {}

const say = (text = "") => console.log(text);

async function demo(signal) {
  const loopback = loopbackName();
  say("earshot demo: one process publishes services, a second one finds them by multicast DNS.");
  say(`Everything stays on this machine's loopback interface, ${loopback}.\n`);

  const mdns = new Mdns({ interfaces: [loopback] });
  const finder = new Finder(loopback, signal);
  try {
    await mdns.ready;
    say(`1. This process (${process.pid}) publishes ${SERVICES.length} services of 3 types:`);
    const ads = await Promise.all(SERVICES.map((service) => mdns.publish(service)));
    for (const ad of ads) say(`     ${ad.name}  ${ad.type}  port ${ad.port}`);

    say(`\n2. Another process (${finder.pid}), mdns-browse --json -i ${loopback}, finds and resolves them:`);
    await Promise.all(ads.map((ad) => finder.reports("up", ad)));

    const thermometer = ads.at(-1);
    say("\n3. The thermometer changes its TXT record; the other process hears of it:");
    await Promise.all([finder.reports("update", thermometer), thermometer.update({ txt: { celsius: "22.0" } })]);

    const notes = ads[1];
    say(`\n4. ${notes.name} says goodbye:`);
    await Promise.all([finder.reports("down", notes), notes.close()]);
  } finally {
    await Promise.all([finder.stop(), mdns.close()]);
  }
}

/** The real command in a process of its own; shows what it reports about our services as it arrives. */
class Finder {
  #child;
  #waiting = [];
  #seen = [];
  #failure;

  constructor(loopback, signal) {
    this.#child = spawn(process.execPath, [BROWSE, "--json", "-i", loopback], { stdio: ["ignore", "pipe", "pipe"] });
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#hear(JSON.parse(line)));
    let complaint = "";
    this.#child.stderr.on("data", (data) => {
      complaint += data;
    });
    this.#child.on("close", (status) => {
      this.#fail(new DemoError(complaint.trim().split("\n")[0] || `mdns-browse ended with status ${status}`));
    });
    signal.addEventListener("abort", () => this.#fail(signal.reason));
  }

  get pid() {
    return this.#child.pid;
  }

  /** Resolves when the command has reported this event for what is published. */
  reports(event, { name, type }) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ event, name, type, resolve, reject });
      this.#match();
    });
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGTERM");
    await once(this.#child, "close");
  }

  #hear(report) {
    this.#seen.push(report);
    this.#match();
  }

  /** Reports are shown once somebody waits for them: what others publish on this machine is passed over. */
  #match() {
    for (const { event, name, type, resolve, reject } of this.#waiting.splice(0)) {
      const found = this.#seen.findIndex((seen) => seen.event === event && seen.name === name && seen.type === type);
      if (found !== -1) {
        show(this.#seen.splice(found, 1)[0]);
        resolve();
      } else if (this.#failure !== undefined) reject(this.#failure);
      else this.#waiting.push({ event, name, type, resolve, reject });
    }
  }

  #fail(error) {
    this.#failure ??= error;
    this.#match();
  }
}

function show({ event, name, type, host, port, addresses, txt }) {
  say(`   ${{ up: "+", update: "=", down: "-" }[event]} ${name}  ${type}`);
  if (event === "down") return;
  say(`       ${host}:${port}  ${addresses.join(" ")}`);
  say(`       ${Object.entries(txt).map(attribute).join("  ")}`);
}

function attribute([key, value]) {
  if (value === true) return key;
  return `${key}=${typeof value === "string" ? value : `0x${Buffer.from(value.base64, "base64").toString("hex")}`}`;
}

function loopbackName() {
  const found = Object.entries(networkInterfaces()).find(([, addresses]) =>
    addresses.some(({ internal, family }) => internal && family === "IPv4"),
  );
  if (found === undefined) throw new DemoError("this machine has no loopback interface with an IPv4 address");
  return found[0];
}

/** Runs the work, and aborts its signal when the time is over. */
async function within(milliseconds, work) {
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort(new DemoError(`not everything was found within ${milliseconds / 1000} s; is multicast allowed here?`));
  }, milliseconds);
  try {
    await work(limit.signal);
  } finally {
    clearTimeout(timer);
  }
}

try {
  const started = performance.now();
  await within(TIME_LIMIT, demo);
  say(
    `\nDone in ${((performance.now() - started) / 1000).toFixed(1)} s. Next: npx mdns-browse shows your own network.`,
  );
} catch (error) {
  console.error(`\nThe demo cannot go on: ${error.message}`);
  process.exitCode = error instanceof DemoError ? 1 : 3;
}
