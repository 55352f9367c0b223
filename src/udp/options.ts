import type { Socket } from "node:dgram";
import { WILDCARD } from "./address.ts";
import { checkBoolean, checkHost, checkInteger } from "./arguments.ts";
import { interfaceAddress, zoneOf } from "./multicast-interface.ts";
import { requireOpen } from "./require-state.ts";
import type { Option, Settings } from "./settings.ts";
import type { SocketState } from "./socket-state.ts";
import { descriptor } from "./staging.ts";
import { systemError } from "./system-error.ts";

export function getOption<K extends Option>(state: SocketState, option: K): Settings[K] {
  requireOpen(option, state);
  return state.settings[option];
}

export function setTtl(state: SocketState, ttl: number): void {
  checkInteger("setTtl", "ttl", ttl, 0, 255);
  change("setTtl", state, "ttl", ttl, (handle) => handle.setTTL(ttl));
}

export function setMulticastTtl(state: SocketState, ttl: number): void {
  checkInteger("setMulticastTtl", "ttl", ttl, 0, 255);
  change("setMulticastTtl", state, "multicastTtl", ttl, (handle) => handle.setMulticastTTL(ttl));
}

export function setMulticastLoopback(state: SocketState, on: boolean): void {
  const operation = "setMulticastLoopback";
  checkBoolean(operation, "on", on);
  change(operation, state, "multicastLoopback", on, (handle) => handle.setMulticastLoopback(on));
}

export function setMulticastInterface(state: SocketState, host: string | null): void {
  const operation = "setMulticastInterface";
  if (host !== null) checkHost(operation, host);
  const iface = state.family === "ipv4" ? interfaceAddress(operation, "host", host) : ipv6Interface(operation, host);
  change(operation, state, "multicastInterface", iface, (handle) => handle.setMulticastInterface(iface));
}

function ipv6Interface(operation: string, host: string | null): string {
  const zone = zoneOf(operation, host);
  return zone === undefined ? WILDCARD.ipv6 : `::%${zone}`;
}

function change<K extends Option>(
  operation: string,
  state: SocketState,
  option: K,
  value: Settings[K],
  apply: (handle: Socket) => void,
): void {
  requireOpen(operation, state);
  const handle = descriptor(operation, state);
  try {
    apply(handle);
  } catch (error) {
    const address = typeof value === "string" ? value : undefined;
    throw systemError(operation, error, { syscall: "setsockopt", address });
  }
  state.settings[option] = value;
  state.settings.set.add(option);
}
