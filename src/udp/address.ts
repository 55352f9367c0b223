import { isIPv4, SocketAddress } from "node:net";
import { interfaceByZone, zoneText } from "./interfaces.ts";
import { refused } from "./system-error.ts";

/** Which IP version a socket speaks. */
export type Family = "ipv4" | "ipv6";

export interface Literal {
  readonly family: Family;
  /** As Node takes it; a zone in it names an interface that exists. */
  readonly address: string;
}

export const WILDCARD: Readonly<Record<Family, string>> = { ipv4: "0.0.0.0", ipv6: "::" };

/** Splits `fe80::1%eth0` at the zone. */
export function splitZone(host: string): { readonly bare: string; readonly zone: string | undefined } {
  const at = host.indexOf("%");
  return at < 0 ? { bare: host, zone: undefined } : { bare: host.slice(0, at), zone: host.slice(at + 1) };
}

/** Whether it is an IPv6 address, without a zone. The pattern behind Node's own isIPv6 takes 5 ms to compile. */
export function isIpv6(text: string): boolean {
  if (!/^[\da-f.]*:[\da-f.:]*$/i.test(text)) return false; // a name needs no error made, and the system stops at a NUL
  try {
    new SocketAddress({ address: text, family: "ipv6" });
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads a numeric address, `undefined` for a name.
 * @throws UdpErrnoError `ENODEV` for an unknown zone, which the system would silently take for "any interface"
 */
export function parseLiteral(operation: string, host: string): Literal | undefined {
  if (isIPv4(host)) return { family: "ipv4", address: host };
  const { bare, zone } = splitZone(host);
  if (!isIpv6(bare)) return undefined;
  if (zone === undefined) return { family: "ipv6", address: host };
  return { family: "ipv6", address: `${bare}%${zoneText(zoneInterface(operation, zone, host))}` };
}

/** The name of the interface that `zone` stands for. */
export function zoneInterface(operation: string, zone: string, address: string): string {
  const name = interfaceByZone(zone);
  if (name === undefined) throw refused(operation, "ENODEV", { syscall: "if_nametoindex", address });
  return name;
}

/** `literal` as a socket of `family` reaches it: IPv4 from an IPv6 socket is mapped; `undefined` if it cannot. */
export function reachable(family: Family, literal: Literal): string | undefined {
  if (literal.family === family) return literal.address;
  return family === "ipv6" ? `::ffff:${literal.address}` : undefined;
}
