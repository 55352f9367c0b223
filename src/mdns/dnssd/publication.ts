import { EventEmitter } from "eventemitter3";
import type { Name } from "../wire/name.ts";
import { Announcement } from "./announcement.ts";
import { argumentError } from "./argument-error.ts";
import { fixedAddresses } from "./fixed-address.ts";
import { guarded } from "./guarded.ts";
import { hostName } from "./host-name.ts";
import type { HostHold, Hosts } from "./hosts.ts";
import { type InstanceName, instanceName } from "./instance-name.ts";
import { checkedLabel } from "./label.ts";
import { LinkClaims } from "./link-claims.ts";
import { MdnsError } from "./mdns-error.ts";
import { recalled, remember } from "./name-memory.ts";
import { nextInstanceName } from "./next-name.ts";
import {
  changedFacts,
  checkFits,
  type HostPlan,
  hostPlan,
  linkFilter,
  type PublishOptions,
  type ServiceChanges,
  serviceFacts,
} from "./publish-options.ts";
import type { HostUser } from "./published-host.ts";
import { type ServiceFacts, serviceRecords } from "./service-records.ts";
import type { Session } from "./session.ts";
import { txtAdvice } from "./txt-advice.ts";

/** What a {@link Publication} tells. Nobody has to listen, not even to `error`. */
export interface PublicationEvents {
  /** It is announced, for the first time or again after its name was in doubt. */
  announced: () => void;
  /** The name was taken and another one is announced; also after {@link Publication.update} with a name. */
  renamed: (name: string, before: string) => void;
  /** Somebody else has this name; another one is tried. */
  conflict: (name: string) => void;
  /** No free name was found in a minute (`ERR_MDNS_UNSETTLED`); the search goes on. */
  error: (error: MdnsError) => void;
}

/** Where a publication stands. */
export type PublicationState = "probing" | "announced" | "closed";

/**
 * A published service. It has one name on all interfaces: one that is taken anywhere is given up everywhere, for
 * "Name (2)" and so on.
 * @see RFC 6762 §8, §9; RFC 6763 §4
 */
export class Publication extends EventEmitter<PublicationEvents> {
  readonly #session: Session;
  readonly #requested: string;
  readonly #plan: HostPlan;
  readonly #hold: HostHold | undefined;
  readonly #claims: LinkClaims;
  readonly #announcement: Announcement;
  readonly #leave: () => void;
  #facts: ServiceFacts;
  #current: InstanceName;
  #toldName: string;
  #state: PublicationState = "probing";

