import type { Family } from "../core/datagram.ts";
import { boundedMemo } from "./bounded-memo.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import type { InterfaceSockets } from "./interface-sockets.ts";
import type { Link } from "./link.ts";
import type { SendHealth } from "./send-health.ts";
import { broadcastAddresses, contains, isLinkLocal, subnet } from "./subnet.ts";

const MAX_SOURCES = 1_024;

/** A link with the interface and the sockets that carry it. */
export interface InterfaceLink {
  readonly link: Link;
  readonly sockets: InterfaceSockets;
  readonly health: Readonly<Record<Family, SendHealth>>;
  info: InterfaceInfo;
  /** Whether a source, its zone left out, lies in a subnet of the link. */
  isOnLink: (source: string) => boolean;
}

/** {@link InterfaceLink.isOnLink} for the addresses of an interface. RFC 6762 §11; no host has a broadcast address. */
export function onLinkTest({ addresses }: InterfaceInfo): (source: string) => boolean {
  const subnets = addresses.map(({ address, prefixLength }) => subnet(address, prefixLength));
  const broadcasts = broadcastAddresses(addresses);
  return boundedMemo(MAX_SOURCES, (source) => {
    if (source.includes(":") && isLinkLocal(source)) return true;
    return !broadcasts.has(source) && subnets.some((range) => contains(range, source));
  });
}
