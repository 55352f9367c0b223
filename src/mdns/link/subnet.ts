import { BlockList } from "node:net";
import type { Family } from "../core/datagram.ts";

/** An address range, ready to be compared with. */
export interface Subnet {
  readonly family: Family;
  readonly prefixLength: number;
  readonly range: BlockList;
}

export function subnet(address: string, prefixLength: number): Subnet {
  const family = familyOf(address);
  const range = new BlockList();
  range.addSubnet(address, prefixLength, family);
  return { family, prefixLength, range };
}

/** Addresses of another family are outside. */
export function contains({ family, range }: Subnet, address: string): boolean {
  return familyOf(address) === family && range.check(address, family);
}

/** The address that reaches all hosts of a subnet; IPv6 has none, nor has a subnet of two hosts. RFC 919 §7, RFC 3021 §2.1 */
export function broadcastAddress(address: string, prefixLength: number): string | undefined {
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