  /** @internal */
  constructor(session: Session, hosts: Hosts, options: PublishOptions) {
    super();
    session.openings.check();
    this.#session = session;
    this.#facts = serviceFacts(options);
    this.#plan = hostPlan(options);
    this.#requested = checkedLabel("name", options.name ?? hosts.ownLabel);
    const accepts = linkFilter(options.interfaces);
    checkFits(instanceName(this.#requested, this.#facts.type).name, this.#facts);
    this.#hold = this.#holdHost(hosts);
    this.#leave = session.openings.add(() => this.#end("abandon"));
    const first = recalled(session, this.type, this.#requested, (name) => checkedLabel("name", name));
    this.#current = this.#take(instanceName(first, this.#facts.type));
    this.#toldName = this.#requested;
    this.#claims = new LinkClaims(session.network, {
      records: (link) => (accepts(link) ? serviceRecords(this.#facts, this.#current.name, this.#target()) : []),
      lost: () => this.#rename(),
      announced: () => this.#announcement.advanced(),
      unsettled: () => this.#unsettled(this.name),
      failed: (error) => this.#failed(error),
    });
    this.#announcement = new Announcement(
      session,
      () => (this.#hold === undefined ? [this.#claims] : [this.#claims, this.#hold.host.claims]),
      () => this.#reached(),
    );
    this.#claims.start();
    this.#advise();
  }

  /** The name that it has, or is trying to get. */
  get name(): string {
    return this.#current.instance;
  }

  /** As in `"_http._tcp"`. */
  get type(): string {
    return this.#facts.type.text;
  }

  get port(): number {
    return this.#facts.port;
  }

  /** Where the service runs, as in `"nas.local"`; this machine's name may change. */
  get host(): string {
    return this.#target().toString();
  }

  get state(): PublicationState {
    return this.#state;
  }

  /**
   * Changes what is published. Attributes, port and addresses take effect at once; changes in rapid succession
   * (more than ten a minute) are announced later, and only the last of them.
   * @returns when the change holds, with a new name when that is announced
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`, `ERR_MDNS_CLOSED`; with a name also `ERR_MDNS_NOT_ANNOUNCED`
   * @see RFC 6762 §8.4
   */
  async update(changes: ServiceChanges): Promise<void> {
    if (this.#state === "closed") throw new MdnsError("ERR_MDNS_CLOSED", `the publication of "${this.name}" is closed`);
    if (typeof changes !== "object" || changes === null) throw argumentError("changes", "an object", changes);
    const facts = changedFacts(this.#facts, changes);
    const addresses = fixedAddresses(changes.addresses);
    if (addresses !== undefined && this.#plan.kind !== "published") {
      throw argumentError("addresses", "left out: the service was published without any", changes.addresses);
    }
    const wanted = changes.name === undefined ? this.#current : instanceName(changes.name, facts.type);
    checkFits(wanted.name, facts);
    this.#facts = facts;
    if (changes.txt !== undefined) this.#advise();
    if (addresses !== undefined) this.#hold?.host.setAddresses(addresses);
    if (wanted.instance === this.name) {
      this.#claims.update();
      return;
    }
    this.#session.names.release(this.#current.name);
    this.#current = this.#take(wanted);
    this.#state = "probing";
    this.#claims.replace();
    await this.#announcement.wait(`"${this.name}"`);
  }

  /** Withdraws the service: resolves when the goodbye is on its way. Idempotent. RFC 6762 §10.1 */
  async close(): Promise<void> {
    this.#end("withdraw");
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** @internal */
  async announced(signal?: AbortSignal): Promise<this> {
    try {
      await this.#announcement.wait(`"${this.name}" (${this.type})`, signal);
      return this;
    } catch (error) {
      this.#end("withdraw");
      throw error;
    }
  }

  #holdHost(hosts: Hosts): HostHold | undefined {
    const user: HostUser = {
      hostRenamed: () => this.#claims.update(),
      hostAnnounced: () => this.#announcement.advanced(),
      hostUnsettled: () => this.#unsettled(this.host),
      hostFailed: (error) => this.#failed(error),
    };
    switch (this.#plan.kind) {
      case "own":
        return hosts.holdOwn(user);
      case "published":
        return hosts.hold(this.#plan.label, this.#plan.addresses, user);
      case "foreign":
        return undefined;
    }
  }

  #target(): Name {
    if (this.#plan.kind === "foreign") return hostName(this.#plan.label);
    if (this.#hold === undefined) throw new Error("a service on a published host needs the host first");
    return this.#hold.host.name;
  }

  #take(wanted: InstanceName): InstanceName {
    return this.#session.names.take(wanted, (taken) => this.#after(taken));
  }

  #after({ instance }: InstanceName): InstanceName {
    return instanceName(nextInstanceName(instance, this.#session.network.random), this.#facts.type);
  }

  /** RFC 6762 §9 */
  #rename(): void {
    const before = this.#current;
    this.#current = this.#take(this.#after(before));
    this.#session.names.release(before.name);
    this.#state = "probing";
    this.#claims.replace();
    guarded(() => this.emit("conflict", before.instance));
  }

  #reached(): void {
    if (this.#state === "closed") return;
    const news = this.#state !== "announced";
    this.#state = "announced";
    const before = this.#toldName;
    this.#toldName = this.name;
    if (before !== this.name) {
      remember(this.#session, this.type, this.#requested, this.name);
      guarded(() => this.emit("renamed", this.name, before));
    }
    if (news) guarded(() => this.emit("announced"));
  }

  #unsettled(name: string): void {
    this.#fail(new MdnsError("ERR_MDNS_UNSETTLED", `no free name like "${name}" was found in a minute (RFC 6762 §9)`));
  }

  #failed(cause: unknown): void {
    this.#fail(new MdnsError("ERR_MDNS_SYSTEM", `"${this.name}" could not be published: ${String(cause)}`, { cause }));
  }

  #fail(error: MdnsError): void {
    guarded(() => {
      if (!this.emit("error", error)) this.#session.tell({ kind: "error", error });
    });
  }

  #advise(): void {
    for (const message of txtAdvice(this.#facts.txt)) this.#session.tell({ kind: "advice", name: this.name, message });
  }

  #end(how: "withdraw" | "abandon"): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#leave();
    this.#announcement.cancel();
    this.#claims[how]();
    this.#hold?.release(how);
    this.#session.names.release(this.#current.name);
  }
}
