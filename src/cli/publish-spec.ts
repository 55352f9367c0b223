import type { CommandSpec } from "./command-spec.ts";
import { PUBLISH_ELSEWHERE } from "./options-elsewhere.ts";
import { INFORMATION_OPTIONS, NETWORK_OPTIONS, OUTPUT_OPTIONS, SPELLING, STATUSES, VERBOSE } from "./shared-options.ts";

export const PUBLISH: CommandSpec = {
  name: "mdns-publish",
  summary: "publish services on the local network until interrupted",
  synopsis: [
    "NAME TYPE PORT [KEY=VALUE | KEY]... [OPTION]... [--and NAME TYPE PORT ...]",
    "--host HOST --address ADDRESS... [OPTION]...",
    "--file FILE [OPTION]...",
  ],
  description: [
    "Publishes a service NAME of TYPE (such as _http._tcp) on PORT, and says which name it got: if NAME is taken on the " +
      "network, a number is added. On SIGINT or SIGTERM the service is withdrawn and the command ends.",
    "--host sets the name of this host; with --address it is another host, which is published too. A HOST with " +
      "addresses but without NAME publishes only the addresses.",
    "--and starts another service; --host, --address, --subtype, --priority and --weight belong to the service they " +
      "stand with.",
    "FILE holds a JSON array of services: objects with name, type, port and, as wanted, txt (an object, as mdns-browse " +
      "--json prints it), subtypes, host, addresses, priority and weight; host and addresses alone publish a host. On SIGHUP it is read again: new services are published, missing ones withdrawn, " +
      "changed ones updated; with anything wrong in it all stays as it was.",
    "With --stdin each line read is a JSON object that changes a published service: txt, port and name, as wanted, and " +
      "service (the name it has now) where there are several. The services stay when the input ends.",
  ],
  options: [
    { name: "and", multiple: true, summary: "Publish another service, which follows" },
    {
      name: "host",
      short: "H",
      value: "HOST",
      summary: "Name of this host, or with --address of another one, without .local",
    },
    {
      name: "address",
      value: "ADDRESS",
      multiple: true,
      summary: "Address of HOST, which is another host then; repeatable",
    },
    {
      name: "subtype",
      value: "SUBTYPE",
      multiple: true,
      summary: "Also list it under this subtype, such as _printer; repeatable",
    },
    { name: "priority", value: "N", summary: "SRV priority, 0 to 65535; default 0" },
    { name: "weight", value: "N", summary: "SRV weight, 0 to 65535; default 0" },
    {
      name: "file",
      short: "f",
      value: "FILE",
      completes: "file",
      summary: "Publish the services in this JSON file; SIGHUP reads it again",
    },
    { name: "stdin", summary: "Read changes from standard input, one JSON object a line" },
    ...NETWORK_OPTIONS,
    ...OUTPUT_OPTIONS,
    { name: "quiet", short: "q", summary: "Do not say which name was got, nor anything on stderr but failures" },
    VERBOSE,
    ...INFORMATION_OPTIONS,
  ],
  elsewhere: PUBLISH_ELSEWHERE,
  spelling: {
    ...SPELLING,
    name: { name: "NAME" },
    type: { name: "TYPE" },
    port: { name: "PORT" },
    txt: { name: "KEY=VALUE" },
    hostName: { name: "--host" },
    host: { name: "--host" },
    addresses: { name: "--address" },
    subtype: { name: "--subtype" },
    subtypes: { name: "--subtype" },
  },
  statuses: STATUSES.filter(([status]) => status !== "1"),
  examples: [
    ["mdns-publish 'My Site' _http._tcp 8080 path=/", "a web server on this host"],
    ["mdns-publish Scanner _ipp._tcp 631 --and Scanner _uscan._tcp 80", "two services of one device"],
    ["mdns-publish Lamp _lamp._udp 9000 state=off --stdin", 'changed by lines such as {"txt":{"state":"on"}}'],
    ["mdns-publish NAS _smb._tcp 445 --host nas --address 192.0.2.7", "a service of another host"],
  ],
};
