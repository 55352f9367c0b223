import { isReverseName } from "../core/unique-by-nature.ts";
import { addressSize } from "../wire/address.ts";
import { Name } from "../wire/name.ts";
import { isPseudoType, typeNumber } from "../wire/record-type.ts";
import { WireError } from "../wire/wire-error.ts";
import { argumentError } from "./argument-error.ts";
import { checkedAddress, reverseName } from "./reverse-name.ts";
import { LOCAL } from "./service-type.ts";

/**
 * A name that may be asked for and published by multicast. RFC 6762 §3, §4
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function multicastName(value: unknown): Name {
  const requirement = 'a name in ".local" or a reverse-mapping name';
  if (typeof value !== "string") throw argumentError("name", requirement, value);
  try {
    const name = Name.parse(value);
    if (name.labels.length > 1 && (name.endsWith(LOCAL) || isReverseName(name))) return name;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw argumentError("name", requirement, value, error);
  }
  throw argumentError("name", requirement, value);
}

/**
 * A name to ask for; an address, without a zone, stands for its reverse-mapping name. RFC 6762 §4
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function askedName(value: unknown): Name {
  const isAddress = typeof value === "string" && addressSize(value) > 0;
  return isAddress ? reverseName(checkedAddress("name", value).address) : multicastName(value);
}

/**
 * The number of a record type given as that or by name.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function recordType(value: unknown): number {
  const type = typeof value === "string" ? typeNumber(value) : value;
  if (typeof type === "number" && Number.isInteger(type) && type > 0 && type <= 0xffff && !isPseudoType(type))
    return type;
  throw argumentError("type", 'a record type such as "AAAA", "TYPE65280" or 33', value);
}
