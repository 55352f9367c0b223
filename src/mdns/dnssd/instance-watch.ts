import type { Link } from "../link/link.ts";
import { fromByteString } from "../wire/byte-string.ts";
import type { Name } from "../wire/name.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { rdataBytes, sameRecord } from "../wire/record-key.ts";
import { TYPE } from "../wire/record-type.ts";
import { TxtData } from "../wire/txt-data.ts";
import { HeardRecords } from "./heard-records.ts";
import type { HostWatch } from "./host-watch.ts";
import type { HostsOnLink } from "./hosts-on-link.ts";
import { PATIENCE } from "./limits.ts";
import type { ServiceLink } from "./service.ts";
import { keepSrv, srvOf } from "./srv-choice.ts";
import { Txt } from "./txt.ts";
import { watchRecords } from "./watch-records.ts";

/** What is known of a service on a link: everything, not enough yet, or that it is not to be had (RFC 2782). */
export type InstanceState = ServiceLink | "unresolved" | "unavailable";

interface Attributes {
  readonly record: ResourceRecord | undefined;
  readonly txt: Txt;
  readonly raw: Uint8Array;
}

/** RFC 6763 §6.1: no record, no data and one zero byte are the same. */
const NO_ATTRIBUTES: Attributes = { record: undefined, txt: new Txt(), raw: Uint8Array.of(0) };

/** Where an instance is, and what it shares with the others there. */
export interface InstanceSurroundings {
  readonly link: Link;
  readonly hosts: HostsOnLink;
  readonly random: () => number;
}

/** Resolves one service instance on one link, and keeps to it. RFC 6763 §5, §6 */
export class InstanceWatch {
  readonly link: Link;
  readonly #hosts: HostsOnLink;
  readonly #random: () => number;
  readonly #changed: () => void;
  readonly #srv = new HeardRecords(TYPE.SRV);
  readonly #txt = new HeardRecords(TYPE.TXT);
  readonly #stop: () => void;
  #chosen: ResourceRecord | undefined;
  #host: HostWatch | undefined;
  #attributes: Attributes | undefined;
  #last: ServiceLink | undefined;
  #waited = false;
  #cancelWait: (() => void) | undefined;

  /** @param changed - {@link InstanceWatch.refresh} may have something new; called perhaps before this returns */
  constructor(name: Name, { link, hosts, random }: InstanceSurroundings, changed: () => void) {
    this.link = link;
    this.#hosts = hosts;
    this.#random = random;
    this.#changed = changed;
    this.#stop = watchRecords(link, name, [this.#srv, this.#txt], changed);
  }

  /** What is missing, for whoever has waited too long. */
  get missing(): string {
    if (this.#chosen === undefined) return "no SRV record came";
    if (this.#host === undefined) return "its SRV record says that it is not available";
    return this.#host.addresses.length === 0 ? `no address of ${this.#host.name} came` : "no TXT record came";
  }

  /** Whether the SRV record was there and went. */
  get vanished(): boolean {
    return this.#last !== undefined && this.#chosen === undefined;
  }

  /** The state now. A service that was whole stays so while one of its records is being asked for again. */
  refresh(): InstanceState {
    this.#choose();
    const srv = this.#chosen && srvOf(this.#chosen);
    if (this.#chosen === undefined || srv === undefined) return this.#last ?? "unresolved";
    this.#follow(srv.target);
    if (this.#host === undefined) {
      this.#last = undefined;
      return "unavailable";
    }
    const { addresses } = this.#host;
    const host = this.#host.name.toString();
    this.#attributes = this.#currentAttributes();
    if (this.#attributes === undefined) return this.#wait();
    if (addresses.length === 0) {
      if (this.#last === undefined) return "unresolved";
      if (this.#last.host !== host && !this.#waited) return this.#wait();
      if (this.#last.host === host && this.#last.addresses.length > 0) this.link.reconfirm(this.#chosen); // RFC 6762 §10.4
    }
    const { port, priority, weight } = srv;
    const { txt, raw: txtRaw } = this.#attributes;
    const times = { ttl: this.#chosen.ttl, received: this.#received() };
    this.#last = { interface: this.link.name, host, port, priority, weight, addresses, txt, txtRaw, ...times };
    return this.#last;
  }

  stop(): void {
    this.#cancelWait?.();
    this.#stop();
    if (this.#host !== undefined) this.#hosts.close(this.#host, this.#changed);
  }

  #choose(): void {
    const before = this.#chosen;
    const heard = this.#srv.all;
    const latest = heard[0]?.record;
    if (heard.length <= 1 && latest === before) return;
    if (heard.length <= 1) this.#chosen = latest;
    else {
      const records = heard.map(({ record }) => record);
      this.#chosen = keepSrv(records, before, this.#random);
    }
    if (before !== undefined && this.#chosen !== undefined && sameRecord(before, this.#chosen)) return;
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    this.#waited = false;
  }

  #wait(): InstanceState {
    if (!this.#waited)
      this.#cancelWait ??= this.link.clock.at(this.link.clock.now() + PATIENCE.companions, () => {
        this.#waited = true;
        this.#changed();
      });
    return this.#last ?? "unresolved";
  }

  /** The new target is asked for before the old one is left, as they may be the same host. */
  #follow(target: Name): void {
    const old = this.#host;
    if (old?.name.equals(target)) return;
    const host = target.isRoot ? undefined : this.#hosts.open(target, this.#changed);
    this.#host = host;
    if (old !== undefined) this.#hosts.close(old, this.#changed);
  }

  #currentAttributes(): Attributes | undefined {
    const record = this.#txt.all[0]?.record;
    if (record === undefined) {
      if (this.#txt.absent) return NO_ATTRIBUTES;
      return this.#attributes ?? (this.#waited ? NO_ATTRIBUTES : undefined);
    }
    if (record === this.#attributes?.record) return this.#attributes;
    return attributesOf(record);
  }

  #received(): number {
    return this.#srv.all.find(({ record }) => record === this.#chosen)?.received ?? this.link.clock.now();
  }
}

function attributesOf(record: ResourceRecord): Attributes {
  const { data } = record;
  const raw = data instanceof TxtData ? fromByteString(data.rdata) : rdataBytes(record);
  return { record, txt: data.kind === "txt" ? Txt.of(data) : NO_ATTRIBUTES.txt, raw };
}
