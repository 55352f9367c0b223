import { parseAddress } from "../wire/address.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import { contains, type Subnet, subnet } from "./subnet.ts";

/** Where the addresses of this host and their subnets lie. */
export interface Topology {
  /** Own address → the interfaces that have it. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  /** Longest prefix first. */
  readonly subnets: readonly (Subnet & { readonly name: string })[];
}

/** Of all interfaces, used or not: a socket may hear those that only other programs joined. */
export function topologyOf(interfaces: readonly InterfaceInfo[]): Topology {
  const owners = new Map<string, readonly string[]>();
  const subnets: (Subnet & { readonly name: string })[] = [];
  for (const { name, addresses } of interfaces) {
    for (const { address, prefixLength, zone } of addresses) {
      owners.set(address, [...(owners.get(address) ?? []), name]);
      if (zone === undefined) subnets.push({ ...subnet(address, prefixLength), name });
    }
  }
  return { owners, subnets: subnets.sort((a, b) => b.prefixLength - a.prefixLength) };
}

/**
 * The interfaces by which a datagram from `source` may have come: those that have this very address, else those
 * with the longest matching subnet. Several when interfaces share a subnet, none when no subnet holds the source.
 */
export function arrivalInterfaces({ owners, subnets }: Topology, source: string): readonly string[] {
  const owning = owners.get(source);
  if (owning !== undefined) return owning;
  const bytes = parseAddress(source);
  let longest = -1;
  const names: string[] = [];
  for (const range of subnets) {
    if (range.prefixLength < longest) break;
    if (!contains(range, bytes)) continue;
    longest = range.prefixLength;
    if (!names.includes(range.name)) names.push(range.name);
  }
  return names;
}

/**
 * Of the interfaces in `used`, those whose links a datagram to the group belongs to when its socket serves them all.
 *
 * A source in no subnet of this host counts as local all the same (RFC 6762 §11) and nothing tells by which
 * interface it came: then every link gets it, as a question unanswered or a conflict unseen is worse than an answer
 * told of one link too many. A loopback interface carries nothing but own addresses, so it is left out of that.
 */
export function arrivalLinks(
  topology: Topology,
  source: string,
  used: ReadonlyMap<string, { readonly info: InterfaceInfo }>,
): { readonly names: readonly string[]; readonly onLink: boolean } {
  const names = arrivalInterfaces(topology, source);
  if (names.length > 0) return { names: names.filter((name) => used.has(name)), onLink: true };
  return { names: [...used.values()].filter(({ info }) => !info.internal).map(({ info }) => info.name), onLink: false };
}
