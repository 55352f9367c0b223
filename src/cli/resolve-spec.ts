import type { CommandSpec } from "./command-spec.ts";
import { RESOLVE_ELSEWHERE } from "./options-elsewhere.ts";
import {
  INFORMATION_OPTIONS,
  NETWORK_OPTIONS,
  OUTPUT_OPTIONS,
  QUIET,
  SPELLING,
  STATUSES,
  VERBOSE,
} from "./shared-options.ts";

export const RESOLVE: CommandSpec = {
  name: "mdns-resolve",
  summary: "look up hosts, addresses, services and records by multicast",
  synopsis: ["NAME... [OPTION]..."],
  description: [
    "NAME is a host (printer.local), an IP address, whose host name is looked up, or a service instance " +
      "('Office Printer._ipp._tcp.local'). A NAME without a dot is a host: printer is printer.local. With --type any NAME " +
      "is asked for records of that type, an address under its name in the reverse mapping.",
    "Each result is one line: the name asked for, a tab, and what was found. The status is 0 only if every NAME was found.",
  ],
  options: [
    { name: "ipv4", short: "4", summary: "Only IPv4 addresses" },
    { name: "ipv6", short: "6", summary: "Only IPv6 addresses" },
    { name: "type", value: "RRTYPE", summary: "Ask for records of this type, such as SRV, TXT, PTR, NSEC or 65" },
    { name: "timeout", value: "TIME", summary: "Wait no longer than this: 500ms, 5s; default 2s" },
    ...NETWORK_OPTIONS,
    ...OUTPUT_OPTIONS,
    VERBOSE,
    QUIET,
    ...INFORMATION_OPTIONS,
  ],
  elsewhere: RESOLVE_ELSEWHERE,
  spelling: {
    ...SPELLING,
    host: { name: "NAME" },
    address: { name: "NAME" },
    name: { name: "NAME" },
    type: { name: "--type" },
  },
  statuses: STATUSES,
  examples: [
    ["mdns-resolve printer.local", "its addresses"],
    ["mdns-resolve -4 printer.local nas.local", "IPv4 addresses of two hosts"],
    ["mdns-resolve 192.0.2.7", "the name of the host with this address"],
    ["mdns-resolve --type TXT 'Office Printer._ipp._tcp.local'", "one kind of record"],
  ],
};
