import type { Family } from "../core/datagram.ts";

/** Both IP versions, in the order in which they are used. */
export const FAMILIES: readonly Family[] = ["ipv4", "ipv6"];

/** Whether a value names one IP version or both. */
export function areFamilies(value: unknown): value is readonly Family[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => FAMILIES.includes(item));
}
