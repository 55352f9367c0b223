import { boundedMemo } from "./bounded-memo.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import { broadcastAddresses, contains, type Subnet, subnet } from "./subnet.ts";

const MAX_SOURCES = 1_024;

/** Where the addresses of this host and their subnets lie. */
export interface Topology {
  /** Own address → the interfaces that have it. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  /** Addresses that no host can have. */
  readonly broadcasts: ReadonlySet<string>;
  /**
   * The interfaces by which a datagram from a source may have come: those that have this very address, else those
   * with the longest matching subnet. Several when interfaces share a subnet, none when no subnet holds the source.
   */
  readonly interfacesOf: (source: string) => readonly string[];
}

interface NamedSubnet extends Subnet {
  readonly name: string;
}

/** Of all interfaces, used or not: a socket may hear those that only other programs joined. */
export function topologyOf(interfaces: readonly InterfaceInfo[]): Topology {
  const owners = new Map<string, readonly string[]>();
  const broadcasts = broadcastAddresses(interfaces.flatMap(({ addresses }) => addresses));
  const subnets: NamedSubnet[] = [];
  for (const { name, addresses } of interfaces) {
    for (const { address, prefixLength, zone } of addresses) {
      owners.set(address, [...(owners.get(address) ?? []), name]);
      if (zone === undefined) subnets.push({ ...subnet(address, prefixLength), name });
    }
  }
  subnets.sort((a, b) => b.prefixLength - a.prefixLength);
  const interfacesOf = boundedMemo(MAX_SOURCES, (source) => owners.get(source) ?? nearest(subnets, source));
  return { owners, broadcasts, interfacesOf };
}

/** Expects the longest prefix first. */
function nearest(subnets: readonly NamedSubnet[], source: string): readonly string[] {
  const first = subnets.find((range) => contains(range, source));
  if (first === undefined) return [];
  const { family, prefixLength } = first;
  const equal = subnets.filter((range) => range.family === family && range.prefixLength === prefixLength);
  return [...new Set(equal.filter((range) => contains(range, source)).map(({ name }) => name))];
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
  const names = topology.interfacesOf(source);
  const onLink = !topology.broadcasts.has(source);
  if (names.length > 0) return { names: names.filter((name) => used.has(name)), onLink };
  return { names: [...used.values()].filter(({ info }) => !info.internal).map(({ info }) => info.name), onLink: false };
}
