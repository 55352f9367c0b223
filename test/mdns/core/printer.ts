import type { CoreOptions } from "../../../src/mdns/core/core.ts";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { a, aaaa, own, ptr, srv, txt } from "./records.ts";

/** The host and the service that most tests publish. */
export const HOST = "host.local";
export const INSTANCE = "Printer._ipp._tcp.local";
export const SERVICE_TYPE = "_ipp._tcp.local";
export const SUBTYPE = "_color._sub._ipp._tcp.local";
export const TYPE_LIST = "_services._dns-sd._udp.local";
export const REVERSE = "1.0.77.10.in-addr.arpa";

export const V4 = a(HOST, "10.77.0.1");
export const V6 = aaaa(HOST, "fe80::1");
export const PTR = ptr(SERVICE_TYPE, INSTANCE);
export const SUBTYPE_PTR = ptr(SUBTYPE, INSTANCE);
export const TYPE_PTR = ptr(TYPE_LIST, SERVICE_TYPE);
export const SRV = srv(INSTANCE, HOST, 631);
export const TXT = txt(INSTANCE, ["rp=ipp/print"]);
export const REVERSE_PTR = ptr(REVERSE, HOST, { ttl: 120 });

/** A host with IPv4 only. */
export const HOST_CLAIM: readonly OwnRecord[] = [...own("unique", V4), ...own("known-unique", REVERSE_PTR)];

export const DUAL_HOST_CLAIM: readonly OwnRecord[] = [...HOST_CLAIM, ...own("unique", V6)];

export const SERVICE_CLAIM: readonly OwnRecord[] = [
  ...own("shared", PTR, SUBTYPE_PTR, TYPE_PTR),
  ...own("unique", SRV, TXT),
];

/** A link on which the printer and its IPv4 host have been established for seconds. */
export function printerOnLink(options?: Partial<CoreOptions>): CoreOnLink {
  return new CoreOnLink(options).settled(HOST_CLAIM, SERVICE_CLAIM);
}
