import type { Family } from "../../src/mdns/core/datagram.ts";
import { SimBrowser } from "./bare/sim-browser.ts";
import { claimHostName, SimService, TYPE_ENUMERATION } from "./bare/sim-service.ts";
import { World } from "./bare/world.ts";
import { Bridge } from "./bridge.ts";
import type { Faults } from "./faults.ts";
import { between, pick } from "./random.ts";
import { Reflector } from "./reflector.ts";
import type { Segment } from "./segment.ts";
import type { SimHost } from "./sim-host.ts";
import { SimLan } from "./sim-lan.ts";
import { watchInvariants } from "./watch/invariants.ts";

const TYPES = ["_http._tcp", "_ipp._tcp"] as const;
const TROUBLE = 40_000;
const REPEATER_DELAY = 1_500;
const GHOSTS = REPEATER_DELAY + 100; // until a repeater has nothing more to say about what was
const BROWSERS_MAX = 14;
const MANY_ADDRESSES = { share: 0.04, count: 60 } as const;
const SHORT_TTL = 30;

/** How the hosts learn that all is well again. */
export type Ending =
  /** Every interface goes down and up: cables are plugged in again. */
  | "replugged"
  /** They do not. */
  | "unnoticed";

/**
 * A random run: for 40 s programs come and go, hosts crash, sleep and move, and the links lose, delay, double, reorder
 * and corrupt packets, fall apart and heal. Then everything works again and nothing changes any more.
 */
export class FaultRun {
  readonly lan: SimLan;
  readonly world: World = new World();
  readonly #segments: Segment[] = [];
  readonly #hosts: SimHost[] = [];
  readonly #families: readonly Family[];
  readonly #corrupting: boolean;
  #bridge: Bridge | undefined;
  #created = 0;

  /** @param options - `corrupt`: links may also flip bits, as if no checksum noticed */
  constructor(seed: number, options: { readonly corrupt?: boolean } = {}) {
    this.#corrupting = options.corrupt ?? false;
    this.lan = new SimLan({ seed });
    watchInvariants(this.lan);
    const { random } = this.lan;
    this.#families = pick(random, [["ipv4"], ["ipv6"], ["ipv4", "ipv6"]] as const);
    this.#segments.push(this.lan.segment("s0"));
    if (random() < 0.4) this.#segments.push(this.lan.segment("s1"));
    this.#join();
    const first = this.#segments[0] as Segment;
    if (random() < 0.2) this.#repeat(first);
    this.#addObserver(first);
    for (let count = 3 + Math.floor(random() * 3); count > 0; count--) this.#addHost();
  }

  /** @throws Error when an invariant is violated */
  trouble(): void {
    const { lan } = this;
    while (lan.clock.now() < TROUBLE) {
      this.#happen();
      lan.run(between(lan.random, 50, 2_500));
    }
  }

