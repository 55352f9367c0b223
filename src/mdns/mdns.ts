import { EventEmitter } from "eventemitter3";
import type { Core } from "./core/core.ts";
import { DeferredNetwork } from "./deferred-network.ts";
import { type MdnsDiagnostic, reportDiagnostic, tracer } from "./diagnostics.ts";
import { type DnsLookup, dnsLookup } from "./dns-lookup.ts";
import { Browser, type BrowserOptions } from "./dnssd/browser.ts";
import { checkCallOptions } from "./dnssd/call-options.ts";
import type { CustomRecord } from "./dnssd/custom-record.ts";
import { guarded } from "./dnssd/guarded.ts";
import { HostSubject, type PublishHostOptions } from "./dnssd/host-subject.ts";
import { Hosts } from "./dnssd/hosts.ts";
import { type HostAddress, type LookupOptions, lookup } from "./dnssd/lookup.ts";
import { MdnsError } from "./dnssd/mdns-error.ts";
import { Openings } from "./dnssd/openings.ts";
import { OwnNames } from "./dnssd/own-names.ts";
import type { WaitOptions } from "./dnssd/pending.ts";
import { Publication } from "./dnssd/publication.ts";
import type { PublishOptions } from "./dnssd/publish-options.ts";
import { reconfirm } from "./dnssd/reconfirm.ts";
import { type QueryOptions, RecordBrowser } from "./dnssd/record-browser.ts";
import { type PublishRecordsOptions, RecordSubject } from "./dnssd/record-subject.ts";
import { resolve } from "./dnssd/resolve.ts";
import { reverse } from "./dnssd/reverse.ts";
import type { Service } from "./dnssd/service.ts";
import { ServiceSubject } from "./dnssd/service-subject.ts";
import type { Session } from "./dnssd/session.ts";
import { TypeBrowser } from "./dnssd/type-browser.ts";
import { unheeded } from "./dnssd/unheeded.ts";
import type { LinkCounters } from "./link/link-counters.ts";
import type { Network } from "./link/network.ts";
import { type NetworkOptions, openNetwork } from "./link/open-network.ts";
import { asMdnsError, checkedHostName, type MdnsOptions } from "./mdns-options.ts";

/** What an {@link Mdns} tells. Nobody has to listen, not even to `error`. */
export interface MdnsEvents {
  /** The network could not be opened, or something went wrong that no call could be told of. */
  error: (error: Error) => void;
  /** Something worth knowing. */
  diagnostic: (event: MdnsDiagnostic) => void;
}

/** How much has happened and is held. */
export interface MdnsCounters {
  /** Datagrams; undefined before the network is open, and for a network of your own. */
  readonly sockets: LinkCounters | undefined;
  /** What the protocol holds and drops on each interface. */
  readonly links: readonly ({ readonly interface: string } & Core["counters"])[];
  /** Browsers, publications and lookups that are open. */
  readonly open: number;
  /** Disputes about names, lost ties between probes included. RFC 6762 §8.2, §9 */
  readonly conflicts: number;
}

/**
 * Discovers and publishes on the links of this machine. One for the whole program is the normal case: everything
 * that it opens shares its sockets, its cache and its timers.
 *
 * Nothing is opened before it is needed. When the network cannot be opened, every call throws or rejects with what
 * {@link Mdns.ready} rejects with; after {@link Mdns.close}, with `ERR_MDNS_CLOSED`; when its signal is aborted, with the
 * signal's reason. Nobody has to heed a promise: its rejection is no unhandled one, but for `ERR_MDNS_ARGUMENT`.
 *
 * Whoever is on the link can claim anything: verify whom you talk to (RFC 6762 §21).
 */
export class Mdns extends EventEmitter<MdnsEvents> {
  /** Fits the `lookup` option of `node:net` and `node:http`: `.local` on the link, all other names by the system. */
  readonly dnsLookup: DnsLookup = dnsLookup((host, options) => this.lookup(host, options));
  readonly #network: Network | DeferredNetwork;
  readonly #session: Session;
  readonly #hosts: Hosts;
  #ready: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  /** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
  constructor(options: MdnsOptions = {}) {
    super();
    const hostLabel = checkedHostName(options);
    this.#network =
      options.network ??
      new DeferredNetwork(
        () => openNetwork(this.#networkOptions(options)),
        (cause) => this.#failed(cause),
      );
    this.#session = {
      network: this.#network,
      openings: new Openings(),
      names: new OwnNames(),
      browsers: new Set(),
      memory: options.names,
      tell: (event) => this.#tell(event),
    };
    this.#hosts = new Hosts(this.#session, hostLabel);
  }

