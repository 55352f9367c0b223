import type { CommandSpec } from "./command-spec.ts";

type Elsewhere = NonNullable<CommandSpec["elsewhere"]>;

const ONLY_LOCAL = "multicast serves only the domain local";
const NO_DAEMON = "there is no daemon to wait for: leave it out";
const OPERANDS = "NAME TYPE PORT KEY=VALUE... stand without options";

/** What Apple's command has an option for: all of it. */
const DNS_SD: Elsewhere = {
  "-B": "mdns-browse TYPE shows services",
  "-L": "mdns-resolve NAME.TYPE.local looks up a service",
  "-R": "mdns-publish NAME TYPE PORT publishes a service",
  "-P": "mdns-publish NAME TYPE PORT --host HOST --address ADDRESS publishes one of another host",
  "-G": "mdns-resolve HOST.local looks up addresses",
  "-Q": "mdns-resolve --type RRTYPE NAME asks for records",
  "-E": ONLY_LOCAL,
  "-F": ONLY_LOCAL,
};

/** What those used to avahi-browse or dns-sd type. */
export const BROWSE_ELSEWHERE: Elsewhere = {
  ...DNS_SD,
  ...both("-b", "--dump-db", "--types lists the types on the network"),
  ...both("-c", "--cache", "without a daemon there is no cache to show; -t ends when nothing new comes"),
  ...both("-D", "--browse-domains", ONLY_LOCAL),
  ...both("-f", "--no-fail", NO_DAEMON),
};

/** What those used to avahi-publish or dns-sd type, or to libraries whose options have these names. */
export const PUBLISH_ELSEWHERE: Elsewhere = {
  ...DNS_SD,
  ...both("-s", "--service", "a service needs no option: NAME TYPE PORT"),
  "-a": "--host HOST --address ADDRESS publishes a host",
  ...both("-d", "--domain", ONLY_LOCAL),
  "--no-fail": NO_DAEMON,
  "--no-reverse": "only this host's own addresses lead back to a name: leave it out",
  "--name": OPERANDS,
  "--type": OPERANDS,
  "--port": OPERANDS,
  "--txt": OPERANDS,
};

/** What those used to avahi-resolve, dns-sd, dig or host type. */
export const RESOLVE_ELSEWHERE: Elsewhere = {
  ...DNS_SD,
  ...both("-n", "--name", "a host name needs no option"),
  ...both("-a", "--address", "an address needs no option"),
  "-x": "an address needs no option",
  "-t": "--type RRTYPE asks for records",
};

function both(short: string, long: string, here: string): Elsewhere {
  return { [short]: here, [long]: here };
}
