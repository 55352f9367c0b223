import { parseAddress } from "../wire/address.ts";

/** An address range, ready to be compared with. */
export interface Subnet {
  readonly bytes: Uint8Array;
  readonly prefixLength: number;
}

export function subnet(address: string, prefixLength: number): Subnet {
  return { bytes: parseAddress(address), prefixLength };
}

/** Addresses of another family are outside. */
export function contains({ bytes, prefixLength }: Subnet, address: Uint8Array): boolean {
  if (address.length !== bytes.length) return false;
  const whole = prefixLength >> 3;
  for (let at = 0; at < whole; at++) {
    if (address[at] !== bytes[at]) return false;
  }
  const rest = prefixLength & 7;
  if (rest === 0) return true;
  return (((address[whole] as number) ^ (bytes[whole] as number)) & (0xff00 >> rest) & 0xff) === 0;
}

/** fe80::/10 or 169.254/16. RFC 4291 §2.5.6, RFC 3927 §2.1 */
export function isLinkLocal(address: string): boolean {
  return /^(?:fe[89ab][0-9a-f]:|169\.254\.)/i.test(address);
}
