import { ALL, type LookupAddress, type LookupOptions, lookup as systemLookup, V4MAPPED } from "node:dns";
import type { HostAddress, LookupOptions as HostLookupOptions } from "./dnssd/lookup.ts";

type Find = (host: string, options: HostLookupOptions) => Promise<readonly HostAddress[]>;

/** What `lookup` options of Node call back with. */
export type DnsLookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/** Fits the `lookup` option of `node:net`, `node:http`, `node:https` and others. */
export type DnsLookup = (
  host: string,
  options: LookupOptions | number | DnsLookupCallback,
  callback?: DnsLookupCallback,
) => void;

/** `.local` and the domains of link-local addresses, which no DNS server may be asked for. RFC 6762 §22.1 */
const LINK_NAME = /\.(local|254\.169\.in-addr\.arpa|[89ab]\.e\.f\.ip6\.arpa)\.?$/i;

const UNKNOWN_NAME = -3008; // UV_EAI_NONAME, which Node calls ENOTFOUND

/** Names that belong to the link are looked up there, all others by the system. */
export function dnsLookup(find: Find): DnsLookup {
  return (host, options, callback) => {
    const done = typeof options === "function" ? options : callback;
    if (typeof done !== "function") throw new TypeError("The callback must be a function");
    const wanted: LookupOptions =
      typeof options === "object" && options !== null
        ? options
        : typeof options === "number"
          ? { family: options }
          : {};
    if (!LINK_NAME.test(host)) {
      systemLookup(host, wanted, done);
      return;
    }
    const family = familyOf(wanted.family);
    const mapped = family === 6 && ((wanted.hints ?? 0) & V4MAPPED) !== 0;
    find(host, family === undefined || mapped ? {} : { family }).then(
      (found) => answer(host, ordered(mapped ? asIpv6(found, wanted) : found, wanted), wanted.all === true, done),
      (error: unknown) => process.nextTick(done, notFound(host, error), ""),
    );
  };
}

/** IPv4 addresses only where there are no others, unless all are wanted. RFC 3493 §6.1 */
function asIpv6(found: readonly HostAddress[], { hints = 0 }: LookupOptions): readonly HostAddress[] {
  const own = found.filter(({ family }) => family === 6);
  if (own.length > 0 && (hints & ALL) === 0) return own;
  const others = found.filter(({ family }) => family === 4);
  return [...own, ...others.map((other) => ({ ...other, address: `::ffff:${other.address}`, family: 6 as const }))];
}

/** IPv4 comes first, as link-local addresses come last, unless the caller wants it otherwise. */
function ordered(found: readonly HostAddress[], { order }: LookupOptions): readonly HostAddress[] {
  return order === "ipv6first" ? found.toSorted((a, b) => b.family - a.family) : found;
}

function answer(host: string, found: readonly HostAddress[], all: boolean, done: DnsLookupCallback): void {
  const addresses = found.map(({ address, family }): LookupAddress => ({ address, family }));
  const [first] = addresses;
  // Out of the promise: what the callback throws is its own affair.
  if (first === undefined) process.nextTick(done, notFound(host), "");
  else if (all) process.nextTick(done, null, addresses);
  else process.nextTick(done, null, first.address, first.family);
}

function familyOf(family: number | "IPv4" | "IPv6" | undefined): 4 | 6 | undefined {
  if (family === 4 || family === "IPv4") return 4;
  return family === 6 || family === "IPv6" ? 6 : undefined;
}

function notFound(hostname: string, cause?: unknown): NodeJS.ErrnoException {
  const error = new Error(`getaddrinfo ENOTFOUND ${hostname}`, { cause });
  return Object.assign(error, { code: "ENOTFOUND", errno: UNKNOWN_NAME, syscall: "getaddrinfo", hostname });
}
