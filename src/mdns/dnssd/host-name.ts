import { Name } from "../wire/name.ts";
import { WireError } from "../wire/wire-error.ts";
import { argumentError } from "./argument-error.ts";
import { checkedLabel } from "./label.ts";
import { LOCAL } from "./service-type.ts";

/**
 * The label of a host to publish, without `.local`. RFC 6762 §3
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function checkedHostLabel(option: string, value: unknown): string {
  const label = checkedLabel(option, value);
  if (label.includes(".")) throw argumentError(option, 'one label, without ".local"', value);
  return label;
}

export function hostName(label: string): Name {
  return LOCAL.child(label);
}

/**
 * The name of a host to look up: `printer.local`, or only `printer`. Longer names are not completed (RFC 6762 §21).
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function hostToFind(value: unknown): Name {
  const name = hostNamed(value);
  const whole = name.labels.length === 1 && !name.equals(LOCAL) ? LOCAL.child(name.labels[0] as Uint8Array) : name;
  if (whole.labels.length > 1 && whole.endsWith(LOCAL)) return whole;
  throw argumentError("host", HOST_REQUIREMENT, value);
}

/**
 * The name of a host, wherever that is.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function hostNamed(value: unknown): Name {
  if (typeof value !== "string") throw argumentError("host", HOST_REQUIREMENT, value);
  try {
    return Name.parse(value);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw argumentError("host", HOST_REQUIREMENT, value, error);
  }
}

const HOST_REQUIREMENT = 'a host name in ".local" such as "printer.local"';
