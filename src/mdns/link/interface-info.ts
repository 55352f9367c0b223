import { type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import type { LinkAddress } from "./link-address.ts";
import { carriesMulticast } from "./linux-interface.ts";
import { isLinkLocal } from "./subnet.ts";

/** A network interface that is up and has at least one address. */
export interface InterfaceInfo {
  /** As in `"eth0"`. */
  readonly name: string;
  /** A loopback interface. */
  readonly internal: boolean;
  /** Reaches several other hosts by multicast: no loopback interface, no tunnel. */
  readonly multicast: boolean;
  /** Hardware address; zeros where there is none. */
  readonly mac: string;
  /** The system's number for it, where an IPv6 address tells it. */
  readonly index: number | undefined;
  /** IPv4 first. */
  readonly addresses: readonly LinkAddress[];
}

type SystemList = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Reads the interfaces there are now; answers with the same list as long as nothing has changed. */
export function interfaceReader(
  list: () => SystemList = networkInterfaces,
  isMulticast: (name: string) => boolean = carriesMulticast,
): () => readonly InterfaceInfo[] {
  let text: string | undefined;
  let known: readonly InterfaceInfo[] = [];
  return () => {
    const now = interfaceList(list(), isMulticast);
    const nowText = JSON.stringify(now);
    if (nowText !== text) known = now;
    text = nowText;
    return known;
  };
}

export function interfaceList(
  list: SystemList,
  isMulticast: (name: string) => boolean = carriesMulticast,
): readonly InterfaceInfo[] {
  const merged = new Map<string, NetworkInterfaceInfo[]>();
  for (const [label, entries] of Object.entries(list)) {
    const name = interfaceName(label);
    merged.set(name, [...(merged.get(name) ?? []), ...(entries ?? [])]);
  }
  return [...merged].flatMap(([name, entries]) => interfaceInfo(name, entries, isMulticast) ?? []);
}

/** Linux lists an address with a label (`eth0:1`) as if it were an interface. */
function interfaceName(label: string): string {
  return process.platform === "win32" ? label : label.replace(/:.*$/, "");
}

function interfaceInfo(
  name: string,
  entries: readonly NetworkInterfaceInfo[],
  isMulticast: (name: string) => boolean,
): InterfaceInfo | undefined {
  const [first] = entries;
  if (first === undefined) return undefined;
  const addresses = entries.map((entry) => linkAddress(name, entry));
  const index = entries.map((entry) => (entry.family === "IPv6" ? entry.scopeid : 0)).find((scope) => scope > 0);
  return {
    name,
    internal: first.internal,
    multicast: !first.internal && isMulticast(name),
    mac: first.mac,
    index,
    addresses: [
      ...addresses.filter(({ family }) => family === "ipv4"),
      ...addresses.filter(({ family }) => family === "ipv6"),
    ],
  };
}

function linkAddress(name: string, { family, address, cidr }: NetworkInterfaceInfo): LinkAddress {
  const longest = family === "IPv4" ? 32 : 128;
  const prefixLength = cidr === null ? longest : Number(cidr.slice(cidr.lastIndexOf("/") + 1));
  if (family === "IPv4") return { family: "ipv4", address, prefixLength };
  const bare = address.replace(/%.*$/, "");
  if (isLinkLocal(bare)) return { family: "ipv6", address: bare, prefixLength, zone: name };
  return { family: "ipv6", address: bare, prefixLength };
}
