import type { OwnRecord } from "../core/own-record.ts";
import { TTL } from "../core/timing.ts";
import type { Name } from "../wire/name.ts";
import type { RecordData } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { TYPE } from "../wire/record-type.ts";
import { ALL_TYPES, type ServiceType } from "./service-type.ts";

/** What a service is, apart from its name and its host. */
export interface ServiceFacts {
  readonly type: ServiceType;
  /** Names that list the instances of its subtypes. */
  readonly subtypes: readonly Name[];
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
  readonly txt: readonly Uint8Array[];
  /** Only holds the name: not listed anywhere. RFC 6763 §8 */
  readonly placeholder: boolean;
  readonly probe: boolean;
}

/** The records of one service instance. RFC 6763 §4, §5, §6, §7.1, §8, §9 */
export function serviceRecords(facts: ServiceFacts, instance: Name, target: Name): readonly OwnRecord[] {
  const { type, subtypes, port, priority, weight, txt, placeholder, probe } = facts;
  const ownership = probe ? "unique" : "known-unique";
  const own = (recordType: number, ttl: number, data: RecordData): OwnRecord => ({
    ownership,
    record: { name: instance, type: recordType, class: CLASS.IN, flush: true, ttl, data },
  });
  const srv = own(TYPE.SRV, TTL.host, { kind: "srv", priority, weight, port, target });
  if (placeholder) return [srv];
  return [
    srv,
    own(TYPE.TXT, TTL.other, { kind: "txt", strings: txt }),
    pointer(type.name, instance),
    ...subtypes.map((subtype) => pointer(subtype, instance)),
    pointer(ALL_TYPES, type.name),
  ];
}

function pointer(name: Name, target: Name): OwnRecord {
  const data = { kind: "name", target } as const;
  return { ownership: "shared", record: { name, type: TYPE.PTR, class: CLASS.IN, flush: false, ttl: TTL.other, data } };
}
