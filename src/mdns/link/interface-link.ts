import type { Family } from "../core/datagram.ts";
import { parseAddress } from "../wire/address.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import type { InterfaceSockets } from "./interface-sockets.ts";
import type { Link } from "./link.ts";
import type { SendHealth } from "./send-health.ts";
import { contains, isLinkLocal, type Subnet, subnet } from "./subnet.ts";

/** A link with the interface and the sockets that carry it. */
export interface InterfaceLink {
  readonly link: Link;
  readonly sockets: InterfaceSockets;
  readonly health: Readonly<Record<Family, SendHealth>>;
  info: InterfaceInfo;
  subnets: readonly Subnet[];
  /** What the system refused when last asked; told once. */
  refusal: string;
}

export function subnetsOf({ addresses }: InterfaceInfo): readonly Subnet[] {
  return addresses.map(({ address, prefixLength }) => subnet(address, prefixLength));
}

/** Whether a source, its zone left out, lies in a subnet of the link. RFC 6762 §11 */
export function isOnLink(subnets: readonly Subnet[], family: Family, source: string): boolean {
  if (family === "ipv6" && isLinkLocal(source)) return true;
  const bytes = parseAddress(source);
  return subnets.some((range) => contains(range, bytes));
}
