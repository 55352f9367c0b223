import type { Ownership, OwnRecord } from "../../../src/mdns/core/own-record.ts";
import { TTL } from "../../../src/mdns/core/timing.ts";
import { reverseName } from "../../../src/mdns/dnssd/reverse-name.ts";
import type { Link } from "../../../src/mdns/link/link.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { RecordData } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import type { SimHost } from "../sim-host.ts";
import { SimClaim } from "./sim-claim.ts";

/** What to browse for the types that there are. RFC 6763 §9 */
export const TYPE_ENUMERATION = "_services._dns-sd._udp";

const LOCAL = Name.parse("local");
const TYPE_LIST = Name.parse(`${TYPE_ENUMERATION}.local`);
const encoder = new TextEncoder();

/** The host name with its addresses, and the way back; "a" becomes "a-2". */
export function claimHostName(host: SimHost, label: string): SimClaim {
  return new SimClaim(host, {
    label,
    rename: (taken) => numbered(taken, /^(.*)-(\d+)$/, (base, number) => `${base}-${number}`),
    records: (own, link) => hostRecords(LOCAL.child(own), link),
  });
}

export interface SimServiceOptions {
  readonly instance: string;
  /** As in "_http._tcp". */
  readonly type: string;
  readonly port: number;
  /** The claim of the host name that it runs on. */
  readonly on: SimClaim;
  readonly txt?: string;
  /** Lifetime of all its records in seconds. @default what RFC 6762 §10 says */
  readonly ttl?: number;
}

/** A service instance: PTR, type PTR, SRV and TXT; "A" becomes "A (2)". */
export class SimService {
  readonly claim: SimClaim;
  readonly type: Name;
  readonly on: SimClaim;
  readonly port: number;
  readonly #ttl: number | undefined;
  #txt: string;

  constructor(options: SimServiceOptions) {
    this.type = Name.parse(`${options.type}.local`);
    this.on = options.on;
    this.port = options.port;
    this.#txt = options.txt ?? "";
    this.#ttl = options.ttl;
    this.claim = new SimClaim(options.on.host, {
      label: options.instance,
      rename: (taken) => numbered(taken, /^(.*) \((\d+)\)$/, (base, number) => `${base} (${number})`),
      records: (label) => this.#records(this.type.child(label)),
    });
    const before = options.on.onRename;
    options.on.onRename = () => {
      before();
      this.claim.update();
    };
  }

  get txt(): string {
    return this.#txt;
  }

  setTxt(txt: string): void {
    this.#txt = txt;
    this.claim.update();
  }

  #records(instance: Name): readonly OwnRecord[] {
    const target = LOCAL.child(this.on.label);
    const [host, other] = [this.#ttl ?? TTL.host, this.#ttl ?? TTL.other];
    return [
      own("shared", this.type, TYPE.PTR, other, { kind: "name", target: instance }),
      own("shared", TYPE_LIST, TYPE.PTR, other, { kind: "name", target: this.type }),
      own("unique", instance, TYPE.SRV, host, { kind: "srv", priority: 0, weight: 0, port: this.port, target }),
      own("unique", instance, TYPE.TXT, other, { kind: "txt", strings: [encoder.encode(this.#txt)] }),
    ];
  }
}

function hostRecords(name: Name, link: Link): readonly OwnRecord[] {
  return link.addresses.flatMap(({ family, address }) => [
    own("unique", name, family === "ipv4" ? TYPE.A : TYPE.AAAA, TTL.host, { kind: "address", address }),
    own("known-unique", reverseName(address), TYPE.PTR, TTL.host, { kind: "name", target: name }),
  ]);
}

function own(ownership: Ownership, name: Name, type: number, ttl: number, data: RecordData): OwnRecord {
  return { ownership, record: { name, type, class: CLASS.IN, flush: ownership !== "shared", ttl, data } };
}

function numbered(label: string, pattern: RegExp, format: (base: string, number: number) => string): string {
  const [, base = label, number = "1"] = pattern.exec(label) ?? [];
  return format(base, Number(number) + 1);
}
