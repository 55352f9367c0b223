import type { CommandSpec } from "./command-spec.ts";
import { BROWSE_ELSEWHERE } from "./options-elsewhere.ts";
import { INFORMATION_OPTIONS, NETWORK_OPTIONS, OUTPUT_OPTIONS, QUIET, SPELLING, STATUSES } from "./shared-options.ts";
import { TYPE_NAMES } from "./type-names.ts";

export const BROWSE: CommandSpec = {
  name: "mdns-browse",
  summary: "show the services on the local network as they come and go",
  synopsis: ["[TYPE] [OPTION]...", "--types [OPTION]..."],
  description: [
    "Shows the services of TYPE (such as _http._tcp, or _printer._sub._http._tcp for a subtype), or of all types. " +
      "Each line is one service, resolved: + came, = changed, - left.",
    "On a terminal, without an end and without a format, it is a live screen: what is here now, what just came or left, " +
      "for how long and how much longer. Arrow keys move, Enter shows details, / filters, q quits. --no-live, a pipe, " +
      "any end, --verbose or --per-interface gives lines.",
    "It goes on until interrupted. An end can be set in four ways, and the first one reached counts: --timeout, " +
      "--quiet-for, --count and --terminate. With an end set, finding nothing gives status 1.",
    "--terminate ends when nothing new has come for 2 seconds, and after 10 seconds at the latest.",
    "The letters of avahi-browse mean the same here, and --parsable prints its format: one line for each interface and " +
      "IP version. Names of well-known types are put in words there unless -k is given.",
  ],
  options: [
    { name: "all", short: "a", summary: "Show all types; the same as no TYPE" },
    { name: "types", summary: "List the service types, not the services" },
    { name: "subtype", value: "SUBTYPE", summary: "Show only instances with this subtype, such as _printer" },
    { name: "resolve", short: "r", summary: "With --parsable, print the = lines too; otherwise always on" },
    { name: "terminate", short: "t", summary: "End when nothing new has come for 2 s, after 10 s at the latest" },
    { name: "timeout", value: "TIME", summary: "End after this time: 500ms, 5s, 2m; a plain number is seconds" },
    { name: "quiet-for", value: "TIME", summary: "End when nothing has changed for this time" },
    { name: "count", value: "N", summary: "End when N services have been found" },
    { name: "parsable", short: "p", summary: "Print in avahi-browse's format" },
    { name: "no-live", summary: "On a terminal, print lines instead of the live screen" },
    { name: "per-interface", summary: "Report a service once for each interface it is seen on" },
    {
      name: "domain",
      short: "d",
      value: "DOMAIN",
      summary: "Browse in this domain; only local is served by multicast",
    },
    { name: "ignore-local", short: "l", summary: "Leave out the services of this host" },
    { name: "no-db-lookup", short: "k", summary: "With --parsable, print types as they are" },
    ...NETWORK_OPTIONS,
    { name: "ipv4", short: "4", summary: "Ask over IPv4 only and show only IPv4 addresses" },
    { name: "ipv6", short: "6", summary: "Ask over IPv6 only and show only IPv6 addresses" },
    ...OUTPUT_OPTIONS,
    { name: "verbose", short: "v", summary: "Say more: values that are no text in hexadecimal, notes on stderr" },
    QUIET,
    ...INFORMATION_OPTIONS,
  ],
  elsewhere: BROWSE_ELSEWHERE,
  spelling: { ...SPELLING, type: { name: "TYPE" }, subtype: { name: "--subtype" } },
  operands: [...TYPE_NAMES.keys()],
  statuses: STATUSES,
  examples: [
    ["mdns-browse", "everything on the network, until Ctrl-C"],
    ["mdns-browse _ipp._tcp --terminate", "the printers there are now"],
    ["mdns-browse _http._tcp --json --count 1 --timeout 5s", "the first web server within five seconds, as JSON"],
    ["mdns-browse -arpt", "what avahi-browse -arpt prints"],
  ],
};
