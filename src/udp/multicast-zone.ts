import { isIpv6, splitZone, zoneInterface } from "./address.ts";
import { interfaceByAddress, zoneText } from "./interfaces.ts";

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