  /** All faults end; what was apart is joined, what slept wakes. */
  recover(ending: Ending): void {
    for (const segment of this.#segments) {
      segment.heal();
      segment.setFaults({ delay: 0.3, jitter: 1 });
    }
    this.#join();
    for (const host of this.#hosts) host.wake({ sleepCounts: true });
    const cables = this.#hosts.flatMap(({ interfaces }) => interfaces);
    if (ending === "replugged") {
      for (const cable of cables) cable.down();
      this.lan.run(GHOSTS);
    }
    for (const cable of cables) cable.up();
  }

  /** @throws Error when something is wrong that must be right `duration` ms after {@link FaultRun.recover} */
  rest(duration: number): void {
    this.lan.run(duration);
    const faults = this.world.faults({ ghosts: this.#corrupting });
    if (faults.length > 0) throw new Error(faults.join("\n"));
  }

  /** At rest, one of several owners of a type goes. @throws Error when anybody misses more than that */
  parting(duration: number): void {
    const owned = [...this.world.services];
    const leaving = owned.find((service) =>
      owned.some((other) => other !== service && other.type.equals(service.type)),
    );
    if (leaving === undefined) return;
    leaving.claim.withdraw();
    this.world.services.delete(leaving);
    this.rest(duration);
  }

  #happen(): void {
    const { random } = this.lan;
    const host = pick(random, this.#hosts);
    const cable = pick(random, host.interfaces);
    const event = pick(random, EVENTS);
    this.lan.log.remark(this.lan.clock.now(), `${event} ${host.name}`);
    switch (event) {
      case "serve":
        this.#serve(host);
        return;
      case "withdraw":
        this.#withdraw();
        return;
      case "change":
        for (const service of this.world.services) {
          if (!service.claim.host.asleep && random() < 0.3) service.setTxt(`v=${random()}`);
        }
        return;
      case "browse":
        if (!host.asleep && this.world.browsers.size < BROWSERS_MAX) {
          const type = pick(random, [...TYPES, TYPE_ENUMERATION]);
          this.world.browsers.add(new SimBrowser(host, { type, resolve: type !== TYPE_ENUMERATION && random() < 0.5 }));
        }
        return;
      case "faults":
        pick(random, this.#segments).setFaults(this.#randomFaults());
        return;
      case "partition":
        this.#partition();
        return;
      case "heal":
        for (const segment of this.#segments) segment.heal();
        this.#join();
        return;
      case "sleep":
        host.sleep();
        return;
      case "wake":
        host.wake({ sleepCounts: random() < 0.5 });
        return;
      case "jump":
        host.jumpWallClock();
        return;
      case "unplug":
        if (!host.asleep) cable.down();
        return;
      case "plug":
        if (!host.asleep) cable.up();
        return;
      case "address":
        if (!host.asleep) cable.setAddresses(this.#someAddresses(cable.name));
        return;
      case "leave":
        this.#leave(host, "shutDown");
        return;
      case "crash":
        this.#leave(host, "crash");
        return;
    }
  }

  #join(): void {
    const [left, right] = this.#segments;
    if (left !== undefined && right !== undefined) this.#bridge ??= new Bridge(left, right);
  }

  #partition(): void {
    const { random } = this.lan;
    this.#bridge?.remove();
    this.#bridge = undefined;
    const sides = new Map<string, number>();
    pick(random, this.#segments).partition(({ label }) => {
      const side = sides.get(label) ?? Math.floor(random() * 2);
      sides.set(label, side);
      return side;
    });
  }

  #repeat(segment: Segment): void {
    const addresses = Object.fromEntries(this.#freshAddresses("").map(({ family, address }) => [family, address]));
    new Reflector({
      clock: this.lan.clock,
      segments: [segment],
      addresses,
      delay: between(this.lan.random, 1, REPEATER_DELAY),
    });
  }

  /** Usually one of each family, sometimes more than fit in a packet. */
  #someAddresses(zone: string) {
    const count = this.lan.random() < MANY_ADDRESSES.share ? MANY_ADDRESSES.count : 1;
    return Array.from({ length: count }, () => this.#freshAddresses(zone)).flat();
  }

  #freshAddresses(zone: string) {
    const fresh = this.lan.freshAddresses().filter(({ family }) => this.#families.includes(family));
    return fresh.map((own) => (own.family === "ipv6" ? { ...own, zone } : own));
  }

  /** Publishes nothing and looks for everything all the time: nobody notices a conflict about which nobody asks. */
  #addObserver(segment: Segment): void {
    const host = this.lan.host("observer", [segment], { families: this.#families });
    this.#hosts.push(host);
    for (const type of TYPES) this.world.browsers.add(new SimBrowser(host, { type, resolve: true }));
    this.world.browsers.add(new SimBrowser(host, { type: TYPE_ENUMERATION }));
  }

  #addHost(): void {
    const { random } = this.lan;
    const [first] = this.#segments as [Segment];
    const segments = random() < 0.2 ? this.#segments : [this.#segments.at(-1) ?? first];
    const host = this.lan.host(`h${++this.#created}`, random() < 0.5 ? [first] : segments, {
      families: this.#families,
    });
    this.#hosts.push(host);
    for (const cable of host.interfaces) cable.setAddresses(this.#someAddresses(cable.name));
    this.world.hostNames.add(claimHostName(host, pick(random, ["x", "y", "z"])));
    this.#serve(host);
  }

  #serve(host: SimHost): void {
    const { random } = this.lan;
    const on = [...this.world.hostNames].find((name) => name.host === host);
    const own = [...this.world.services].filter(({ claim }) => claim.host === host);
    if (on === undefined || host.asleep || own.length >= 3) return;
    const free = (["A", "B", "C"] as const).filter((label) => !own.some(({ claim }) => claim.label.startsWith(label)));
    const port = 1_000 + Math.floor(random() * 60_000);
    const ttl = random() < 0.1 ? { ttl: SHORT_TTL } : {};
    this.world.services.add(
      new SimService({ on, instance: pick(random, free), type: pick(random, TYPES), port, ...ttl }),
    );
  }

  #withdraw(): void {
    const services = [...this.world.services];
    const service = pick(this.lan.random, services);
    const { host } = service.claim;
    if (host.asleep || services.filter(({ claim }) => claim.host === host).length < 2) return;
    service.claim.withdraw();
    this.world.services.delete(service);
  }

  #leave(host: SimHost, how: "shutDown" | "crash"): void {
    if (host === this.#hosts[0] || host.asleep) return;
    this.world.forget(host);
    host[how]();
    this.#hosts.splice(this.#hosts.indexOf(host), 1);
    this.#addHost();
  }

  #randomFaults(): Partial<Faults> {
    const { random } = this.lan;
    return {
      delay: between(random, 0, 5),
      jitter: between(random, 0, 20),
      loss: random() < 0.5 ? between(random, 0, 0.5) : 0,
      duplicate: random() < 0.3 ? between(random, 0, 0.3) : 0,
      reorder: random() < 0.3 ? between(random, 0, 0.3) : 0,
      reorderBy: between(random, 0, 400),
      corrupt: this.#corrupting && random() < 0.3 ? between(random, 0, 0.2) : 0,
    };
  }
}

const EVENTS = [
  "serve",
  "serve",
  "withdraw",
  "change",
  "browse",
  "faults",
  "faults",
  "partition",
  "heal",
  "heal",
  "sleep",
  "wake",
  "wake",
  "jump",
  "unplug",
  "plug",
  "plug",
  "address",
  "leave",
  "crash",
] as const;
