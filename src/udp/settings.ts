import type { Socket } from "node:dgram";
import { readFileSync } from "node:fs";
import { type Family, WILDCARD } from "./address.ts";

export type Option = "ttl" | "multicastTtl" | "multicastLoopback" | "multicastInterface";

/** What the getters answer, and what a new descriptor is given; `set` lists what the caller changed. */
export interface Settings {
  ttl: number;
  multicastTtl: number;
  multicastLoopback: boolean;
  multicastInterface: string;
  /** As last asked for, in bytes. */
  receiveBufferSize: number | undefined;
  readonly set: Set<Option>;
}

export interface Membership {
  /** As dgram takes them. */
  readonly group: string;
  readonly iface: string | undefined;
}

const DEFAULT_TTL: Readonly<Record<Family, string>> = {
  ipv4: "/proc/sys/net/ipv4/ip_default_ttl",
  ipv6: "/proc/sys/net/ipv6/conf/all/hop_limit",
};

function systemTtl(family: Family): number {
  try {
    return Number.parseInt(readFileSync(DEFAULT_TTL[family], "latin1"), 10) || 64;
  } catch {
    return 64; // no /proc: the value of every system this runs on
  }
}

const defaultTtl: Partial<Record<Family, number>> = {};

export function systemSettings(family: Family): Settings {
  defaultTtl[family] ??= systemTtl(family);
  return {
    ttl: defaultTtl[family],
    multicastTtl: 1,
    multicastLoopback: true,
    multicastInterface: WILDCARD[family],
    receiveBufferSize: undefined,
    set: new Set(),
  };
}

/** Gives a new descriptor what was set on an earlier one. Throws what the system says. */
export function applySettings(handle: Socket, settings: Settings, memberships: readonly Membership[]): void {
  if (settings.set.has("ttl")) handle.setTTL(settings.ttl);
  if (settings.set.has("multicastTtl")) handle.setMulticastTTL(settings.multicastTtl);
  if (settings.set.has("multicastLoopback")) handle.setMulticastLoopback(settings.multicastLoopback);
  if (settings.set.has("multicastInterface")) handle.setMulticastInterface(settings.multicastInterface);
  if (settings.receiveBufferSize !== undefined) handle.setRecvBufferSize(settings.receiveBufferSize);
  for (const { group, iface } of memberships) handle.addMembership(group, iface);
}
