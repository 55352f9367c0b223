import type { Family, Transmission } from "../core/datagram.ts";
import { interfaceChanges } from "./interface-change.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import { type InterfaceLink, onLinkTest } from "./interface-link.ts";
import { InterfaceSockets } from "./interface-sockets.ts";
import { Link, type LinkOptions } from "./link.ts";
import type { RunningCounters } from "./link-counters.ts";
import type { LinkDiagnostic } from "./link-diagnostic.ts";
import { interfaceMtu } from "./linux-interface.ts";
import type { MdnsSocket, SendOwner } from "./mdns-socket.ts";
import type { NetworkListener } from "./network.ts";
import { Reception } from "./reception.ts";
import { isPortHeld } from "./refused-at-open.ts";
import { SendHealth } from "./send-health.ts";
import type { SocketPlan } from "./socket-plan.ts";
import { topologyOf } from "./topology.ts";
import { UsableAddresses } from "./usable-address.ts";

export interface InterfaceLinksOptions {
  /** What every link is made with. */
  readonly link: Omit<LinkOptions, "name" | "addresses" | "families" | "mtu" | "transmit" | "trace">;
  readonly trace: ((name: string) => NonNullable<LinkOptions["trace"]>) | undefined;
  readonly families: readonly Family[];
  readonly plan: SocketPlan;
  /** The sockets that serve all interfaces. */
  readonly shared: ReadonlyMap<Family, MdnsSocket>;
  /** Those that only reply, where there are any. */
  readonly replies: ReadonlyMap<Family, MdnsSocket>;
  readonly selects: (info: InterfaceInfo) => boolean;
  readonly keepAlive: () => boolean;
  readonly counters: RunningCounters;
  readonly notify: (call: (listener: NetworkListener) => void) => void;
  readonly tell: (event: LinkDiagnostic) => void;
  /** Something was refused that is to be tried again. */
  readonly troubled: () => void;
}

// No question and no record: it tells whether the system lets anything out, and nobody answers it.
const EMPTY_QUERY: Uint8Array = new Uint8Array(12);

/** One link per interface in use, kept in step with the interfaces there are. */
export class InterfaceLinks {
  readonly byName: Map<string, InterfaceLink> = new Map();
  readonly reception: Reception;
  readonly #options: InterfaceLinksOptions;
  readonly #usable = new UsableAddresses();
  /** What the system refused last, by interface: told once. */
  readonly #refusals = new Map<string, string>();
  #all: readonly InterfaceInfo[] | undefined;
  #interfaces: readonly InterfaceInfo[] = [];
  /** Another responder of this machine is at work, too. */
  #sharesHost: boolean;
  #closed = false;

