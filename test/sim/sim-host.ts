import { HostState } from "../../src/mdns/core/host-state.ts";
import type { Link } from "../../src/mdns/link/link.ts";
import type { LinkAddress } from "../../src/mdns/link/link-address.ts";
import type { Network, NetworkListener } from "../../src/mdns/link/network.ts";
import type { Frame } from "./frame.ts";
import { HostClock } from "./host-clock.ts";
import type { Random } from "./random.ts";
import type { SimClock } from "./sim-clock.ts";
import { type InterfaceOptions, SimInterface } from "./sim-interface.ts";

export interface HostOptions {
  readonly name: string;
  readonly clock: SimClock;
  readonly random: Random;
  /** Sees what arrives at this host's interfaces. */
  readonly heard?: (at: SimInterface, frame: Frame) => void;
  /** Learns how many names this host's program begins to claim, each link counted. */
  readonly begun?: (host: SimHost, names: number) => void;
}

/** A host on the virtual LAN: a `Network` whose links end at segments, and what can befall a host. */
export class SimHost implements Network {
  readonly name: string;
  readonly clock: HostClock;
  readonly random: Random;
  readonly host: HostState = new HostState();
  readonly links: Set<Link> = new Set();
  readonly heard: (at: SimInterface, frame: Frame) => void;
  readonly #begun: (host: SimHost, names: number) => void;
  readonly #interfaces = new Map<string, SimInterface>();
  readonly #owners = new Map<string, SimInterface>();
  readonly #listeners = new Set<NetworkListener>();
  #gone = false;
  #names = 0;

  constructor(options: HostOptions) {
    this.name = options.name;
    this.clock = new HostClock(options.clock);
    this.random = options.random;
    this.heard = options.heard ?? (() => {});
    this.#begun = options.begun ?? (() => {});
  }

  get interfaces(): readonly SimInterface[] {
    return [...this.#interfaces.values()];
  }

  get asleep(): boolean {
    return this.clock.asleep;
  }

  /** Closed or crashed. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Adds an interface and brings it up. */
  addInterface(options: InterfaceOptions): SimInterface {
    const added = new SimInterface(this, options);
    this.#interfaces.set(options.name, added);
    added.up();
    return added;
  }

  /** @throws RangeError when there is none of this name */
  interface(name: string): SimInterface {
    const found = this.#interfaces.get(name);
    if (found === undefined) throw new RangeError(`${this.name} has no interface ${name}`);
    return found;
  }

  /** The interface that has this address. */
  ownerOf(address: string): SimInterface | undefined {
    return this.#owners.get(address);
  }

  /** An interface has these addresses now. */
  own(owner: SimInterface, addresses: readonly LinkAddress[]): void {
    for (const [address, former] of this.#owners) if (former === owner) this.#owners.delete(address);
    for (const { address } of addresses) this.#owners.set(address, owner);
  }

  /** The program of this host claims so many names more (or fewer) on every link. */
  claimNames(count: number): void {
    this.#names += count;
    if (count > 0) this.#begun(this, count * this.links.size);
  }

  watch(listener: NetworkListener): () => void {
    this.#listeners.add(listener);
    for (const link of this.links) listener.linkUp(link);
    return () => void this.#listeners.delete(listener);
  }

  linkUp(link: Link): void {
    this.links.add(link);
    this.#begun(this, this.#names);
    for (const listener of [...this.#listeners]) listener.linkUp(link);
  }

  linkDown(link: Link): void {
    this.links.delete(link);
    for (const listener of [...this.#listeners]) listener.linkDown(link);
  }

  addressesChanged(link: Link, addresses: readonly LinkAddress[]): void {
    link.setAddresses(addresses);
    for (const listener of [...this.#listeners]) listener.addressesChanged(link);
    this.#restart(link);
  }

  sleep(): void {
    this.clock.sleep();
  }

  /** The driver notices that time was lost and starts every link again. RFC 6762 §8 */
  wake(options: { readonly sleepCounts: boolean }): void {
    if (!this.asleep) return;
    this.clock.wake(options);
    for (const link of this.links) this.#restart(link);
  }

  /** Somebody set the wall clock forward, which the driver takes for a sleep. */
  jumpWallClock(): void {
    if (!this.asleep) for (const link of this.links) this.#restart(link);
  }

  /** Gone without a goodbye. */
  crash(): void {
    this.#gone = true;
    for (const one of this.interfaces) one.crash();
    this.clock.stop();
    this.links.clear();
  }

  /** Goodbyes out, then gone. */
  async close(): Promise<void> {
    this.shutDown();
  }

  /** What {@link SimHost.close} does, at once. */
  shutDown(): void {
    if (this.#gone) return;
    this.#gone = true;
    for (const one of this.interfaces) one.close();
    this.links.clear();
  }

  #restart(link: Link): void {
    this.#begun(this, this.#names);
    link.restart();
  }
}
