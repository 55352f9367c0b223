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
  for (let owned = queue.shift(); owned !== undefined; owned = queue.shift()) {
    const { data, type } = owned.record;
    if (data.kind === "name" && type === TYPE.PTR) {
      const instance = activeAt(zone.at(data.target)).filter(({ record }) => isServiceType(record.type));
      for (const found of instance) {
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
  const addresses = activeAt(host).filter(({ record }) => record.data.kind === "address");
  for (const owned of addresses) add(owned);
  const types = new Set(addresses.map(({ record }) => record.type));
  if (host !== undefined && types.size === 1) add(denialFor(host, TTL.host));
}

function activeAt(at: OwnedName | undefined): Owned[] {
  return at === undefined ? [] : [...at.records.values()].filter(isActive);
}

function isServiceType(type: number): boolean {
  return type === TYPE.SRV || type === TYPE.TXT;
}
