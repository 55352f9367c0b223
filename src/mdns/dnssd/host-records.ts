import type { OwnRecord } from "../core/own-record.ts";
import { TTL } from "../core/timing.ts";
import type { Name } from "../wire/name.ts";
import { CLASS } from "../wire/record-class.ts";
import { TYPE } from "../wire/record-type.ts";
import { reverseName } from "./reverse-name.ts";

/** An A or AAAA record of a host. RFC 6762 §10 */
export function addressRecord(name: Name, address: string): OwnRecord {
  const type = address.includes(":") ? TYPE.AAAA : TYPE.A;
  const data = { kind: "address", address } as const;
  return { ownership: "unique", record: { name, type, class: CLASS.IN, flush: true, ttl: TTL.host, data } };
}

/** The name of the host that has an address: unique by nature. RFC 6762 §4, §8.1 */
export function reverseRecord(name: Name, address: string): OwnRecord {
  const data = { kind: "name", target: name } as const;
  const record = { name: reverseName(address), type: TYPE.PTR, class: CLASS.IN, flush: true, ttl: TTL.host, data };
  return { ownership: "known-unique", record };
}
