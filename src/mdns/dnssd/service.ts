import type { Instant } from "../core/timing.ts";
import { inAddressOrder } from "./address-order.ts";
import type { InstanceName } from "./instance-name.ts";
import type { Txt } from "./txt.ts";

/** What one link tells of a service. */
export interface ServiceLink {
  /** The name of the network interface. */
  readonly interface: string;
  /** As in `"printer.local"`. */
  readonly host: string;
  /** The port of the SRV record, 0 to 65535. */
  readonly port: number;
  /** SRV priority: lower ones are tried first. RFC 2782 */
  readonly priority: number;
  /** SRV weight among those of one priority. RFC 2782 */
  readonly weight: number;
  /** Those of the host on this link; IPv4 first, IPv6 link-local last and with its zone. */
  readonly addresses: readonly string[];
  /** The attributes. RFC 6763 §6 */
  readonly txt: Txt;
  /** The data of the TXT record, byte for byte. */
  readonly txtRaw: Uint8Array;
  /** Lifetime in seconds that the SRV record was last heard with. */
  readonly ttl: number;
  /** When that was, in milliseconds on the clock of `performance.now()`. */
  readonly received: Instant;
}

/**
 * A service, whole and resolved. Where links differ, what stands here is what the first one tells, and the addresses
 * are those of all.
 *
 * Whoever is on the link can claim to be any service: verify whom you talk to (RFC 6762 §21).
 */
export interface Service {
  /** What people see: any text, unescaped. */
  readonly name: string;
  /** As in `"_http._tcp"`. */
  readonly type: string;
  /** Multicast DNS has this one domain. */
  readonly domain: "local";
  /** The whole name, with dots and backslashes in labels escaped. */
  readonly fullName: string;
  /** As in `"printer.local"`. */
  readonly host: string;
  /** The port of the SRV record, 0 to 65535. */
  readonly port: number;
  /** SRV priority: lower ones are tried first. RFC 2782 */
  readonly priority: number;
  /** SRV weight among those of one priority. RFC 2782 */
  readonly weight: number;
  /** IPv4 first, IPv6 link-local last and with its zone: `fe80::1%eth0`. */
  readonly addresses: readonly string[];
  /** The attributes. RFC 6763 §6 */
  readonly txt: Txt;
  /** The data of the TXT record, byte for byte. */
  readonly txtRaw: Uint8Array;
  /** The interface of the first link that it was seen on. */
  readonly interface: string;
  /** Link by link, the first one first. */
  readonly links: readonly ServiceLink[];
}

/** One view of what the links tell. */
export function mergedService(
  { name, instance, type }: InstanceName,
  links: readonly ServiceLink[],
): Service | undefined {
  const first = links[0];
  if (first === undefined) return undefined;
  const { host, port, priority, weight, txt, txtRaw } = first;
  const addresses = links.length === 1 ? first.addresses : unionOfAddresses(links);
  return {
    name: instance,
    type,
    domain: "local",
    fullName: name.toString(),
    host,
    port,
    priority,
    weight,
    addresses,
    txt,
    txtRaw,
    interface: first.interface,
    links,
  };
}

function unionOfAddresses(links: readonly ServiceLink[]): readonly string[] {
  const all = [...new Set(links.flatMap(({ addresses }) => addresses))];
  return inAddressOrder(all, (address) => address);
}

/** Whether nothing has changed but lifetimes. */
export function isSameService(a: Service, b: Service): boolean {
  return (
    a.links.length === b.links.length &&
    a.links.every((link, index) => {
      const other = b.links[index];
      return other !== undefined && (link === other || isSameLink(link, other));
    })
  );
}

function isSameLink(a: ServiceLink, b: ServiceLink): boolean {
  return (
    a.interface === b.interface &&
    a.host === b.host &&
    a.port === b.port &&
    a.priority === b.priority &&
    a.weight === b.weight &&
    a.addresses.length === b.addresses.length &&
    a.addresses.every((address, index) => address === b.addresses[index]) &&
    Buffer.compare(a.txtRaw, b.txtRaw) === 0
  );
}
