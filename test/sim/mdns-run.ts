import type { Browser } from "../../src/mdns/dnssd/browser.ts";
import type { Publication } from "../../src/mdns/dnssd/publication.ts";
import { Mdns } from "../../src/mdns/mdns.ts";
import { between, pick } from "./random.ts";
import type { Segment } from "./segment.ts";
import type { SimHost } from "./sim-host.ts";
import { SimLan } from "./sim-lan.ts";
import { watchMulticastRate } from "./watch/multicast-rate.ts";
import { watchPacketForm } from "./watch/packet-form.ts";
import { watchQuestionRate } from "./watch/question-rate.ts";
import { watchWholeSets } from "./watch/whole-sets.ts";

const TYPES = ["_http._tcp", "_ipp._tcp"] as const;
const TROUBLE = 30_000;

interface Program {
  readonly host: SimHost;
  readonly mdns: Mdns;
  readonly publications: Set<Publication>;
}

/** A random run like `FaultRun` with whole `Mdns` objects: what a program publishes, browses and is told. */
export class MdnsRun {
  readonly lan: SimLan;
  readonly #browsers = new Map<Browser, string>();
  readonly #segment: Segment;
  readonly #programs: Program[] = [];
  #started = 0;

  constructor(seed: number) {
    this.lan = new SimLan({ seed });
    watchPacketForm(this.lan);
    watchMulticastRate(this.lan);
    watchQuestionRate(this.lan);
    watchWholeSets(this.lan);
    this.#segment = this.lan.segment("lan");
    const observer = this.#start();
    for (const type of TYPES) this.#browsers.set(observer.mdns.browse(type), type);
    for (let count = 3; count > 0; count--) this.#publish(this.#start());
  }

  /** @throws Error when an invariant is violated */
  async trouble(): Promise<void> {
    const { lan } = this;
    while (lan.clock.now() < TROUBLE) {
      this.#happen();
      await lan.runAsync(between(lan.random, 100, 3_000));
    }
  }

  /** All faults end, and every cable is plugged in again. */
  async recover(): Promise<void> {
    this.#segment.heal();
    this.#segment.setFaults({ delay: 0.3, jitter: 1 });
    for (const { host } of this.#programs) {
      host.wake({ sleepCounts: true });
      for (const cable of host.interfaces) cable.down();
    }
    await this.lan.runAsync(10);
    for (const { host } of this.#programs) for (const cable of host.interfaces) cable.up();
  }

  /** What is wrong with a LAN that has been at rest for long enough; empty when nothing is. */
  get faults(): readonly string[] {
    const published = this.#programs.flatMap(({ publications }) => [...publications]);
    const unsettled = published
      .filter(({ state }) => state !== "announced")
      .map(({ name, state }) => `${name} is ${state}`);
    const wrong = [...this.#browsers].flatMap(([browser, browsed]) => {
      const truth = published.filter(({ type }) => type === browsed).map(serviceText);
      const view = browser.services.map(
        (service) => `${serviceText(service)}${service.addresses.length > 0 ? "" : " nowhere"}`,
      );
      const [seen, real] = [view, truth].map((list) => list.sort().join(", "));
      return seen === real ? [] : [`${browsed} is seen as ${seen}, not ${real}`];
    });
    return [...unsettled, ...wrong];
  }

  async close(): Promise<void> {
    const closing = Promise.all(this.#programs.map(({ mdns }) => mdns.close()));
    await this.lan.runAsync(5_000);
    await closing;
  }

  #happen(): void {
    const { random } = this.lan;
    const program = pick(random, this.#programs);
    const { host, mdns, publications } = program;
    const cable = pick(random, host.interfaces);
    const event = pick(random, EVENTS);
    this.lan.log.remark(this.lan.clock.now(), `${event} ${host.name}`);
    if (host.asleep && event !== "wake") return;
    switch (event) {
      case "publish":
        if (program !== this.#programs[0]) this.#publish(program);
        return;
      case "update":
        for (const one of publications) settle(one.update({ txt: { v: String(random()) }, port: port(random) }));
        return;
      case "withdraw":
        for (const one of [...publications].slice(1)) {
          settle(one.close());
          publications.delete(one);
        }
        return;
      case "browse":
        if (this.#browsers.size < 8) {
          const browsed = pick(random, TYPES);
          this.#browsers.set(mdns.browse(browsed), browsed);
        }
        return;
      case "faults":
        this.#segment.setFaults({ jitter: between(random, 0, 20), loss: between(random, 0, 0.4), duplicate: 0.1 });
        return;
      case "partition":
        this.#segment.partition(({ label }) => label.charCodeAt(1) % 2);
        return;
      case "heal":
        this.#segment.heal();
        return;
      case "sleep":
        host.sleep();
        return;
      case "wake":
        host.wake({ sleepCounts: random() < 0.5 });
        return;
      case "unplug":
        cable.down();
        return;
      case "plug":
        cable.up();
        return;
      case "address":
        cable.setAddresses(this.lan.freshAddresses().filter(({ family }) => family === "ipv4"));
        return;
    }
  }

  #start(): Program {
    const host = this.lan.host(`h${++this.#started}`, [this.#segment]);
    const mdns = new Mdns({ network: host, hostName: pick(this.lan.random, ["x", "y"]) });
    const program = { host, mdns, publications: new Set<Publication>() };
    this.#programs.push(program);
    return program;
  }

  #publish({ mdns, publications }: Program): void {
    const { random } = this.lan;
    if (publications.size >= 3) return;
    const options = { name: pick(random, ["A", "B"]), type: pick(random, TYPES), port: port(random) };
    settle(mdns.publish(options).then((publication) => publications.add(publication)));
  }
}

/** Whatever becomes of it is seen at rest; a rejection is the caller's to ignore. */
function settle(promise: Promise<unknown>): void {
  promise.catch(() => {});
}

function port(random: () => number): number {
  return 1_000 + Math.floor(random() * 60_000);
}

function serviceText(service: { readonly name: string; readonly host: string; readonly port: number }): string {
  return `${service.name} at ${service.host}:${service.port}`;
}

const EVENTS = [
  "publish",
  "publish",
  "update",
  "withdraw",
  "browse",
  "browse",
  "faults",
  "partition",
  "heal",
  "heal",
  "sleep",
  "wake",
  "wake",
  "unplug",
  "plug",
  "plug",
  "address",
] as const;
