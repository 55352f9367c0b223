import type { Name } from "../wire/name.ts";
import { argumentError } from "./argument-error.ts";
import { checkedService } from "./checked-service.ts";
import { fixedAddresses } from "./fixed-address.ts";
import { hostName } from "./host-name.ts";
import type { HostHold, Hosts } from "./hosts.ts";
import { type InstanceName, instanceName } from "./instance-name.ts";
import { LinkClaims } from "./link-claims.ts";
import { nextInstanceName } from "./next-name.ts";
import { changedFacts, checkFits, type HostPlan, type PublishOptions } from "./publish-options.ts";
import type { HostUser } from "./published-host.ts";
import { recalled, remember } from "./remembered-name.ts";
import { type ServiceFacts, serviceRecords } from "./service-records.ts";
import type { Session } from "./session.ts";
import type { PublicationChanges, Subject, SubjectNews } from "./subject.ts";
import { txtAdvice } from "./txt-advice.ts";

/** A service instance to publish: its records, its name, and the host that it runs on. */
export class ServiceSubject implements Subject {
  readonly #session: Session;
  readonly #news: SubjectNews;
  readonly #requested: string;
  readonly #plan: HostPlan;
  readonly #hold: HostHold | undefined;
  readonly #claims: LinkClaims;
  #facts: ServiceFacts;
  #current: InstanceName;

  /** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
  constructor(session: Session, hosts: Hosts, options: PublishOptions, news: SubjectNews) {
    this.#session = session;
    this.#news = news;
    const { facts, plan, wanted, accepts } = checkedService(options, hosts.ownLabel);
    const { type } = facts;
    this.#facts = facts;
    this.#plan = plan;
    this.#requested = wanted.instance;
    this.#hold = this.#holdHost(hosts);
    const first = recalled(session, type.text, wanted.instance, (name) => instanceName(name, type));
    this.#current = this.#take(first ?? wanted);
    this.#claims = new LinkClaims(session.network, {
      records: (link) => (accepts(link) ? serviceRecords(this.#facts, this.#current.name, this.#target()) : []),
      lost: () => this.#rename(),
      announced: () => news.advanced(),
      unsettled: () => news.unsettled(this.name),
      failed: (error) => news.failed(error),
    });
  }

  get name(): string {
    return this.#current.instance;
  }

  get type(): string {
    return this.#facts.type.text;
  }

  get port(): number {
    return this.#facts.port;
  }

  get host(): string {
    return this.#target().toString();
  }

  get claims(): readonly LinkClaims[] {
    return this.#hold === undefined ? [this.#claims] : [this.#claims, this.#hold.host.claims];
  }

  start(): void {
    this.#claims.start();
    this.#advise();
  }

  update(changes: PublicationChanges): void {
    if (changes.records !== undefined) throw argumentError("records", "left out for a service", changes.records);
    const facts = changedFacts(this.#facts, changes);
    const addresses = fixedAddresses(changes.addresses);
    if (addresses !== undefined && this.#plan.kind !== "published") {
      throw argumentError("addresses", "left out, as the service was published without any", changes.addresses);
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
    this.#claims.replace();
  }

  settled(): void {
    if (this.name !== this.#requested) remember(this.#session, this.type, this.#requested, this.name);
  }

  end(how: "withdraw" | "abandon"): void {
    this.#claims[how]();
    this.#hold?.release(how);
    this.#session.names.release(this.#current.name);
  }

  #holdHost(hosts: Hosts): HostHold | undefined {
    const user: HostUser = {
      hostRenamed: () => this.#claims.update(), // the SRV record follows
      hostAnnounced: () => this.#news.advanced(),
      hostUnsettled: () => this.#news.unsettled(this.host),
      hostFailed: (error) => this.#news.failed(error),
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

  #rename(): void {
    const before = this.#current;
    this.#current = this.#take(this.#after(before));
    this.#session.names.release(before.name);
    this.#claims.replace();
    this.#news.conflict(before.instance);
  }

  #advise(): void {
    for (const message of txtAdvice(this.#facts.txt)) this.#session.tell({ kind: "advice", name: this.name, message });
  }
}
