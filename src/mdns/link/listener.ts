import type { Family } from "../core/datagram.ts";
import { FAMILIES } from "./families.ts";
import { interfaceChanges } from "./interface-change.ts";
import { type InterfaceFilter, type InterfaceSelection, interfaceFilter } from "./interface-filter.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import { InterfaceMonitor } from "./interface-monitor.ts";
import { type Arrival, InterfaceSockets } from "./interface-sockets.ts";
import { type InterfaceSource, systemInterfaces } from "./interface-source.ts";
import { MdnsSocket, type SendOwner } from "./mdns-socket.ts";
import { isPortHeld, refusedAtOpen } from "./refused-at-open.ts";
import { type SocketPlan, sharedHost, socketPlan } from "./socket-plan.ts";
import { SystemClock } from "./system-clock.ts";
import { arrivalLinks, type Topology, topologyOf } from "./topology.ts";
import { requireKnown } from "./unknown-interface.ts";

/** One datagram on UDP port 5353, as it was heard. */
export interface HeardDatagram {
  /** Where it may have come in: one interface, unless the source lies in the subnets of several, or of none. */
  readonly interfaces: readonly string[];
  /** The IP version. */
  readonly family: Family;
  /** Of the sender, without zone. */
  readonly address: string;
  /** Of the sender. */
  readonly port: number;
  /** The payload, undecoded, in memory of its own. */
  readonly bytes: Uint8Array;
}

/** What a listener hears, and who is told. */
export interface ListenOptions {
  /**
   * As for `Mdns`.
   * @default all multicast interfaces but loopback
   */
  readonly interfaces?: InterfaceSelection | undefined;
  /** @default both */
  readonly families?: readonly Family[] | undefined;
  /** Called with each datagram, in the order of arrival. */
  readonly onDatagram: (datagram: HeardDatagram) => void;
  /** Told what the system refuses while listening, and what `onDatagram` throws. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** The groups on the links of this machine, as long as they are listened to. */
export interface Listener {
  /** Those listened on now. */
  readonly interfaces: readonly string[];
  /** Idempotent. */
  close(): void;
}

/** @throws {@link LinkError} */
export async function openListener(options: ListenOptions): Promise<Listener> {
  const filter = interfaceFilter(options.interfaces, undefined);
  const listener = new GroupListener(filter, options);
  try {
    await listener.open();
  } catch (error) {
    listener.close();
    throw refusedAtOpen(error);
  }
  return listener;
}

interface Ear {
  readonly sockets: InterfaceSockets;
  info: InterfaceInfo;
}

const NEVER_SENDS: SendOwner = { sent() {}, failed() {}, dropped() {} };

class GroupListener implements Listener {
  readonly #filter: InterfaceFilter;
  readonly #options: ListenOptions;
  readonly #families: readonly Family[];
  readonly #source: InterfaceSource = systemInterfaces();
  readonly #plan: SocketPlan = socketPlan(process.platform);
  readonly #shared = new Map<Family, MdnsSocket>();
  readonly #ears = new Map<string, Ear>();
  #topology: Topology = topologyOf([]);
  #known: readonly InterfaceInfo[] = [];
  #monitor: InterfaceMonitor | undefined;
  #told: string | undefined;
  #closed = false;

  constructor(filter: InterfaceFilter, options: ListenOptions) {
    this.#filter = filter;
    this.#options = options;
    this.#families = options.families ?? FAMILIES;
  }

  get interfaces(): readonly string[] {
    return [...this.#ears].filter(([, { sockets }]) => sockets.families.length > 0).map(([name]) => name);
  }

  async open(): Promise<void> {
    requireKnown(this.#filter, this.#source.read());
    for (const family of this.#families) {
      const reception = this.#plan.reception[family];
      if (reception !== "interface") this.#shared.set(family, await this.#openShared(family, reception));
    }
    const refused = await this.#follow(this.#source.read());
    const held = refused.find(isPortHeld);
    if (held !== undefined) throw held;
    this.#tell(refused);
    const clock = new SystemClock();
    this.#monitor = new InterfaceMonitor({
      every: (period, action) => clock.every(period, action),
      wallClock: Date.now,
      isSettled: () => !this.#told,
      isStale: () => this.#source.isStale(),
      look: () => this.#look(),
    });
  }

  close(): void {
    this.#closed = true;
    this.#monitor?.close();
    this.#source.close();
    for (const { sockets } of this.#ears.values()) sockets.close();
    this.#ears.clear();
    for (const socket of this.#shared.values()) socket.close();
  }

  #openShared(family: Family, reception: "group" | "wildcard"): Promise<MdnsSocket> {
    return MdnsSocket.open({
      family,
      host: sharedHost(family, reception),
      receive: (bytes, host, port) => this.#heard(undefined, { family, to: "group", bytes, host, port }),
      onError: (error) => this.#options.onError?.(error),
      keepAlive: true,
    });
  }

  async #look(): Promise<void> {
    this.#tell(await this.#follow(this.#source.read()));
  }

  /** Each time only what is new. */
  #tell(refused: readonly Error[]): void {
    const text = refused.map(({ message }) => message).join("\n");
    if (text !== this.#told) for (const error of refused) this.#options.onError?.(error);
    this.#told = text;
  }

  /** @returns what the system refused */
  async #follow(all: readonly InterfaceInfo[]): Promise<readonly Error[]> {
    const wanted = all.filter(this.#filter.matches);
    this.#topology = topologyOf(all);
    for (const change of interfaceChanges(this.#known, wanted)) {
      if (change.kind === "down") this.#drop(change.name);
    }
    this.#known = wanted;
    const refused: Error[] = [];
    for (const info of wanted) {
      if (this.#closed) break;
      const ear = this.#ears.get(info.name) ?? { sockets: this.#socketsOf(info), info };
      ear.info = info;
      this.#ears.set(info.name, ear);
      refused.push(...(await ear.sockets.refresh(info)).refused);
    }
    if (this.#closed) for (const { name } of wanted) this.#drop(name);
    return refused;
  }

  #socketsOf(info: InterfaceInfo): InterfaceSockets {
    return new InterfaceSockets(info, {
      plan: this.#plan,
      families: this.#families,
      shared: this.#shared,
      unicast: false, // would take it away from the responders of this machine
      keepAlive: () => true,
      owner: NEVER_SENDS,
      receive: (arrival) => this.#heard(info.name, arrival),
      onError: (error) => this.#options.onError?.(error),
    });
  }

  #drop(name: string): void {
    this.#ears.get(name)?.sockets.close();
    this.#ears.delete(name);
  }

  #heard(name: string | undefined, { family, bytes, host, port }: Arrival): void {
    const [address = host, zone] = host.split("%");
    const known = name ?? zone;
    const interfaces = known === undefined ? arrivalLinks(this.#topology, address, this.#ears).names : [known];
    if (interfaces.length > 0) this.#options.onDatagram({ interfaces, family, address, port, bytes });
  }
}
