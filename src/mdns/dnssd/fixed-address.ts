import type { Link } from "../link/link.ts";
import { isLinkLocal } from "../link/subnet.ts";
import { formatIpv4, formatIpv6 } from "../wire/address.ts";
import { addressBytes } from "./address-bytes.ts";
import { argumentError } from "./argument-error.ts";
import { checkedAddress } from "./reverse-name.ts";

/** An address to publish for a host, whatever the interfaces have. */
export interface FixedAddress {
  readonly address: string;
  /** The only interface to publish it on. */
  readonly zone: string | undefined;
}

/**
 * @returns undefined when none are given: those of each interface are meant
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function fixedAddresses(value: unknown): readonly FixedAddress[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length === 0) throw argumentError("addresses", "a list of addresses", value);
  const addresses = new Map<string, FixedAddress>();
  for (const item of value) {
    const { address, zone } = checkedAddress("addresses", item);
    const bytes = addressBytes(address);
    if (isOfNoHost(bytes)) throw argumentError("addresses", "addresses of one host each", item);
    const canonical = bytes.length === 4 ? formatIpv4(bytes, 0) : formatIpv6(bytes, 0);
    addresses.set(`${canonical}%${zone}`, { address: canonical, zone });
  }
  return [...addresses.values()];
}

/** Unspecified, multicast, and the reserved range of IPv4 that ends with broadcast. RFC 6890 §2.2 */
function isOfNoHost(bytes: Uint8Array): boolean {
  const [first = 0] = bytes;
  return bytes.every((byte) => byte === 0) || (bytes.length === 4 ? first >= 224 : first === 0xff);
}

export function addressesOn(link: Link, fixed: readonly FixedAddress[] | undefined): readonly string[] {
  if (fixed === undefined) return link.publishable.map(({ address }) => address);
  return fixed.filter(({ zone }) => zone === undefined || zone === link.name).map(({ address }) => address);
}

/** The address as a program uses it: an IPv6 link-local one means something only on its link. RFC 4007 §11 */
export function zoned(address: string, link: Link): string {
  return address.includes(":") && isLinkLocal(address) ? `${address}%${link.name}` : address;
}
