import type { LinkAddress } from "./link.ts";
import { isLinkLocal } from "./subnet.ts";

/**
 * The addresses of an interface to publish for this host's name: all of them, but a link-local one only where the
 * interface has no routable one of its family. Every responder of the machine that publishes the name must have the
 * same records for it, or they take each other for rivals, and the common ones make this choice.
 */
export function publishedAddresses(addresses: readonly LinkAddress[]): readonly LinkAddress[] {
  const routable = new Set(addresses.filter(({ address }) => !isLinkLocal(address)).map(({ family }) => family));
  return addresses.filter(({ family, address }) => !isLinkLocal(address) || !routable.has(family));
}
