import type { Family } from "./core/datagram.ts";
import { defaultHostName } from "./default-host-name.ts";
import { argumentError } from "./dnssd/argument-error.ts";
import { checkedHostLabel } from "./dnssd/host-name.ts";
import { MdnsError } from "./dnssd/mdns-error.ts";
import type { NameMemory } from "./dnssd/name-memory.ts";
import { areFamilies } from "./link/families.ts";
import { type InterfaceSelection, interfaceFilter } from "./link/interface-filter.ts";
import { LinkError } from "./link/link-error.ts";
import type { Network } from "./link/network.ts";

/** A decision of the protocol: what was done or not, about which name, and why. */
export interface MdnsTrace {
  /** The interface of the link. */
  readonly interface: string;
  /**
   * About our own names: `probing`, `announced`, `tie-break lost`, `conflict`, `lost`, `unsettled`, `yielded`, `goodbye`.
   * About what is asked here: `asked`, `question suppressed`. About what others ask: `answered`, `answer delayed`,
   * `answer suppressed`, `reply refused`, `query ignored`, and `dropped` for any other datagram.
   */
  readonly what: string;
  /** The name that it is about, with dots and backslashes in labels escaped. */
  readonly name?: string;
  /** The reason. */
  readonly why?: string;
}

/** What an `Mdns` works on. */
export interface MdnsOptions {
  /**
   * Names (`"eth0"`), wildcards (`"veth*"`), addresses, subnets (`"192.0.2.0/24"`), regular expressions, or a function.
   * Loopback, and what carries no multicast, are used only by name, address or subnet.
   * @default all multicast interfaces but loopback
   */
  readonly interfaces?: InterfaceSelection | undefined;
  /** Wins over `interfaces`. @default none */
  readonly exclude?: InterfaceSelection | undefined;
  /** @default both */
  readonly families?: readonly Family[] | undefined;
  /** This machine's name, without `.local`. @default the first label of the system's host name */
  readonly hostName?: string | undefined;
  /** Keeps chosen names for the next start. RFC 6762 §9 @default none */
  readonly names?: NameMemory | undefined;
  /**
   * Told of each decision on the interfaces of this machine. So is the channel `earshot:trace` of
   * `node:diagnostics_channel` if it has a subscriber when the network is opened, and `NODE_DEBUG=earshot` prints it.
   */
  readonly trace?: ((event: MdnsTrace) => void) | undefined;
  /** Instead of the interfaces of this machine, as for tests; it is closed together with this object. */
  readonly network?: Network | undefined;
}

/**
 * Checks every option.
 * @returns the label of this machine's name
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function checkedHostName(options: MdnsOptions): string {
  if (typeof options !== "object" || options === null) throw argumentError("options", "an object", options);
  const { interfaces, exclude, families, hostName, trace, names, network } = options;
  try {
    interfaceFilter(interfaces, exclude);
  } catch (error) {
    throw asMdnsError(error);
  }
  checkFamilies(families);
  if (trace !== undefined && typeof trace !== "function") throw argumentError("trace", "a function", trace);
  if (names !== undefined && !(isFunction(names?.recall) && isFunction(names.remember))) {
    throw argumentError("names", "an object with the methods recall and remember", names);
  }
  if (network !== undefined && !(isFunction(network?.watch) && isFunction(network.close))) {
    throw argumentError("network", "a network with the methods watch and close", network);
  }
  return hostName === undefined ? defaultHostName() : checkedHostLabel("hostName", hostName);
}

/** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
export function checkFamilies(families: unknown): void {
  if (families === undefined || areFamilies(families)) return;
  throw argumentError("families", 'a list of "ipv4", "ipv6" or both', families);
}

/** What the network could not do, as a caller meets it. */
export function asMdnsError(error: unknown): MdnsError {
  if (error instanceof MdnsError) return error;
  if (error instanceof LinkError) return new MdnsError(error.code, error.message, { cause: error });
  return new MdnsError("ERR_MDNS_SYSTEM", `the network could not be opened: ${String(error)}`, { cause: error });
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}
