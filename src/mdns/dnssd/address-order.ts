import { isLinkLocal } from "../link/subnet.ts";

/** IPv4 first, then IPv6; in each family link-local ones last. */
export function inAddressOrder<Item>(items: readonly Item[], addressOf: (item: Item) => string): Item[] {
  const ranked = items.map((item) => {
    const address = addressOf(item);
    return { item, address, rank: rank(address) };
  });
  ranked.sort((a, b) => a.rank - b.rank || (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  return ranked.map(({ item }) => item);
}

function rank(address: string): number {
  return (address.includes(":") ? 2 : 0) + (isLinkLocal(address) ? 1 : 0);
}
