import { BlockList } from "node:net";
import type { Family } from "../core/datagram.ts";

/** An address range, ready to be compared with. */
export interface Subnet {
  readonly family: Family;
  readonly prefixLength: number;
  /** Whether it holds an address of its family. */
  readonly holds: (address: string) => boolean;
}

export function subnet(address: string, prefixLength: number): Subnet {
  const family = familyOf(address);
  const holds = family === "ipv4" ? ipv4Range(address, prefixLength) : ipv6Range(address, prefixLength);
  return { family, prefixLength, holds };
}

/** Addresses of another family are outside. */
export function contains({ family, holds }: Subnet, address: string): boolean {
  return familyOf(address) === family && holds(address);
}

// A look into a BlockList makes a native object, which costs a fifth of the time under a flood from forged sources.
function ipv4Range(address: string, prefixLength: number): Subnet["holds"] {
  const size = 2 ** (32 - prefixLength);
  const prefix = Math.floor(ipv4Number(address) / size);
  return (other) => Math.floor(ipv4Number(other) / size) === prefix;
}

function ipv6Range(address: string, prefixLength: number): Subnet["holds"] {
  const range = new BlockList();
  range.addSubnet(address, prefixLength, "ipv6");
  return (other) => range.check(other, "ipv6");
}

const DOT = 46;
const ZERO = 48;

function ipv4Number(address: string): number {
  let number = 0;
  let byte = 0;
  for (let at = 0; at < address.length; at++) {
    const code = address.charCodeAt(at);
    if (code === DOT) {
      number = number * 256 + byte;
      byte = 0;
    } else {
      byte = byte * 10 + code - ZERO;
    }
  }
  return number * 256 + byte;
}

/** The addresses that reach all hosts of the subnets that these lie in, so that no single host can have them. */
export function broadcastAddresses(
  addresses: readonly { readonly address: string; readonly prefixLength: number }[],
): ReadonlySet<string> {
  return new Set(addresses.flatMap(({ address, prefixLength }) => broadcastAddress(address, prefixLength) ?? []));
}

/** IPv6 has none, nor has a subnet of two hosts. RFC 919 §7, RFC 3021 §2.1 */
function broadcastAddress(address: string, prefixLength: number): string | undefined {
  if (familyOf(address) === "ipv6" || prefixLength > 30) return undefined;
  const hostBits = 0xffffffff >>> prefixLength;
  const bytes = address.split(".").map((byte, index) => Number(byte) | ((hostBits >>> (24 - 8 * index)) & 0xff));
  return bytes.join(".");
}

/** The family of a numeric address. */
export function familyOf(address: string): Family {
  return address.includes(":") ? "ipv6" : "ipv4"; // the pattern of isIPv6 takes 5 ms to compile
}

/** fe80::/10 or 169.254/16. RFC 4291 §2.5.6, RFC 3927 §2.1 */
export function isLinkLocal(address: string): boolean {
  return /^(?:fe[89ab][0-9a-f]:|169\.254\.)/i.test(address);
}
