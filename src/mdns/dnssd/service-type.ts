import { boundedMemo } from "../link/bounded-memo.ts";
import { Name } from "../wire/name.ts";
import { WireError } from "../wire/wire-error.ts";
import { argumentError } from "./argument-error.ts";
import { checkedLabel } from "./label.ts";
import type { MdnsError } from "./mdns-error.ts";

export const LOCAL: Name = Name.parse("local");

/** What enumerates the service types there are. RFC 6763 §9 */
export const ALL_TYPES: Name = Name.parse("_services._dns-sd._udp.local");

/** A service type, as in `_http._tcp`, with its name on the link. */
export interface ServiceType {
  readonly text: string;
  readonly name: Name;
}

const SERVICE_NAME = /^(?=.*[a-z])[a-z\d]+(?:-[a-z\d]+)*$/i; // RFC 6335 §5.1
const MAX_SERVICE_NAME = 15; // RFC 6335 §5.1
const MAX_TYPES = 1_000; // remembered

/**
 * A type to publish: the name within the rules of RFC 6335 §5.1.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function publishableType(value: unknown): ServiceType {
  const type = serviceType(value);
  const [service = ""] = type.text.slice(1).split("._");
  if (service.length > MAX_SERVICE_NAME || !SERVICE_NAME.test(service)) {
    const requirement = `"_name._tcp" or "_name._udp", the name of 1 to ${MAX_SERVICE_NAME} letters, digits and single hyphens`;
    throw argumentError("type", requirement, value);
  }
  return type;
}

/**
 * A type to look for: devices in the field do not all keep to the rules for its name.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function serviceType(value: unknown): ServiceType {
  if (typeof value !== "string") throw noType(value);
  return knownType(value);
}

/** Whether {@link serviceType} takes it. Anyone can advertise what it does not. */
export function isServiceType(text: string): boolean {
  try {
    serviceType(text);
    return true;
  } catch {
    return false;
  }
}

/** Services come in many of a type. */
const knownType = boundedMemo(MAX_TYPES, (text): ServiceType => {
  const [, service, protocol] = /^(_[^.\\]+)\.(_tcp|_udp)$/i.exec(text) ?? [];
  if (service === undefined || protocol === undefined) throw noType(text);
  return { text, name: LOCAL.child(protocol).child(checkedLabel("type", service)) };
});

function noType(value: unknown): MdnsError {
  return argumentError("type", `a service type such as "${likelyType(value)}"`, value);
}

/** What was probably meant. */
function likelyType(value: unknown): string {
  const text = typeof value === "string" ? value : "";
  const [service = "http"] = /[a-z\d-]+/i.exec(text) ?? [];
  return `_${service.slice(0, MAX_SERVICE_NAME)}.${/udp/i.test(text) ? "_udp" : "_tcp"}`;
}

/** A type to browse, perhaps narrowed to a subtype: `_printer._sub._http._tcp`. RFC 6763 §7.1 */
export function browsableType(value: unknown, subtype?: unknown): { type: ServiceType; question: Name } {
  const match = typeof value === "string" ? /^(.+)\._sub\.([^.]+\.[^.]+)$/is.exec(value) : null;
  const type = serviceType(match?.[2] ?? value);
  const narrower = subtype ?? match?.[1];
  return { type, question: narrower === undefined ? type.name : subtypeName(narrower, type) };
}

/** The name that lists the instances of a subtype; its label may be anything. RFC 6763 §7.1, §7.2 */
export function subtypeName(subtype: unknown, type: ServiceType): Name {
  return within("subtype", subtype, type.name.child("_sub"), checkedLabel("subtype", subtype));
}

/** A label below a name. RFC 6763 §7.2 */
export function within(option: string, value: unknown, parent: Name, label: string | Uint8Array): Name {
  try {
    return parent.child(label);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw argumentError(option, "short enough for a whole name of 255 bytes", value, error);
  }
}

/** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` for anything but `local`: nothing else is multicast. RFC 6762 §3 */
export function checkDomain(value: unknown): void {
  if (value === undefined) return;
  if (typeof value !== "string" || !/^local\.?$/i.test(value)) throw argumentError("domain", '"local"', value);
}
