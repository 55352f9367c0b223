import { HostState } from "./core/host-state.ts";
import type { Link } from "./link/link.ts";
import type { Network, NetworkListener } from "./link/network.ts";
import { SystemClock } from "./link/system-clock.ts";
import type { SystemNetwork } from "./link/system-network.ts";

const NO_LINKS: ReadonlySet<Link> = new Set();

/** This machine's network, opened when it is first needed: until then it has no links. */
export class DeferredNetwork implements Network {
  readonly clock: SystemClock = new SystemClock();
  readonly random: () => number = Math.random;
  readonly #open: () => Promise<SystemNetwork>;
  readonly #failed: (error: unknown) => void;
  readonly #listeners = new Map<NetworkListener, (() => void) | undefined>();
  readonly #noHost = new HostState();
  #opening: Promise<SystemNetwork> | undefined;
  #network: SystemNetwork | undefined;
  #keepAlive = true;
  #closed = false;

  /** @param failed - told when the network cannot be opened */
  constructor(open: () => Promise<SystemNetwork>, failed: (error: unknown) => void) {
    this.#open = open;
    this.#failed = failed;
  }

  get host(): HostState {
    return this.#network?.host ?? this.#noHost;
  }

  get links(): ReadonlySet<Link> {
    return this.#network?.links ?? NO_LINKS;
  }

  /** undefined until it is open. */
  get opened(): SystemNetwork | undefined {
    return this.#network;
  }

  /** Opens the network, unless that has begun already. A rejection that nobody handles is none. */
  open(): Promise<SystemNetwork> {
    if (this.#opening === undefined) {
      this.#opening = this.#begin();
      this.#opening.catch(this.#failed);
    }
    return this.#opening;
  }

  watch(listener: NetworkListener): () => void {
    this.#listeners.set(listener, this.#network?.watch(listener));
    void this.open();
    return () => {
      this.#listeners.get(listener)?.();
      this.#listeners.delete(listener);
    };
  }

  setKeepAlive(keepAlive: boolean): void {
    this.#keepAlive = keepAlive;
    this.clock.setKeepAlive(keepAlive);
    this.#network?.setKeepAlive(keepAlive);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const opened = await this.#opening?.catch(() => undefined);
    await opened?.close();
    this.clock.setKeepAlive(false);
  }

  async #begin(): Promise<SystemNetwork> {
    const network = await this.#open();
    network.setKeepAlive(this.#keepAlive);
    this.#network = network;
    if (this.#closed) return network;
    for (const listener of [...this.#listeners.keys()]) this.#listeners.set(listener, network.watch(listener));
    return network;
  }
}
