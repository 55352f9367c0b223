import type { Question } from "../wire/question.ts";
import { CLASS } from "../wire/record-class.ts";
import { KeyedRecord } from "../wire/record-key.ts";
import { TYPE } from "../wire/record-type.ts";
import { TTL } from "./timing.ts";
import { isReverseName } from "./unique-by-nature.ts";
import { isActive, type Owned, type OwnedName } from "./zone.ts";

const RESTRICTED_MAX = 255; // RFC 6762 §6.1: window block 0 only

/**
 * The NSEC that says which types our name has, if we may speak for the whole name: it was won by probing for any type,
 * or is ours from the start, and has no type that the restricted form cannot tell. RFC 6762 §6.1
 */
export function denialFor(at: OwnedName, ttl: number): Owned | undefined {
  const cached = at.denials.get(ttl);
  if (cached !== undefined) return cached;
  if (at.unshared === 0) return undefined; // no walk over the thousand instances of a type
  if ([...at.records.values()].some((owned) => owned.ownership === "unique" && !isActive(owned))) return undefined;
  const active = [...at.records.values()].filter(isActive);
  if (!active.some((owned) => ownsName(owned))) return undefined;
  const types = [...new Set(active.map((owned) => owned.record.type))].sort((a, b) => a - b);
  if (types.some((type) => type > RESTRICTED_MAX)) return undefined;
  const data = { kind: "nsec", next: at.name, types } as const;
  const record = new KeyedRecord(at.name, TYPE.NSEC, CLASS.IN, true, ttl, data, undefined);
  const owned: Owned = {
    record,
    key: record.key,
    ownership: "known-unique",
    at,
    holders: new Set(),
    winners: new Set(),
    lastMulticast: at.denialMulticast,
    lastDefence: {},
    announced: false,
    denial: true,
  };
  at.denials.set(ttl, owned);
  return owned;
}

/** The answer to a question for a type that our name lacks. RFC 6762 §6 */
export function negativeAnswer(at: OwnedName, question: Question): Owned | undefined {
  if (question.class !== CLASS.IN && question.class !== CLASS.ANY) return undefined;
  return denialFor(at, deniedTtl(question.type, at));
}

/** The lifetime that the missing record would have had. RFC 6762 §6.1 */
function deniedTtl(type: number, at: OwnedName): number {
  if (type === TYPE.A || type === TYPE.AAAA || type === TYPE.SRV || type === TYPE.HINFO) return TTL.host;
  if (type === TYPE.TXT) return TTL.other;
  return hasAddress(at) ? TTL.host : TTL.other;
}

function hasAddress(at: OwnedName): boolean {
  return [...at.records.values()].some(({ record }) => record.data.kind === "address");
}

function ownsName(owned: Owned): boolean {
  return owned.ownership === "unique" || (owned.ownership === "known-unique" && isReverseName(owned.record.name));
}
