import type { CommandSpec } from "./command-spec.ts";
import { INFORMATION_OPTIONS, NETWORK_OPTIONS, OUTPUT_OPTIONS, QUIET, SPELLING, STATUSES } from "./shared-options.ts";

export const MONITOR: CommandSpec = {
  name: "mdns-monitor",
  summary: "show every multicast DNS packet, and which rules it breaks",
  synopsis: ["[OPTION]...", "--read FILE [OPTION]..."],
  description: [
    "Shows the packets on the local network, or those in a capture, one line each: time, interface, sender, kind and " +
      "content. Below a packet stands each rule that it breaks, with the section that has it: ! for what the section " +
      "says MUST be, ? for what it says SHOULD be. At the end come counters by sender, kind and rule; SIGUSR1 prints " +
      "them meanwhile.",
    "Nothing is sent. Heard is what is sent to the groups 224.0.0.251 and ff02::fb; unicast and the IP TTL can only be " +
      "seen in a capture, as made by: tcpdump -w FILE udp port 5353.",
    "FILE is a pcap or pcapng capture, - is standard input. Fragments are counted, not put together.",
    "Programs that share an address look like one sender, so that two of one host may seem to repeat something too early. " +
      "A sender is taken to be too early only when it is more than 100 ms early.",
  ],
  options: [
    { name: "read", short: "r", value: "FILE", completes: "file", summary: "Show the packets of this capture" },
    { name: "tree", short: "v", summary: "Show all that a packet holds, a line for each question and record" },
    { name: "faults", summary: "Show only packets that break a rule" },
    { name: "summary", short: "s", summary: "Show only the counters at the end" },
    { name: "timeout", value: "TIME", summary: "End after this time: 500ms, 5s, 2m; a plain number is seconds" },
    { name: "quiet-for", value: "TIME", summary: "End when no packet has been shown for this time" },
    { name: "count", value: "N", summary: "End when N packets have been shown" },
    ...NETWORK_OPTIONS,
    { name: "ipv4", short: "4", summary: "Only IPv4" },
    { name: "ipv6", short: "6", summary: "Only IPv6" },
    ...OUTPUT_OPTIONS,
    QUIET,
    ...INFORMATION_OPTIONS,
  ],
  spelling: SPELLING,
  statuses: STATUSES.map(([status, meaning]) => [
    status,
    status === "3" ? "the network or the system refused, or the capture is damaged" : meaning,
  ]),
  examples: [
    ["mdns-monitor -i eth0", "what is said on one link, until Ctrl-C"],
    ["mdns-monitor --faults --timeout 1m", "who breaks which rule within a minute"],
    ["mdns-monitor --read capture.pcapng --tree", "everything in a capture"],
    ["mdns-monitor --read - --json", "the capture on standard input, as JSON"],
  ],
};
