import { inspect } from "node:util";
import { addressSize } from "../wire/address.ts";
import { globPattern, isGlob } from "./glob.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import { LinkError } from "./link-error.ts";
import { contains, type Subnet, subnet } from "./subnet.ts";

/**
 * Which interfaces: names (`"eth0"`), names with wildcards (`"veth*"`), addresses (`"192.0.2.7"`), subnets
 * (`"192.0.2.0/24"`), regular expressions on the name, or a function of your own.
 */
export type InterfaceSelection = string | RegExp | readonly (string | RegExp)[] | ((info: InterfaceInfo) => boolean);

/** One item of a selection, read. */
interface Criterion {
  readonly text: string;
  /** It stands for something that must exist now. */
  readonly exact: boolean;
  /** It may mean an interface that does not reach other hosts by multicast. */
  readonly specific: boolean;
  readonly matches: (info: InterfaceInfo) => boolean;
}

export interface InterfaceFilter {
  readonly criteria: readonly Criterion[];
  readonly matches: (info: InterfaceInfo) => boolean;
}

/**
 * The interfaces to use of those there are. Loopback, and those that carry no multicast, are used only when named, or
 * given by address or subnet.
 * @throws {@link LinkError} `ERR_MDNS_ARGUMENT`
 */
export function interfaceFilter(
  include: InterfaceSelection | undefined,
  exclude: InterfaceSelection | undefined,
): InterfaceFilter {
  const criteria = include === undefined ? [] : criteriaOf("interfaces", include);
  const excluded = exclude === undefined ? [] : criteriaOf("exclude", exclude);
  return {
    criteria,
    matches: (info) => {
      if (excluded.some(({ matches }) => matches(info))) return false;
      if (include === undefined) return info.multicast;
      return criteria.some(({ matches, specific }) => (specific || info.multicast) && matches(info));
    },
  };
}

function criteriaOf(option: string, selection: InterfaceSelection): readonly Criterion[] {
  if (typeof selection === "function") {
    return [{ text: "function", exact: false, specific: false, matches: (info) => selection(info) === true }];
  }
  if (typeof selection === "string" || selection instanceof RegExp) return [criterion(option, selection)];
  if (!Array.isArray(selection) || selection.length === 0) throw malformed(option, selection);
  return selection.map((item) => criterion(option, item));
}

function criterion(option: string, item: unknown): Criterion {
  if (item instanceof RegExp) return byPattern(String(item), item);
  if (typeof item !== "string" || item === "") throw malformed(option, item);
  if (item.includes("/")) return bySubnet(option, item);
  const [bare = "", zone] = item.split("%");
  if (addressSize(bare) > 0) return byAddress(item, bare, zone);
  if (isGlob(item)) return byPattern(item, globPattern(item));
  return { text: item, exact: true, specific: true, matches: ({ name }) => name === item };
}

function byPattern(text: string, pattern: RegExp): Criterion {
  return { text, exact: false, specific: false, matches: ({ name }) => name.search(pattern) >= 0 };
}

function byAddress(text: string, bare: string, zone: string | undefined): Criterion {
  const host = subnet(bare, 8 * addressSize(bare));
  const matches = (info: InterfaceInfo): boolean => (zone === undefined || zone === info.name) && hasAny(info, host);
  return { text, exact: true, specific: true, matches };
}

function bySubnet(option: string, text: string): Criterion {
  const [address = "", length = "", ...more] = text.split("/");
  const longest = 8 * addressSize(address);
  if (longest === 0 || more.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > longest)
    throw malformed(option, text);
  const range = subnet(address, Number(length));
  return { text, exact: false, specific: true, matches: (info) => hasAny(info, range) };
}

function hasAny({ addresses }: InterfaceInfo, range: Subnet): boolean {
  return addresses.some(({ address }) => contains(range, address));
}

function malformed(option: string, value: unknown): LinkError {
  const expected = "names, addresses, subnets (192.0.2.0/24), wildcards, regular expressions, or a function";
  return new LinkError("ERR_MDNS_ARGUMENT", `${option} must be one or more ${expected}, got ${inspect(value)}`);
}
