import { isLinkLocal } from "../link/subnet.ts";

/** IPv4 first, then IPv6; in each family link-local ones last. */
export function compareAddresses(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(address: string): number {
  return (address.includes(":") ? 2 : 0) + (isLinkLocal(address) ? 1 : 0);
}
