import type { Family, Transmission } from "../../src/mdns/core/datagram.ts";
import { Link } from "../../src/mdns/link/link.ts";
import type { LinkAddress } from "../../src/mdns/link/link-address.ts";
import { contains, type Subnet, subnet } from "../../src/mdns/link/subnet.ts";
import { type Frame, familyOf, MDNS_PORT, type Port } from "./frame.ts";
import type { Segment } from "./segment.ts";
import type { SimHost } from "./sim-host.ts";

export interface InterfaceOptions {
  readonly name: string;
  readonly segment: Segment;
  readonly addresses: readonly LinkAddress[];
  /** @default 1500 */
  readonly mtu?: number;
  /** Port 5353 is this host's alone. @default true */
  readonly unicast?: boolean;
}

/** An interface of a simulated host: the real `Link` between a host and a segment. */
export class SimInterface implements Port {
  readonly label: string;
  readonly name: string;
  readonly host: SimHost;
  readonly segment: Segment;
  readonly mtu: number;
  readonly #unicast: boolean;
  #addresses: readonly LinkAddress[];
  #subnets: readonly Subnet[];
  readonly #onLink = new Map<string, boolean>();
  #link: Link | undefined;
  #unplug: (() => void) | undefined;

  constructor(host: SimHost, options: InterfaceOptions) {
    this.host = host;
    this.name = options.name;
    this.label = `${host.name}.${options.name}`;
    this.segment = options.segment;
    this.mtu = options.mtu ?? 1_500;
    this.#unicast = options.unicast ?? true;
    this.#addresses = options.addresses;
    this.#subnets = options.addresses.map(subnetOf);
    host.own(this, options.addresses);
  }

  get addresses(): readonly LinkAddress[] {
    return this.#addresses;
  }

  get families(): readonly Family[] {
    return (["ipv4", "ipv6"] as const).filter((family) => this.#addresses.some((own) => own.family === family));
  }

  /** There while the interface is up. */
  get link(): Link | undefined {
    return this.#link;
  }

  up(): void {
    if (this.#link !== undefined) return;
    const link: Link = new Link({
      name: this.name,
      addresses: this.#addresses,
      clock: this.host.clock,
      transmit: (transmission) => this.#transmit(transmission),
      families: this.families,
      random: this.host.random,
      host: this.host.host,
      mtu: this.mtu,
      unicast: this.#unicast,
    });
    this.#link = link;
    this.#unplug = this.segment.attach(this);
    this.host.linkUp(link);
  }

  /** Cable out or interface removed: nothing more goes out, not even goodbyes. */
  down(): void {
    const link = this.#unplugged();
    if (link === undefined) return;
    link.close({ goodbye: false });
    this.host.linkDown(link);
  }

  /** Goodbyes out, then down. */
  close(): void {
    this.#link?.close({ goodbye: true });
    this.#unplugged();
  }

  /** The process is gone from one moment to the next. */
  crash(): void {
    this.#unplugged();
  }

  setAddresses(addresses: readonly LinkAddress[]): void {
    this.#addresses = addresses;
    this.#subnets = addresses.map(subnetOf);
    this.#onLink.clear();
    this.host.own(this, addresses);
    if (this.#link !== undefined) this.host.addressesChanged(this.#link, addresses);
  }

  accepts({ source, destination }: Frame): boolean {
    if (destination === "group") return this.#addresses.some(({ family }) => family === source.family);
    return this.#addresses.some((own) => own.family === source.family && own.address === destination.address);
  }

  /**
   * The driver tells its own looped-back copy from all others, so there is none here; an IPv4 datagram from an address
   * of this host it takes for one that came by the interface with that address.
   */
  receive(frame: Frame): void {
    const owner = this.host.ownerOf(frame.source.address);
    if (this.host.asleep) return;
    if (owner === undefined || familyOf(frame) === "ipv6") this.#hear(frame, owner !== undefined);
    else owner.#hear(frame, true);
  }

  #hear(frame: Frame, fromThisHost: boolean): void {
    const { source, destination, bytes } = frame;
    if (this.#link === undefined) return;
    if (destination !== "group" && destination.port !== MDNS_PORT) return;
    this.host.heard(this, frame);
    if (this.#link.core.ignores(bytes)) return;
    this.#link.receive({
      bytes,
      source,
      to: destination === "group" ? "group" : "host",
      onLink: this.#isOnLink(source.address),
      fromThisHost,
    });
  }

  #isOnLink(address: string): boolean {
    const known = this.#onLink.get(address);
    if (known !== undefined) return known;
    const isOnLink = this.#subnets.some((range) => contains(range, address));
    this.#onLink.set(address, isOnLink);
    return isOnLink;
  }

  #unplugged(): Link | undefined {
    const link = this.#link;
    this.#link = undefined;
    this.#unplug?.();
    return link;
  }

  #transmit({ bytes, to }: Transmission): void {
    if (this.#unplug === undefined) return;
    const family = "group" in to ? to.group : to.family;
    const own = this.#addresses.find((address) => address.family === family);
    if (own === undefined) return;
    const source = { family, address: own.address, port: MDNS_PORT };
    const frame: Frame = { bytes, source, destination: "group" in to ? "group" : to };
    this.segment.transmit(frame, this);
  }
}

/** The most bytes of payload that fit the interface's MTU. RFC 6762 §17 */
export function payloadLimit(mtu: number, frame: Frame): number {
  return mtu - (familyOf(frame) === "ipv4" ? 28 : 48);
}

function subnetOf({ address, prefixLength }: LinkAddress): Subnet {
  return subnet(address, prefixLength);
}
