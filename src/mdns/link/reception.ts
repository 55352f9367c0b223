import { type Family, MDNS_PORT } from "../core/datagram.ts";
import type { Instant } from "../core/timing.ts";
import { boundedMemo } from "./bounded-memo.ts";
import type { Clock } from "./clock.ts";
import { EchoFilter } from "./echo.ts";
import type { InterfaceLink } from "./interface-link.ts";
import type { Arrival } from "./interface-sockets.ts";
import type { RunningCounters } from "./link-counters.ts";
import { arrivalLinks, type Topology, topologyOf } from "./topology.ts";
import { TwinFilter } from "./twin-filter.ts";

/** A socket that serves all interfaces. */
export interface SharedSocket {
  readonly family: Family;
  /** It is bound to the group address, and hears nothing else. */
  readonly surelyGroup: boolean;
}

/** What follows from where a datagram came from. */
interface Origin {
  /** Without its zone. */
  readonly address: string;
  /** One of this host. */
  readonly isOwn: boolean;
  /** In the subnet of an interface. */
  readonly onLink: boolean;
  /** Those that it belongs to when a socket that serves all interfaces hears it. */
  readonly links: readonly InterfaceLink[];
  /** Datagrams since `since`. */
  heard: number;
  since: Instant;
}

const MAX_ORIGINS = 1_024;
// No host says so much. One that does would leave no time for the others: what is not read, the system drops.
const MAX_PER_SECOND = 4_000;

/** Decides to which links each received datagram belongs, and drops what none should see. */
export class Reception {
  readonly #clock: Clock;
  readonly #links: ReadonlyMap<string, InterfaceLink>;
  readonly #counters: RunningCounters;
  readonly #echoes = new EchoFilter();
  readonly #twins = new TwinFilter();
  readonly #heardNeighbour: () => void;
  #topology: Topology = topologyOf([]);
  #originOf: (host: string) => Origin = this.#remembered();

  /** @param heardNeighbour - called before a datagram of another responder of this machine is handed on */
  constructor(
    clock: Clock,
    links: ReadonlyMap<string, InterfaceLink>,
    counters: RunningCounters,
    heardNeighbour: () => void,
  ) {
    this.#clock = clock;
    this.#links = links;
    this.#counters = counters;
    this.#heardNeighbour = heardNeighbour;
  }

  /** Something was sent to the group; a copy of it will come back. */
  sent(name: string, family: Family, bytes: Uint8Array): void {
    this.#echoes.sent(channel(name, family), bytes, this.#clock.now());
  }

  /** The interfaces of this host, used or not, are others now. */
  interfacesChanged(topology: Topology): void {
    this.#topology = topology;
    this.linksChanged();
  }

  /** A link came or went. */
  linksChanged(): void {
    this.#originOf = this.#remembered();
  }

  fromShared({ family, surelyGroup }: SharedSocket, bytes: Uint8Array, host: string, port: number): void {
    this.#counters.received++;
    const origin = this.#originOf(host);
    if (origin.heard++ >= MAX_PER_SECOND && this.#isFlood(origin)) return;
    const { address, isOwn, onLink, links } = origin;
    // Without knowing that it went to the group, only a source on the link can be trusted.
    if (!onLink && !surelyGroup) {
      this.#counters.offLink++;
      return;
    }
    if (links.length === 0) {
      this.#counters.foreign++;
      return;
    }
    const isNeighbour = isOwn && port === MDNS_PORT;
    if (isNeighbour) for (const { info } of links) if (this.#isEcho(info.name, family, bytes)) return;
    if (links.length > 1 && this.#twins.isTwin(`${address} ${port}`, bytes, this.#clock.now())) {
      this.#counters.twins++;
      return;
    }
    if (isNeighbour) this.#heardNeighbour();
    for (const { link } of links) {
      if (link.core.ignores(bytes)) continue;
      link.receive({ bytes, source: { family, address, port }, to: "group", onLink, fromThisHost: isOwn });
    }
  }

  fromInterface({ link, info, isOnLink }: InterfaceLink, { family, to, bytes, host, port }: Arrival): void {
    this.#counters.received++;
    const origin = this.#originOf(host);
    if (origin.heard++ >= MAX_PER_SECOND && this.#isFlood(origin)) return;
    const { address, isOwn } = origin;
    if (isOwn && port === MDNS_PORT) {
      if (to === "group" && this.#isEcho(info.name, family, bytes)) return;
      this.#heardNeighbour();
    }
    if (link.core.ignores(bytes)) return;
    const onLink = isOwn || isOnLink(address);
    link.receive({ bytes, source: { family, address, port }, to, onLink, fromThisHost: isOwn });
  }

  #remembered(): (host: string) => Origin {
    return boundedMemo(MAX_ORIGINS, (host) => this.#origin(host));
  }

  #origin(host: string): Origin {
    const [address = host, zone] = host.split("%");
    const { names, onLink } =
      zone === undefined ? arrivalLinks(this.#topology, address, this.#links) : { names: [zone], onLink: true };
    const links = names.flatMap((name) => this.#links.get(name) ?? []);
    const isOwn = this.#topology.owners.has(address);
    return { address, isOwn, onLink, links, heard: 0, since: this.#clock.now() };
  }

  /** Reading the time costs as much as all else here, so that is left until a source has said much. */
  #isFlood(origin: Origin): boolean {
    if (origin.isOwn) return false;
    const now = this.#clock.now();
    if (now - origin.since >= 1_000) {
      origin.since = now;
      origin.heard = 1;
      return false;
    }
    this.#counters.flooded++;
    return true;
  }

  #isEcho(name: string, family: Family, bytes: Uint8Array): boolean {
    if (!this.#echoes.isEcho(channel(name, family), bytes)) return false;
    this.#counters.echoes++;
    return true;
  }
}

function channel(name: string, family: Family): string {
  return `${family} ${name}`;
}