  constructor(options: InterfaceLinksOptions) {
    this.#options = options;
    this.#sharesHost = !options.link.unicast;
    this.reception = new Reception(options.link.clock, this.byName, options.counters, () => this.#shareHost());
  }

  /** Nothing is left to be tried again. */
  get isSettled(): boolean {
    if (this.#usable.pending || this.#refusals.size > 0) return false;
    for (const { health } of this.byName.values()) if (!health.ipv4.isWell || !health.ipv6.isWell) return false;
    return true;
  }

  /** The first look. @throws UdpNetworkError `EADDRINUSE` when another program holds the port and does not share it */
  async open(all: readonly InterfaceInfo[]): Promise<void> {
    for (const refused of await this.#follow(all)) {
      if (isPortHeld(refused)) throw refused;
    }
  }

  /** Follows what has changed, and sees after the rest. */
  async look(all: readonly InterfaceInfo[], { woke }: { readonly woke: boolean }): Promise<void> {
    if (woke) this.#options.tell({ kind: "woke" });
    const before = new Map([...this.byName.values()].map((entry) => [entry, entry.info]));
    await this.#follow(all);
    const { shared, replies } = this.#options;
    for (const socket of [...shared.values(), ...replies.values()]) socket.check();
    for (const [entry, info] of before) {
      if (this.#stands(entry) && entry.info === info) await this.#maintain(entry, { woke });
    }
  }

  /** Goodbyes are handed to the sockets; no link comes up any more. */
  sayGoodbye(): void {
    this.#closed = true;
    for (const { link } of this.byName.values()) link.close({ goodbye: true });
  }

  close(): void {
    this.#closed = true;
    for (const { link, sockets } of this.byName.values()) {
      link.close({ goodbye: false });
      sockets.close();
    }
    this.byName.clear();
    this.reception.linksChanged();
  }

  /** @returns what the system refused */
  async #follow(all: readonly InterfaceInfo[]): Promise<readonly Error[]> {
    if (all === this.#all && !this.#usable.pending && this.#refusals.size === 0) return [];
    const interfaces = await this.#usable.filter(this.#selected(all));
    this.#all = all;
    this.reception.interfacesChanged(topologyOf(all));
    const present = new Set(all.map(({ name }) => name));
    for (const name of this.#refusals.keys()) if (!present.has(name)) this.#refusals.delete(name);
    const changes = interfaceChanges(this.#interfaces, interfaces);
    this.#interfaces = interfaces;
    const refused: Error[] = [];
    for (const change of changes) {
      if (this.#closed) break;
      if (change.kind === "down") this.#down(change.name);
      else if (change.kind === "up") refused.push(...(await this.#up(change.info)));
      else await this.#readdress(change.info);
    }
    return refused;
  }

  #selected(all: readonly InterfaceInfo[]): readonly InterfaceInfo[] {
    const { selects, families } = this.#options;
    return all
      .filter(selects)
      .map((info) => ({ ...info, addresses: info.addresses.filter(({ family }) => families.includes(family)) }))
      .filter(({ addresses }) => addresses.length > 0);
  }

  async #up(info: InterfaceInfo): Promise<readonly Error[]> {
    const entry = this.#entry(info);
    const { refused } = await this.#refresh(entry, info);
    if (this.#closed || entry.sockets.families.length === 0) {
      entry.sockets.close();
      this.#interfaces = this.#interfaces.filter(({ name }) => name !== info.name); // to be tried again
      return refused;
    }
    this.byName.set(info.name, entry);
    this.reception.linksChanged();
    this.#options.tell({ kind: "up", interface: info.name });
    this.#options.notify((listener) => listener.linkUp(entry.link));
    return refused;
  }

  #entry(info: InterfaceInfo): InterfaceLink {
    const { families, link, plan, shared, replies, keepAlive, tell } = this.#options;
    const { name, addresses, internal } = info;
    const health = { ipv4: new SendHealth(), ipv6: new SendHealth() };
    const sockets: InterfaceSockets = new InterfaceSockets(info, {
      plan,
      families,
      shared,
      replies,
      unicast: link.unicast,
      keepAlive,
      owner: this.#owner(name, health),
      receive: (arrival) => this.reception.fromInterface(entry, arrival),
      onError: (error) => tell({ kind: "error", error }),
    });
    const trace = this.#options.trace?.(name);
    const entry: InterfaceLink = {
      link: new Link({
        ...link,
        name,
        addresses,
        mtu: interfaceMtu(name),
        families: internal ? families.filter((family) => family === "ipv4") : families,
        transmit: (transmission) => sockets.transmit(transmission),
        overflow: (what, limit) => tell({ kind: "overflow", what: `${what} on ${name}`, limit }),
        ...(trace && { trace }),
      }),
      sockets,
      health,
      info,
      isOnLink: onLinkTest(info),
    };
    if (this.#sharesHost) entry.link.shareHost();
    return entry;
  }

  #owner(name: string, health: InterfaceLink["health"]): SendOwner {
    const { counters, tell, troubled } = this.#options;
    return {
      sent: ({ group, family, bytes }) => {
        counters.sent++;
        if (group) this.reception.sent(name, family, bytes);
      },
      failed: ({ group, family }, error, { late }) => {
        counters.sendErrors++;
        if (late) counters.sent--;
        if (!group || !health[family].failed()) return;
        tell({ kind: "degraded", interface: name, family, error });
        troubled();
      },
      dropped: () => {
        counters.backlogDrops++;
      },
    };
  }

  /** From now on the two have to agree on this host's records. */
  #shareHost(): void {
    if (this.#sharesHost) return;
    this.#sharesHost = true;
    for (const { link } of this.byName.values()) {
      link.shareHost();
      this.#options.notify((listener) => listener.addressesChanged(link));
    }
  }

  #down(name: string): void {
    const entry = this.byName.get(name);
    if (entry === undefined) return;
    this.byName.delete(name);
    this.reception.linksChanged();
    entry.link.close({ goodbye: false });
    entry.sockets.close();
    this.#options.tell({ kind: "down", interface: name });
    this.#options.notify((listener) => listener.linkDown(entry.link));
  }

  async #readdress(info: InterfaceInfo): Promise<void> {
    const entry = this.byName.get(info.name);
    if (entry === undefined) return;
    await this.#refresh(entry, info);
    if (!this.#stands(entry)) return;
    entry.link.setAddresses(info.addresses);
    this.#options.tell({ kind: "addresses", interface: info.name });
    this.#options.notify((listener) => listener.addressesChanged(entry.link));
    entry.link.restart();
  }

  /** An interface that looks the same may have been dropped from the group, or refuse what is sent. */
  async #maintain(entry: InterfaceLink, { woke }: { readonly woke: boolean }): Promise<void> {
    const { tell } = this.#options;
    const { name } = entry.info;
    const { joined } = await this.#refresh(entry, entry.info, { renew: woke });
    if (!this.#stands(entry)) return;
    if (joined) tell({ kind: "rejoined", interface: name });
    entry.sockets.check();
    const recovered = entry.sockets.families.filter((family) => this.#tryAgain(entry, family));
    for (const family of recovered) tell({ kind: "recovered", interface: name, family });
    if (woke || joined || recovered.length > 0) entry.link.restart();
  }

  /** @returns whether what was refused is accepted again */
  #tryAgain({ health, sockets }: InterfaceLink, family: Family): boolean {
    const state = health[family].look();
    const trial: Transmission = { bytes: EMPTY_QUERY, to: { group: family } };
    if (state === "try") sockets.transmit(trial);
    return state === "recovered";
  }

  async #refresh(
    entry: InterfaceLink,
    info: InterfaceInfo,
    options?: { readonly renew: boolean },
  ): Promise<{ readonly refused: readonly Error[]; readonly joined: boolean }> {
    if (entry.info !== info) entry.isOnLink = onLinkTest(info);
    entry.info = info;
    const { refused, joined } = await entry.sockets.refresh(info, options);
    const refusal = refused.map(({ message }) => message).join("\n");
    if (refusal !== (this.#refusals.get(info.name) ?? "")) {
      for (const error of refused) this.#options.tell({ kind: "refused", interface: info.name, error });
    }
    if (refusal === "") this.#refusals.delete(info.name);
    else this.#refusals.set(info.name, refusal);
    return { refused, joined };
  }

  #stands(entry: InterfaceLink): boolean {
    return !this.#closed && this.byName.get(entry.info.name) === entry;
  }
}
