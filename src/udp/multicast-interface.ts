import { isIPv4 } from "node:net";
import { isIpv6, splitZone, WILDCARD, zoneInterface } from "./address.ts";
import { notNumeric } from "./arguments.ts";
import { interfaceByAddress, zoneText } from "./interfaces.ts";
import { refused } from "./system-error.ts";

/** The address that names an IPv4 interface to the system; `null` leaves the choice to the system. */
export function interfaceAddress(operation: string, name: string, iface: string | null): string {
  if (iface === null) return WILDCARD.ipv4;
  requireIpv4(operation, name, iface);
  return iface;
}

/** Racket resolves these names in IPv4 only, so an IPv6 address is one that does not resolve. */
export function requireIpv4(operation: string, name: string, host: string): void {
  if (isIPv4(host)) return;
  if (!isIpv6(splitZone(host).bare)) throw notNumeric(operation, name, "IPv4", host);
  throw refused(operation, "EAI_ADDRFAMILY", { syscall: "getaddrinfo", address: host });
}

/**
 * The zone that names an IPv6 interface to the system; `undefined` leaves the choice to the system.
 * Takes an interface name, its index, `::%name`, or one of its addresses.
 */
export function zoneOf(operation: string, iface: string | null): string | undefined {
  if (iface === null || iface === "::") return undefined;
  const { bare, zone } = splitZone(iface);
  if (!isIpv6(bare)) return zoneText(zoneInterface(operation, iface, iface));
  const owner = zone ?? interfaceByAddress(bare) ?? bare;
  return zoneText(zoneInterface(operation, owner, iface));
}
