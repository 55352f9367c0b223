import type { Socket } from "node:dgram";
import { isIPv4 } from "node:net";
import { isIpv6, splitZone } from "./address.ts";
import { notNumeric, wrongArgument } from "./arguments.ts";
import { interfaceAddress, requireIpv4, zoneOf } from "./multicast-interface.ts";
import { requireOpen } from "./require-state.ts";
import type { Membership } from "./settings.ts";
import type { SocketState } from "./socket-state.ts";
import { descriptor } from "./staging.ts";
import { refused, systemError } from "./system-error.ts";

export function joinGroup(state: SocketState, group: string, iface: string | null): void {
  const membership = checked("joinGroup", state, group, iface);
  const handle = descriptor("joinGroup", state);
  call("joinGroup", membership, () => handle.addMembership(membership.group, membership.iface));
  if (!state.bound) state.memberships.push(membership);
}

export function leaveGroup(state: SocketState, group: string, iface: string | null): void {
  const membership = checked("leaveGroup", state, group, iface);
  const handle = descriptor("leaveGroup", state);
  call("leaveGroup", membership, () => handle.dropMembership(membership.group, membership.iface));
  if (!state.bound) forgetDropped(state, handle, membership.group);
}

/** The kernel matches by interface, however spelled: the entry that can be joined anew is the one it dropped. */
function forgetDropped(state: SocketState, handle: Socket, group: string): void {
  const dropped = state.memberships.findIndex((entry) => entry.group === group && canJoin(handle, entry));
  if (dropped >= 0) state.memberships.splice(dropped, 1);
}

function canJoin(handle: Socket, { group, iface }: Membership): boolean {
  try {
    handle.addMembership(group, iface);
  } catch {
    return false; // EADDRINUSE: still a member
  }
  handle.dropMembership(group, iface);
  return true;
}

function checked(operation: string, state: SocketState, group: string, iface: string | null): Membership {
  if (typeof group !== "string") throw wrongArgument(operation, "group", "a string", group);
  if (iface !== null && typeof iface !== "string") throw wrongArgument(operation, "iface", "a string or null", iface);
  const membership = state.family === "ipv4" ? ipv4(operation, group, iface) : ipv6(operation, group, iface);
  requireOpen(operation, state);
  return membership;
}

function ipv4(operation: string, group: string, iface: string | null): Membership {
  requireIpv4(operation, "group", group);
  return { group, iface: interfaceAddress(operation, "iface", iface) };
}

function ipv6(operation: string, group: string, iface: string | null): Membership {
  const { bare, zone } = splitZone(group);
  if (isIPv4(group)) throw refused(operation, "EAI_ADDRFAMILY", { syscall: "getaddrinfo", address: group });
  if (!isIpv6(bare)) throw notNumeric(operation, "group", "IPv6", group);
  const own = zone === undefined ? undefined : zoneOf(operation, zone);
  const given = zoneOf(operation, iface);
  if (own !== undefined && given !== undefined && own !== given) {
    throw refused(operation, "EINVAL", { syscall: "setsockopt", address: `${group} on ${iface}` });
  }
  const chosen = given ?? own;
  return { group: bare, iface: chosen === undefined ? undefined : `::%${chosen}` };
}

function call(operation: string, { group, iface }: Membership, effect: () => void): void {
  try {
    effect();
  } catch (error) {
    const address = iface === undefined ? group : `${group} on ${iface}`;
    throw systemError(operation, error, { syscall: "setsockopt", address });
  }
}
