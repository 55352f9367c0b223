import type { LinkAddress } from "./link-address.ts";
import { isLinkLocal } from "./subnet.ts";

/**
 * The addresses of an interface to publish while another responder of the machine publishes the same host name: a
 * link-local one only where the interface has no routable one of its family. The two must have the same records, or
 * they take each other for rivals, and the common ones make this choice. Alone, all addresses belong in (RFC 6762 §6.2).
 */
export function sharedAddresses(addresses: readonly LinkAddress[]): readonly LinkAddress[] {
  const routable = new Set(addresses.filter(({ address }) => !isLinkLocal(address)).map(({ family }) => family));
  return addresses.filter(({ family, address }) => !isLinkLocal(address) || !routable.has(family));
}
