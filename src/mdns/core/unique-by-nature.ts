import { Name } from "../wire/name.ts";
import { TYPE } from "../wire/record-type.ts";

const ARPA = Name.parse("arpa");

/** Whether one answer with the flush bit is the whole answer; browsing is never finished, whatever a peer's bits say. */
export function isUniqueByNature(name: Name, type: number): boolean {
  if (type === TYPE.ANY) return false;
  return type !== TYPE.PTR || isReverseName(name);
}

/** A reverse-mapping name, which belongs to the holder of the address. RFC 6762 §4 */
export function isReverseName(name: Name): boolean {
  return name.endsWith(ARPA);
}
