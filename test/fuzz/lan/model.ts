import type { ClaimNews } from "../../../src/mdns/core/output.ts";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import type { Link, Registered } from "../../../src/mdns/link/link.ts";
import type { Name } from "../../../src/mdns/wire/name.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { describeRecord } from "../../sim/describe-message.ts";
import type { SimHost } from "../../sim/sim-host.ts";
import { holdersOf } from "./universe.ts";

/** What one program has claimed and not withdrawn. */
export interface Claimed {
  readonly host: SimHost;
  records: readonly OwnRecord[];
  /** How often it was changed, or its host began anew. */
  revision: number;
  /** On the link that there is now, if there is one. */
  held: { readonly link: Link; readonly registered: Registered; news: ClaimNews | undefined } | undefined;
}

/** Which record, whatever its lifetime and flush bit. */
export function identity(record: ResourceRecord): string {
  return describeRecord({ ...record, flush: false, ttl: 0 }) + txtOf(record);
}

function txtOf({ data }: ResourceRecord): string {
  return data.kind === "txt" ? ` ${data.strings.map((string) => String.fromCharCode(...string)).join(",")}` : "";
}

/** What all programs of a LAN have claimed: the truth that askers must come to see. */
export class Model {
  readonly claims: Claimed[] = [];

  of(host: SimHost): readonly Claimed[] {
    return this.claims.filter((claimed) => claimed.host === host);
  }

  /** The records of a host, those that it may give by now or only those that it must. */
  recordsOf(host: SimHost, which: "all" | "announced"): ReadonlyMap<string, OwnRecord> {
    const claims = this.of(host).filter(({ held }) => which === "all" || held?.news === "announced");
    return new Map(claims.flatMap(({ records }) => records.map((own) => [identity(own.record), own])));
  }

  /** Whether somebody else has the name so that this program of the host cannot have it. */
  isTaken(name: Name, host: SimHost, by: Claimed | undefined): boolean {
    const holders = holdersOf(name);
    if (holders === "all") return false;
    return this.claims.some(
      (claimed) =>
        claimed !== by &&
        (claimed.host !== host || holders === "one") &&
        claimed.records.some(({ record }) => record.name.equals(name)),
    );
  }

  /** What somebody must see who asks, aliases followed. RFC 6762 §6 */
  answersTo({ name, type }: Question): ReadonlySet<string> {
    const found = new Set<string>();
    const asked = new Set<string>();
    const ask = (of: string): void => {
      if (asked.has(of)) return;
      asked.add(of);
      for (const { record } of this.claims.flatMap(({ records }) => records)) {
        if (record.name.toString() !== of) continue;
        if (record.type !== type && type !== TYPE.ANY && record.type !== TYPE.CNAME) continue;
        found.add(identity(record));
        const isFollowed = record.type === TYPE.CNAME && type !== TYPE.ANY && type !== TYPE.CNAME;
        if (isFollowed && record.data.kind === "name") ask(record.data.target.toString());
      }
    };
    ask(name.toString());
    return found;
  }
}
