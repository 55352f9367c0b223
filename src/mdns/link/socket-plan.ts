import type { Family } from "../core/datagram.ts";
import { GROUP_ADDRESS } from "./group-address.ts";

/**
 * How one family hears the group.
 * - `group`: one socket for all interfaces, bound to the group address
 * - `wildcard`: one socket for all interfaces, bound to the wildcard; it hears unicast, too
 * - `interface`: one socket per interface, bound to the group address in its zone
 */
type GroupReception = "group" | "wildcard" | "interface";

/** Which sockets exist. */
export interface SocketPlan {
  readonly reception: Readonly<Record<Family, GroupReception>>;
  /** A socket hears the groups that other sockets of the machine joined, so that memberships may sit apart from it. */
  readonly membershipsApart: boolean;
  /** A socket per own address for unicast when port 5353 is ours alone; see {@link repliesApart} for when it is not. */
  readonly addressSockets: boolean;
}

const LINUX: SocketPlan = {
  reception: { ipv4: "group", ipv6: "interface" },
  membershipsApart: true,
  addressSockets: true,
};

/** Needs nothing but what every system can do. */
const WILDCARD: SocketPlan = {
  reception: { ipv4: "wildcard", ipv6: "wildcard" },
  membershipsApart: false,
  addressSockets: false,
};

const PLANS: Partial<Record<NodeJS.Platform, SocketPlan>> = { linux: LINUX, android: LINUX };

export function socketPlan(platform: NodeJS.Platform): SocketPlan {
  return PLANS[platform] ?? WILDCARD;
}

/** What a socket for all interfaces binds to; `null` is the wildcard. */
export function sharedHost(family: Family, reception: "group" | "wildcard"): string | null {
  return reception === "group" ? GROUP_ADDRESS[family] : null;
}

/**
 * Whether replies leave by a socket that hears nothing.
 * @param unicast - port 5353 is ours alone
 */
export function repliesApart({ addressSockets }: SocketPlan, unicast: boolean): boolean {
  return addressSockets && !unicast;
}
