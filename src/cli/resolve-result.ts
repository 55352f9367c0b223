import type { HostAddress, Service } from "../mdns/index.ts";
import { printable, printableName } from "./printable.ts";
import type { Target } from "./resolve-target.ts";
import { serviceJson } from "./service-json.ts";
import { txtText } from "./txt-text.ts";

/** Something that a NAME resolved to, in both forms of output. */
export interface ResolveResult {
  readonly lines: readonly string[];
  readonly json: object;
}

/** Nothing was found; `denied` where the owner of the name says that it has no such record. */
export type Absence = "absent" | "denied";

/** Addresses of a host, one line each though several links may have it, as `avahi-resolve` prints them. */
export function hostResult(target: Target, host: string, found: readonly HostAddress[]): ResolveResult {
  return {
    lines: [...new Set(found.map(({ address }) => `${printable(target.asked)}\t${address}`))],
    json: {
      query: target.asked,
      host,
      addresses: found.map(({ address }) => address),
      records: found.map(({ address, family, interface: name, ttl }) => ({ address, family, interface: name, ttl })),
    },
  };
}

/** Host names of an address. */
export function namesResult(target: Target, names: readonly string[]): ResolveResult {
  return {
    lines: names.map((name) => `${printable(target.asked)}\t${printableName(name)}`),
    json: { query: target.asked, address: target.asked, names },
  };
}

export function serviceResult(target: Target, service: Service, time: Date): ResolveResult {
  const { host, port, addresses, txt } = service;
  const fields = [`${printableName(host)}:${port}`, addresses.join(" "), txtText(txt.strings)].filter(
    (field) => field !== "",
  );
  const { event: _, ...json } = serviceJson("up", service, time) as { event: string };
  return { lines: [`${printable(target.asked)}\t${fields.join("\t")}`], json: { query: target.asked, ...json } };
}
