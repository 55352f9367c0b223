import { LIMITS as CORE_LIMITS } from "../core/limits.ts";
import { HEADER_SIZE, RECORD_FIELDS } from "../wire/message-format.ts";
import type { Name } from "../wire/name.ts";
import { argumentError } from "./argument-error.ts";
import { type FixedAddress, fixedAddresses } from "./fixed-address.ts";
import { checkedFlag } from "./flag.ts";
import { checkedHostLabel } from "./host-name.ts";
import type { ServiceFacts } from "./service-records.ts";
import { checkDomain, publishableType, subtypeName } from "./service-type.ts";
import { type TxtInput, txtStrings } from "./txt-input.ts";

/** A service to publish. */
export interface PublishOptions {
  /**
   * What people see: any text of 1 to 63 bytes in UTF-8 without control characters. Brought into NFC.
   * @default this machine's host name
   */
  readonly name?: string | undefined;
  /** As in `"_http._tcp"`. */
  readonly type: string;
  /** 1 to 65535; 0 only for a placeholder. */
  readonly port: number;
  /** @default no attributes */
  readonly txt?: TxtInput | undefined;
  /** Under which the service can be browsed too. RFC 6763 §7.1 @default none */
  readonly subtypes?: readonly string[] | undefined;
  /**
   * Another host name, without `.local`. With `addresses` it is published too; without, somebody else publishes it.
   * @default this machine's
   */
  readonly host?: string | undefined;
  /** Exactly the addresses of `host`; one with a zone is published on that interface only. */
  readonly addresses?: readonly string[] | undefined;
  /** Interfaces to publish on, by name or with wildcards. @default all */
  readonly interfaces?: string | readonly string[] | undefined;
  /** Whether to find out first that nobody has the name; leave out only if it is certain. RFC 6762 §8.1 @default true */
  readonly probe?: boolean | undefined;
  /** Only holds the name, for a protocol that this device does not offer; not found by browsing. RFC 6763 §8 @default false */
  readonly placeholder?: boolean | undefined;
  /** SRV priority, 0 to 65535: lower ones are tried first. @default 0 */
  readonly priority?: number | undefined;
  /** SRV weight, 0 to 65535, among those of one priority. @default 0 */
  readonly weight?: number | undefined;
  /** Only `"local"`. */
  readonly domain?: string | undefined;
  /**
   * Whether to wait until the service is announced. `false`: the promise resolves at once, even without a network,
   * and the `announced` event tells. @default true
   */
  readonly wait?: boolean | undefined;
  /** Aborts the wait: the service is withdrawn. */
  readonly signal?: AbortSignal | undefined;
}

/** What of a published service can be changed. What is left out stays. */
export interface ServiceChanges {
  /** All attributes: those left out are gone. */
  readonly txt?: TxtInput | undefined;
  /** 1 to 65535. */
  readonly port?: number | undefined;
  /** SRV priority, 0 to 65535. */
  readonly priority?: number | undefined;
  /** SRV weight, 0 to 65535. */
  readonly weight?: number | undefined;
  /** All subtypes: those left out get a goodbye. */
  readonly subtypes?: readonly string[] | undefined;
  /** Of a host that was published with addresses. */
  readonly addresses?: readonly string[] | undefined;
  /** Another name: goodbye to the old one, then probing from the start. */
  readonly name?: string | undefined;
}

/** Where a service runs: on this machine, on a host that is published with it, or on one that others publish. */
export type HostPlan =
  | { readonly kind: "own" }
  | { readonly kind: "published"; readonly label: string; readonly addresses: readonly FixedAddress[] }
  | { readonly kind: "foreign"; readonly label: string };

/** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
export function serviceFacts(options: PublishOptions): ServiceFacts {
  const { priority = 0, weight = 0 } = options;
  checkDomain(options.domain);
  const type = publishableType(options.type);
  const placeholder = checkedFlag("placeholder", options.placeholder, false);
  return {
    type,
    subtypes: subtypeNames(options.subtypes, type),
    port: placeholder ? checkedPlaceholderPort(options.port) : checkedNumber("port", options.port, 1),
    priority: checkedNumber("priority", priority),
    weight: checkedNumber("weight", weight),
    txt: txtStrings(options.txt),
    placeholder,
    probe: checkedFlag("probe", options.probe, true),
  };
}

/** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
export function changedFacts(facts: ServiceFacts, changes: ServiceChanges): ServiceFacts {
  const { txt, port, priority, weight, subtypes } = changes;
  return {
    ...facts,
    ...(txt !== undefined && { txt: txtStrings(txt) }),
    ...(port !== undefined && { port: checkedNumber("port", port, facts.placeholder ? 0 : 1) }),
    ...(priority !== undefined && { priority: checkedNumber("priority", priority) }),
    ...(weight !== undefined && { weight: checkedNumber("weight", weight) }),
    ...(subtypes !== undefined && { subtypes: subtypeNames(subtypes, facts.type) }),
  };
}

/** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
export function hostPlan({ host, addresses }: PublishOptions): HostPlan {
  const fixed = fixedAddresses(addresses);
  if (host === undefined) {
    if (fixed === undefined) return { kind: "own" };
    throw argumentError("addresses", "given together with the host that has them", addresses);
  }
  const label = checkedHostLabel("host", host);
  return fixed === undefined ? { kind: "foreign", label } : { kind: "published", label, addresses: fixed };
}

/** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` for attributes that fit in no packet. RFC 6762 §17 */
export function checkFits(instance: Name, { txt }: ServiceFacts): void {
  const size = txt.reduce((sum, string) => sum + 1 + string.length, 0);
  const room = CORE_LIMITS.payloadIpv6 - HEADER_SIZE - instance.wireLength - RECORD_FIELDS;
  if (size > room) throw argumentError("txt", `at most ${room} bytes in all, each string with a length byte`, size);
}

function subtypeNames(value: unknown, type: ServiceFacts["type"]): readonly Name[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw argumentError("subtypes", "a list of text", value);
  const names = new Map(value.map((subtype) => subtypeName(subtype, type)).map((name) => [name.key, name]));
  return [...names.values()];
}

function checkedNumber(option: string, value: unknown, least = 0): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= 0xffff) return value as number;
  throw argumentError(option, `an integer from ${least} to 65535`, value);
}

function checkedPlaceholderPort(value: unknown): number {
  if (value === undefined || value === 0) return 0;
  throw argumentError("port", "0 for a placeholder (RFC 6763 §8)", value);
}
