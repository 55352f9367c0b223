import { TYPE } from "../wire/record-type.ts";
import { denialFor } from "./negative.ts";
import { TTL } from "./timing.ts";
import { isActive, type Owned, type OwnedName, type Zone } from "./zone.ts";

/**
 * Records that a querier will want next: SRV and TXT behind a PTR, addresses behind an SRV, the other family's
 * addresses behind an address, and NSEC where a host has one family only. RFC 6762 §6.2, RFC 6763 §12
 */
export function additionalsFor(zone: Zone, answers: readonly Owned[]): Owned[] {
  const given = new Set(answers.map(({ key }) => key));
  const additionals: Owned[] = [];
  const add = (owned: Owned | undefined): void => {
    if (owned === undefined || given.has(owned.key)) return;
    given.add(owned.key);
    additionals.push(owned);
  };
  const queue = [...answers];
  for (const owned of queue) {
    const { data, type } = owned.record;
    if (data.kind === "name" && type === TYPE.PTR) {
      for (const found of activeAt(zone.at(data.target))) {
        if (found.record.type !== TYPE.SRV && found.record.type !== TYPE.TXT) continue;
        add(found);
        if (found.record.type === TYPE.SRV) queue.push(found);
      }
    } else if (data.kind === "srv") {
      addAddresses(zone.at(data.target), add);
    } else if (data.kind === "address") {
      addAddresses(owned.at, add);
    }
  }
  return additionals;
}

function addAddresses(host: OwnedName | undefined, add: (owned: Owned | undefined) => void): void {
  const types = new Set<number>();
  for (const owned of activeAt(host)) {
    if (owned.record.data.kind !== "address") continue;
    types.add(owned.record.type);
    add(owned);
  }
  if (host !== undefined && types.size === 1) add(denialFor(host, TTL.host));
}

function* activeAt(at: OwnedName | undefined): Iterable<Owned> {
  for (const owned of at?.records.values() ?? []) if (isActive(owned)) yield owned;
}