  /**
   * Opens the network if nothing has yet, and settles when that is done. It rejects with what everything else would
   * reject with: {@link MdnsError} `ERR_MDNS_PORT_IN_USE`, `ERR_MDNS_UNKNOWN_INTERFACE`, `ERR_MDNS_SYSTEM`.
   */
  get ready(): Promise<void> {
    this.#ready ??= this.#opened();
    this.#ready.catch(() => {}); // whoever awaits it is told; nobody has to
    return this.#ready;
  }

  /**
   * Publishes a service, after making sure that nobody has its name (RFC 6762 §8).
   * @returns when it is announced on the links there are: within 5 s, or a minute while others contest its name or others
   * of this host (RFC 6762 §8.1, §9). It may have another name by then
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`; `ERR_MDNS_NOT_ANNOUNCED`, and the service is withdrawn
   */
  publish(service: PublishOptions): Promise<Publication> {
    return unheeded(() => {
      checkCallOptions("service", service);
      const publication = new Publication(
        this.#session,
        service.name,
        (news) => new ServiceSubject(this.#session, this.#hosts, service, news),
      );
      return service.wait === false ? Promise.resolve(publication) : publication.announced(service.signal);
    });
  }

  /**
   * Publishes a host name with its addresses, as {@link Mdns.publish}. A taken name gives way to `NAME-2` and so on.
   * @returns when it is announced, within 5 s, or a minute while others contest the name
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`; `ERR_MDNS_NOT_ANNOUNCED`, and the name is withdrawn
   */
  publishHost(options: PublishHostOptions = {}): Promise<Publication> {
    return unheeded(() => {
      checkCallOptions("options", options);
      const publication = new Publication(
        this.#session,
        options.host,
        (news) => new HostSubject(this.#hosts, options, news),
      );
      return publication.announced(options.signal);
    });
  }

  /**
   * Publishes records of any type, as {@link Mdns.publish}, but under exactly the names given.
   * @returns when they are announced, within 5 s, or a minute while others probe for the names and do not take them
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`; `ERR_MDNS_NOT_ANNOUNCED`, also for a name that is taken
   */
  publishRecords(records: readonly CustomRecord[], options: PublishRecordsOptions = {}): Promise<Publication> {
    return unheeded(() => {
      checkCallOptions("options", options);
      const publication = new Publication(
        this.#session,
        undefined,
        (news) => new RecordSubject(this.#session, records, options, news),
      );
      return publication.announced(options.signal);
    });
  }

  /**
   * Finds the services of a type, until it is closed.
   * @param type - `"_http._tcp"`, or with a subtype `"_printer._sub._http._tcp"`
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
   * @see RFC 6763 §4, §7.1
   */
  browse(type: string, options: BrowserOptions = {}): Browser {
    checkCallOptions("options", options);
    return new Browser(this.#session, type, options);
  }

  /**
   * Finds the types of services that there are, until it is closed.
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
   * @see RFC 6763 §9
   */
  browseTypes(options: QueryOptions = {}): TypeBrowser {
    checkCallOptions("options", options);
    return new TypeBrowser(this.#session, options);
  }

  /**
   * Finds one service by its name: as soon as it is whole on a link, or 250 ms later where all its addresses are IPv6
   * link-local ones, for another to come.
   * @param name - what people see, unescaped
   * @param type - as in `"_http._tcp"`
   * @param options - `timeout` is 5000 ms by default
   * @returns the service, whole
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`, `ERR_MDNS_TIMEOUT` saying which record is missing
   */
  resolve(name: string, type: string, options: WaitOptions = {}): Promise<Service> {
    return unheeded(() => {
      checkCallOptions("options", options);
      return resolve(this.#session, name, type, options);
    });
  }

  /**
   * Finds the addresses of a host: `"printer.local"`, or only `"printer"`.
   * @param options - `timeout` is 2000 ms by default
   * @returns IPv4 first, IPv6 link-local last; nothing when there are none in time
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
   * @see RFC 6762 §3
   */
  lookup(host: string, options: LookupOptions = {}): Promise<readonly HostAddress[]> {
    return unheeded(() => {
      checkCallOptions("options", options);
      return lookup(this.#session, host, options);
    });
  }

  /**
   * Finds the host that has an address.
   * @param options - `timeout` is 2000 ms by default
   * @returns its names, as in `"printer.local"`; nothing when there are none in time
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
   * @see RFC 6762 §4
   */
  reverse(address: string, options: WaitOptions = {}): Promise<readonly string[]> {
    return unheeded(() => {
      checkCallOptions("options", options);
      return reverse(this.#session, address, options);
    });
  }

  /**
   * Asks for records of any type, until it is closed.
   * @param name - with dots and backslashes in labels escaped; an address stands for its reverse-mapping name
   * @param type - as in `"AAAA"`, `"TYPE65280"` or a number; `"ANY"` for all
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
   * @see RFC 6762 §5.2
   */
  query(name: string, type: string | number, options: QueryOptions = {}): RecordBrowser {
    checkCallOptions("options", options);
    return new RecordBrowser(this.#session, name, type, options);
  }

  /**
   * A service did not answer: what is known of it is checked, and is gone in ten seconds if nobody confirms it.
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
   * @see RFC 6762 §10.4
   */
  reconfirm(service: Pick<Service, "name" | "type" | "host">): void {
    reconfirm(this.#session, service);
  }

  /** What all open browsers know now. */
  get services(): readonly Service[] {
    const services = [...this.#session.browsers].flatMap((browser) => browser.services);
    return [...new Map(services.map((service) => [service.fullName, service])).values()];
  }

  /** A snapshot; nothing is reset by reading it. */
  get counters(): MdnsCounters {
    return {
      sockets: this.#network instanceof DeferredNetwork ? this.#network.opened?.counters : undefined,
      links: [...this.#network.links].map(({ name, core }) => ({ interface: name, ...core.counters })),
      open: this.#session.openings.size,
      conflicts: this.#network.host.conflicts.total,
    };
  }

  /** The open network keeps the process running; so it does from the start. */
  ref(): this {
    return this.#setKeepAlive(true);
  }

  /** The open network does not keep the process running. */
  unref(): this {
    return this.#setKeepAlive(false);
  }

  /**
   * Says goodbye for all that is published and closes everything: browsers end, lookups reject with `ERR_MDNS_CLOSED`.
   * Idempotent. RFC 6762 §10.1
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** {@link Mdns.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#ready = undefined; // who asks now is told what every other call is
    this.#session.openings.end(new MdnsError("ERR_MDNS_CLOSED", "this Mdns is closed"));
    await this.#network.close();
  }

  async #opened(): Promise<void> {
    this.#session.openings.check();
    if (!(this.#network instanceof DeferredNetwork)) return;
    try {
      await this.#network.open();
    } catch (error) {
      throw asMdnsError(error);
    }
  }

  #failed(cause: unknown): void {
    const error = asMdnsError(cause);
    this.#session.openings.end(error);
    this.#tell({ kind: "error", error });
  }

  #networkOptions({ interfaces, exclude, families, trace }: MdnsOptions): NetworkOptions {
    return {
      ...(interfaces !== undefined && { interfaces }),
      ...(exclude !== undefined && { exclude }),
      ...(families !== undefined && { families }),
      trace: tracer(trace),
      onDiagnostic: (event) => this.#tell(event),
    };
  }

  #setKeepAlive(keepAlive: boolean): this {
    if (this.#network instanceof DeferredNetwork) this.#network.setKeepAlive(keepAlive);
    return this;
  }

  #tell(event: MdnsDiagnostic): void {
    reportDiagnostic(event);
    guarded(() => this.emit("diagnostic", event));
    if (event.kind !== "error") return;
    const error = event.error instanceof Error ? event.error : new Error(String(event.error));
    guarded(() => this.emit("error", error));
  }
}
