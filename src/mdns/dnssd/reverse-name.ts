import { addressSize } from "../wire/address.ts";
import { Name } from "../wire/name.ts";
import { addressBytes } from "./address-bytes.ts";
import { argumentError } from "./argument-error.ts";

const IPV4 = Name.parse("in-addr.arpa");
const IPV6 = Name.parse("ip6.arpa");

/** The name that an address has in the reverse mapping. RFC 1035 §3.5, RFC 3596 §2.5 */
export function reverseName(address: string): Name {
  const bytes = [...addressBytes(address)].reverse();
  if (bytes.length === 4) return Name.of([...bytes.map(String), ...IPV4.labels]);
  return Name.of([...bytes.flatMap((byte) => [hex(byte & 15), hex(byte >> 4)]), ...IPV6.labels]);
}

/**
 * An address with the zone that may follow it.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function checkedAddress(option: string, value: unknown): { address: string; zone: string | undefined } {
  const [, bare = "", zone] = typeof value === "string" ? (/^([^%]*)(?:%([^%]+))?$/.exec(value) ?? []) : [];
  const size = addressSize(bare);
  if (size === 0 || (size === 4 && zone !== undefined)) throw argumentError(option, "an IPv4 or IPv6 address", value);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]; // RFC 4291 §2.5.5.2: the same IPv4 address
  return { address: mapped ?? bare, zone };
}

function hex(digit: number): string {
  return digit.toString(16);
}
