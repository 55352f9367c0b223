import type { Family } from "../core/datagram.ts";
import { HostState } from "../core/host-state.ts";
import type { TraceEvent } from "../core/output.ts";
import { cacheSize } from "./cache-size.ts";
import type { InterfaceFilter } from "./interface-filter.ts";
import { InterfaceLinks } from "./interface-links.ts";
import { InterfaceMonitor } from "./interface-monitor.ts";
import type { InterfaceSource } from "./interface-source.ts";
import type { Link } from "./link.ts";
import { type LinkCounters, zeroCounters } from "./link-counters.ts";
import type { LinkDiagnostic } from "./link-diagnostic.ts";
import { MdnsSocket } from "./mdns-socket.ts";
import type { Network, NetworkListener } from "./network.ts";
import type { SharedSocket } from "./reception.ts";
import { refusedAtOpen } from "./refused-at-open.ts";
import { openReplySocket } from "./reply-socket.ts";
import { repliesApart, type SocketPlan, sharedHost } from "./socket-plan.ts";
import type { SystemClock } from "./system-clock.ts";

export interface SystemNetworkOptions {
  readonly clock: SystemClock;
  readonly random: () => number;
  readonly families: readonly Family[];
  readonly filter: InterfaceFilter;
  readonly plan: SocketPlan;
  /** Port 5353 is ours alone. */
  readonly unicast: boolean;
  readonly interfaces: InterfaceSource;
  readonly wallClock: () => number;
  readonly trace: ((event: TraceEvent, link: string) => void) | undefined;
  readonly onDiagnostic: ((event: LinkDiagnostic) => void) | undefined;
}

const FLUSH_LIMIT = 200; // ms

/** The links of this machine on real sockets. */
export class SystemNetwork implements Network {
  readonly clock: SystemClock;
  readonly random: () => number;
  readonly host: HostState = new HostState();
  readonly #options: SystemNetworkOptions;
  readonly #shared = new Map<Family, MdnsSocket>();
  readonly #replies = new Map<Family, MdnsSocket>();
  readonly #links: InterfaceLinks;
  readonly #listeners = new Set<NetworkListener>();
  readonly #counters = zeroCounters();
  #onDiagnostic: ((event: LinkDiagnostic) => void) | undefined;
  #monitor: InterfaceMonitor | undefined;
  #looking: Promise<void> = Promise.resolve();
  #keepAlive = true;
  #closing: Promise<void> | undefined;

  private constructor(options: SystemNetworkOptions) {
    const { clock, random, families, plan, unicast, filter, trace } = options;
    this.#options = options;
    this.#onDiagnostic = options.onDiagnostic;
    this.clock = clock;
    this.random = random;
    this.#links = new InterfaceLinks({
      link: { clock, random, host: this.host, unicast, cacheRecords: cacheSize() },
      trace: trace && ((name) => (event) => trace(event, name)),
      families,
      plan,
      shared: this.#shared,
      replies: this.#replies,
      selects: filter.matches,
      keepAlive: () => this.#keepAlive,
      counters: this.#counters,
      notify: (call) => this.#notify(call),
      tell: (event) => this.#tell(event),
      troubled: () => this.#monitor?.pace(),
    });
  }

  /** @throws {@link LinkError} `ERR_MDNS_PORT_IN_USE`, `ERR_MDNS_SYSTEM` */
  static async open(options: SystemNetworkOptions): Promise<SystemNetwork> {
    const network = new SystemNetwork(options);
    try {
      await network.#openShared();
      await network.#openReplies();
      await network.#links.open(options.interfaces.read());
    } catch (error) {
      network.#release();
      throw refusedAtOpen(error);
    }
    network.#monitor = new InterfaceMonitor({
      every: (period, action) => options.clock.every(period, action),
      wallClock: options.wallClock,
      isSettled: () => network.#links.isSettled,
      isStale: () => options.interfaces.isStale(),
      look: (news) => network.#look(news),
    });
    return network;
  }

  get links(): ReadonlySet<Link> {
    return new Set([...this.#links.byName.values()].map(({ link }) => link));
  }

  /** A copy of the counters as they are now. */
  get counters(): LinkCounters {
    return { ...this.#counters };
  }

  watch(listener: NetworkListener): () => void {
    this.#listeners.add(listener);
    for (const link of this.links) listener.linkUp(link);
    return () => this.#listeners.delete(listener);
  }

  /** Whether the network keeps the process running; so it does from the start. */
  setKeepAlive(keepAlive: boolean): void {
    if (this.#closing !== undefined) return;
    this.#keepAlive = keepAlive;
    this.clock.setKeepAlive(keepAlive);
    for (const socket of this.#sockets) socket.setKeepAlive(keepAlive);
    for (const { sockets } of this.#links.byName.values()) sockets.setKeepAlive(keepAlive);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#monitor?.close();
    this.#links.sayGoodbye();
    await this.#looking;
    await this.#flushed();
    this.#release();
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve))); // Node lets go of sockets a turn later
  }

  /** What was sent is with the system, unless that takes too long. */
  async #flushed(): Promise<void> {
    const own = [...this.#links.byName.values()].map(({ sockets }) => sockets.flushed());
    const shared = this.#sockets.map((socket) => socket.flushed());
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FLUSH_LIMIT);
    });
    await Promise.race([Promise.all([...own, ...shared]), limit]);
    clearTimeout(timer);
  }

  #release(): void {
    this.#links.close();
    for (const socket of this.#sockets) socket.close();
    this.#options.interfaces.close();
    this.#listeners.clear();
    this.clock.setKeepAlive(false);
  }

  async #openShared(): Promise<void> {
    const { families, plan } = this.#options;
    for (const family of families) {
      const reception = plan.reception[family];
      if (reception === "interface") continue;
      const shared: SharedSocket = { family, surelyGroup: reception === "group" };
      const socket = await MdnsSocket.open({
        family,
        host: sharedHost(family, reception),
        receive: (bytes, host, port) => this.#links.reception.fromShared(shared, bytes, host, port),
        onError: (error) => this.#tell({ kind: "error", error }),
        keepAlive: this.#keepAlive,
      });
      this.#shared.set(family, socket);
    }
  }

  async #openReplies(): Promise<void> {
    const { families, plan, unicast } = this.#options;
    if (!repliesApart(plan, unicast)) return;
    for (const family of families) {
      if (plan.reception[family] === "interface") continue;
      const socket = await openReplySocket({
        family,
        onError: (error) => this.#tell({ kind: "error", error }),
        keepAlive: this.#keepAlive,
      });
      if (socket !== undefined) this.#replies.set(family, socket);
    }
  }

  /** Those that serve all interfaces. */
  get #sockets(): readonly MdnsSocket[] {
    return [...this.#shared.values(), ...this.#replies.values()];
  }

  #look(news: { readonly woke: boolean }): Promise<void> {
    const look = async (): Promise<void> => this.#links.look(this.#options.interfaces.read(), news);
    this.#looking = look().catch((error) => this.#tell({ kind: "error", error }));
    return this.#looking;
  }

  #notify(call: (listener: NetworkListener) => void): void {
    for (const listener of [...this.#listeners]) {
      try {
        call(listener);
      } catch (error) {
        this.#tell({ kind: "error", error });
      }
    }
  }

  #tell(event: LinkDiagnostic): void {
    try {
      this.#onDiagnostic?.(event);
    } catch {
      this.#onDiagnostic = undefined; // one that throws is told nothing more
    }
  }
}
