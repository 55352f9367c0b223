import type { Datagram, Family } from "../core/datagram.ts";
import { arrivalLinks, type Topology, topologyOf } from "./arrival.ts";
import type { Clock } from "./clock.ts";
import { EchoFilter } from "./echo.ts";
import { MDNS_PORT } from "./group-address.ts";
import type { InterfaceLink } from "./interface-link.ts";
import type { Arrival } from "./interface-sockets.ts";
import type { zeroCounters } from "./link-counters.ts";
import { TwinFilter } from "./twin-filter.ts";

/** A datagram from a socket that serves all interfaces. */
export interface SharedArrival {
  readonly family: Family;
  /** The socket is bound to the group address, and hears nothing else. */
  readonly surelyGroup: boolean;
  readonly bytes: Uint8Array;
  readonly host: string;
  readonly port: number;
}

/** Decides to which links each received datagram belongs, and drops what none should see. */
export class Reception {
  readonly #clock: Clock;
  readonly #links: ReadonlyMap<string, InterfaceLink>;
  readonly #counters: ReturnType<typeof zeroCounters>;
  readonly #echoes = new EchoFilter();
  readonly #twins = new TwinFilter();
  readonly #heardNeighbour: () => void;
  topology: Topology = topologyOf([]);

  /** @param heardNeighbour - called before a datagram of another responder of this machine is handed on */
  constructor(
    clock: Clock,
    links: ReadonlyMap<string, InterfaceLink>,
    counters: ReturnType<typeof zeroCounters>,
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

  fromShared({ family, surelyGroup, bytes, host, port }: SharedArrival): void {
    this.#counters.received++;
    const { address, zone } = split(host);
    const { names, onLink } = zone === undefined ? arrivalLinks(this.topology, address, this.#links) : inZone(zone);
    // Without knowing that it went to the group, only a source on the link can be trusted.
    if (!onLink && !surelyGroup) {
      this.#counters.offLink++;
      return;
    }
    const links = this.#present(names);
    if (links.length === 0) {
      this.#counters.foreign++;
      return;
    }
    for (const { info } of links) if (this.#isEcho(info.name, family, address, port, bytes)) return;
    if (links.length > 1 && this.#twins.isTwin(`${address} ${port}`, bytes, this.#clock.now())) {
      this.#counters.twins++;
      return;
    }
    const source = { family, address, port };
    const fromThisHost = this.#isOwn(address, port);
    for (const { link } of links) link.receive({ bytes, source, to: "group", onLink, fromThisHost });
  }

  fromInterface({ link, info, isOnLink }: InterfaceLink, { family, to, bytes, host, port }: Arrival): void {
    this.#counters.received++;
    const { address } = split(host);
    if (to === "group" && this.#isEcho(info.name, family, address, port, bytes)) return;
    const fromThisHost = this.#isOwn(address, port);
    const onLink = fromThisHost || isOnLink(address);
    const datagram: Datagram = { bytes, source: { family, address, port }, to, onLink, fromThisHost };
    link.receive(datagram);
  }

  #present(names: readonly string[]): readonly InterfaceLink[] {
    const links: InterfaceLink[] = [];
    for (const name of names) {
      const link = this.#links.get(name);
      if (link !== undefined) links.push(link);
    }
    return links;
  }

  #isOwn(address: string, port: number): boolean {
    if (!this.topology.owners.has(address)) return false;
    if (port === MDNS_PORT) this.#heardNeighbour();
    return true;
  }

  #isEcho(name: string, family: Family, address: string, port: number, bytes: Uint8Array): boolean {
    if (port !== MDNS_PORT || !this.topology.owners.has(address)) return false;
    if (!this.#echoes.isEcho(channel(name, family), bytes)) return false;
    this.#counters.echoes++;
    return true;
  }
}

function channel(name: string, family: Family): string {
  return `${family} ${name}`;
}

function split(host: string): { readonly address: string; readonly zone: string | undefined } {
  const at = host.indexOf("%");
  return at < 0 ? { address: host, zone: undefined } : { address: host.slice(0, at), zone: host.slice(at + 1) };
}

function inZone(zone: string): { readonly names: readonly string[]; readonly onLink: boolean } {
  return { names: [zone], onLink: true };
}
