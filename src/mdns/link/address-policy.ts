import type { LinkAddress } from "./link.ts";
import { isLinkLocal } from "./subnet.ts";

/**
 * The addresses of an interface to publish for this host's name: all of them. But where another responder of the
 * machine publishes the same name, the two must agree on its records, and those leave a link-local address out
 * when the interface has a routable one of its family.
 */
export function publishedAddresses(
  addresses: readonly LinkAddress[],
  { shared }: { readonly shared: boolean },
): readonly LinkAddress[] {
  if (!shared) return addresses;
  const routable = new Set(addresses.filter(({ address }) => !isLinkLocal(address)).map(({ family }) => family));
  return addresses.filter(({ family, address }) => !isLinkLocal(address) || !routable.has(family));
}
