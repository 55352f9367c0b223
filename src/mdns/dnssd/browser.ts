import { EventEmitter } from "eventemitter3";
import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import type { ChangeKind } from "./change-feed.ts";
import { Feeds } from "./feeds.ts";
import { checkedFlag } from "./flag.ts";
import { followLinks } from "./follow-links.ts";
import { guarded } from "./guarded.ts";
import { InstancesOnLink, type ListedState } from "./instances-on-link.ts";
import { LIMITS } from "./limits.ts";
import type { MdnsError } from "./mdns-error.ts";
import { isSameService, mergedService, type Service, type ServiceLink } from "./service.ts";
import { browsableType, checkDomain } from "./service-type.ts";
import type { Session } from "./session.ts";
import { Tick } from "./tick.ts";

/** How services are browsed. */
export interface BrowserOptions {
  /** Only instances of this subtype. RFC 6763 §7.1 @default all */
  readonly subtype?: string | undefined;
  /** Only `"local"`. */
  readonly domain?: string | undefined;
  /** Ask at once instead of after the random delay of 20 to 120 ms that spares a busy link. RFC 6762 §5.2 @default false */
  readonly immediate?: boolean | undefined;
  /** Ends the browser: its iterators reject with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A change in the list of services. With `down` the service is as it was last. */
export interface ServiceChange {
  /** `"up"`, `"update"` or `"down"`. */
  readonly kind: ChangeKind;
  /** Whole and resolved. */
  readonly service: Service;
}

/** What a {@link Browser} tells. */
export interface BrowserEvents {
  /** A service was found and is resolved: it has a host, a port, attributes and at least one address. */
  up: (service: Service) => void;
  /** Something of a service changed: port, host, addresses, attributes, or the links that it is seen on. */
  update: (service: Service) => void;
  /** A service is gone from all links. */
  down: (service: Service) => void;
  /** The network could not be opened; the browser is closed. */
  error: (error: MdnsError) => void;
}

/**
 * The services of one type, kept up to date until it is closed. Each service is listed once, whatever the number of
 * links on which it is seen.
 *
 * As an async iterator it starts with the services that are there. `close` ends the iteration; an aborted signal
 * makes it reject with the signal's reason, as in Node. Leaving the loop closes the browser.
 * @see RFC 6763 §4, §5
 */
export class Browser extends EventEmitter<BrowserEvents> implements AsyncIterable<ServiceChange> {
  /** The type that is browsed, as in `"_http._tcp"`; without a subtype. */
  readonly type: string;
  readonly #session: Session;
  readonly #links = new Map<Link, InstancesOnLink>();
  readonly #reported = new Map<string, Service>();
  readonly #dirty = new Set<string>();
  readonly #tick: Tick;
  readonly #feeds: Feeds<Service, ServiceChange>;
  #unfollow: () => void = () => {};
  #cancelRest: (() => void) | undefined;
  #overflows = 0;

  /** @internal */
  constructor(session: Session, type: string, options: BrowserOptions = {}) {
    super();
    checkDomain(options.domain);
    const immediate = checkedFlag("immediate", options.immediate, false);
    const { type: wanted, question } = browsableType(type, options.subtype);
    this.type = wanted.text;
    this.#session = session;
    this.#tick = new Tick(() => this.#flush());
    this.#feeds = new Feeds({
      session,
      signal: options.signal,
      shape: (kind, service) => ({ kind, service }),
      stop: () => this.#stop(),
      failed: (error) => guarded(() => this.emit("error", error)),
    });
    session.browsers.add(this);
    this.#unfollow = followLinks(session.network, (link) => this.#begin(link, question, immediate));
    if (this.closed) this.#unfollow(); // by the listener of another one, which was told meanwhile
  }

  /** The services there are now. */
  get services(): readonly Service[] {
    return [...this.#reported.values()];
  }

  /** Whether it was closed, by whatever means; it then tells nothing more. */
  get closed(): boolean {
    return this.#feeds.closed;
  }

  /** Instances that were not followed as there were too many on one link. */
  get overflows(): number {
    return this.#overflows;
  }

  /**
   * What is there, then every change; several iterators each get all of it. Changes of one service that wait for a slow
   * reader become one, to its latest state.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<ServiceChange, undefined> {
    return this.#feeds.read(this.#reported);
  }

  /** Stops looking. Idempotent; what was found stays in {@link Browser.services}. */
  close(): void {
    this.#feeds.close();
  }

  /** {@link Browser.close}, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #begin(link: Link, question: Name, immediate: boolean): () => void {
    const instances = new InstancesOnLink(link, question, {
      random: this.#session.network.random,
      immediate,
      changed: (key) => this.#touch(key),
      overflow: () => this.#overflow(link),
    });
    this.#links.set(link, instances);
    return () => {
      for (const key of instances.keys()) this.#touch(key);
      instances.stop();
      this.#links.delete(link);
    };
  }

  #touch(key: string): void {
    this.#dirty.add(key);
    this.#tick.request();
  }

  /** All that happened in one turn, as by one packet, makes one event for each service. */
  #flush(): void {
    let left: number = LIMITS.reviews;
    for (const key of this.#dirty) {
      if (this.closed) return;
      if (left-- === 0) {
        this.#flushLater();
        return;
      }
      this.#dirty.delete(key);
      this.#review(key);
    }
  }

  /** Whatever one packet changes, the program gets its turn in between. */
  #flushLater(): void {
    const { clock } = this.#session.network;
    this.#cancelRest ??= clock.at(clock.now(), () => {
      this.#cancelRest = undefined;
      this.#flush();
    });
  }

  #review(key: string): void {
    const listed: ListedState[] = [];
    for (const instances of this.#links.values()) {
      const state = instances.refresh(key);
      if (state !== undefined) listed.push(state);
    }
    const known = this.#reported.get(key);
    const service = mergedFrom(listed);
    if (service === undefined) {
      const isListed = listed.some(({ state }) => state === "unresolved");
      if (known === undefined || isListed) return;
      this.#reported.delete(key);
      this.#report("down", key, known);
      return;
    }
    if (known !== undefined && isSameService(known, service)) return;
    this.#reported.set(key, service);
    this.#report(known === undefined ? "up" : "update", key, service);
  }

  #report(kind: ChangeKind, key: string, service: Service): void {
    this.#feeds.push(key, kind, service);
    guarded(() => this.emit(kind, service));
  }

  #overflow({ name }: Link): void {
    if (this.#overflows++ > 0) return;
    this.#session.tell({ kind: "overflow", what: `services on ${name}`, limit: LIMITS.instances });
  }

  #stop(): void {
    this.#session.browsers.delete(this);
    this.#unfollow();
    this.#tick.cancel();
    this.#cancelRest?.();
  }
}

/** The first link that the instance was seen on comes first. */
function mergedFrom(listed: readonly ListedState[]): Service | undefined {
  const first = listed[0];
  if (first === undefined) return undefined;
  if (listed.length === 1)
    return typeof first.state === "string" ? undefined : mergedService(first.name, [first.state]);
  const links: ServiceLink[] = [];
  const ordered = listed.toSorted((a, b) => a.order - b.order);
  for (const { state } of ordered) if (typeof state !== "string") links.push(state);
  return mergedService(first.name, links);
}
