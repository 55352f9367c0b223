import { type ResourceRecord, TYPE } from "../../../mdns/wire/index.ts";

const HOST_TTL = 120; // seconds
const OTHER_TTL = 4_500;

/** The types whose records name one host or one service instance in multicast DNS. */
const UNIQUE: ReadonlySet<number> = new Set([TYPE.A, TYPE.AAAA, TYPE.SRV, TYPE.TXT, TYPE.NSEC, TYPE.HINFO]);
const WITH_HOST_NAME: ReadonlySet<number> = new Set([TYPE.A, TYPE.AAAA, TYPE.SRV, TYPE.HINFO]);

/** Whether only one host has such a record. RFC 6762 §2 */
export function isUnique(record: ResourceRecord): boolean {
  return UNIQUE.has(record.type) || isReverse(record);
}

/** Whether several hosts may have such records, as when they offer the same type of service. RFC 6762 §2 */
export function isShared(record: ResourceRecord): boolean {
  return record.type === TYPE.PTR && !isReverse(record);
}

/** The lifetimes recommended for such a record, in seconds. RFC 6762 §10, §6.1 */
export function recommendedTtls(record: ResourceRecord): readonly number[] {
  if (record.type === TYPE.NSEC) return [HOST_TTL, OTHER_TTL];
  return [WITH_HOST_NAME.has(record.type) || isReverse(record) ? HOST_TTL : OTHER_TTL];
}

/** A reverse mapping belongs to the holder of the address. RFC 6762 §4 */
function isReverse({ type, name }: ResourceRecord): boolean {
  return type === TYPE.PTR && /\.(?:in-addr|ip6)\.arpa$/i.test(name.toString());
}
