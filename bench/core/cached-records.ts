// npx tsx bench/core/cached-records.ts
// What a packet costs a core that holds 10 records against one that holds 10,000, in one run, interleaved.
import { Core } from "../../src/mdns/core/core.ts";
import { HostState } from "../../src/mdns/core/host-state.ts";
import { encodeMessage } from "../../src/mdns/wire/encode.ts";
import { Name } from "../../src/mdns/wire/name.ts";
import type { ResourceRecord } from "../../src/mdns/wire/record.ts";
import { CLASS } from "../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../src/mdns/wire/record-type.ts";
import { report, table, verdict } from "../results.ts";
import { median, pairedRatio } from "../statistics.ts";

const HELD = [10, 10_000] as const;
const ROUNDS = 15;
const BOUND = 1.2;
const PACKETS = 4_000;
const TYPE_NAME = Name.parse("_http._tcp.local");

function service(index: number, port: number): ResourceRecord[] {
  const name = TYPE_NAME.child(`Service ${index}`);
  const base = { class: CLASS.IN, ttl: 4_500 };
  return [
    { ...base, name: TYPE_NAME, type: TYPE.PTR, flush: false, data: { kind: "name", target: name } },
    {
      ...base,
      name,
      type: TYPE.SRV,
      flush: true,
      data: { kind: "srv", priority: 0, weight: 0, port, target: Name.parse("peer.local") },
    },
  ];
}

const packet = (answers: ResourceRecord[]): Uint8Array =>
  encodeMessage({ response: true, authoritative: true, answers });

function coreHolding(records: number): { core: Core; receive: (bytes: Uint8Array, now: number) => void } {
  const core = new Core({ families: ["ipv4"], random: () => 0.5, host: new HostState(), unicast: true }, 0);
  core.ask({ name: TYPE_NAME, type: TYPE.PTR, class: CLASS.IN, unicast: false }, 0);
  const receive = (bytes: Uint8Array, now: number): void => {
    const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
    core.receive({ bytes, source, to: "group", onLink: true, fromThisHost: false }, now);
    core.takeOutputs();
  };
  for (let index = 0; index < records / 2; index++) receive(packet(service(index, 80)), 0);
  return { core, receive };
}

// Each packet refreshes one service that is held already, so nothing grows while it is timed.
const packets = Array.from({ length: 5 }, (_, index) => packet(service(index, 80)));
const cores = HELD.map(coreHolding);
const costs: number[][] = HELD.map(() => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [index, { receive }] of cores.entries()) {
    const start = process.cpuUsage();
    for (let sent = 0; sent < PACKETS; sent++) receive(packets[sent % packets.length] as Uint8Array, 1_000 + round);
    const { user, system } = process.cpuUsage(start);
    costs[index]?.push((user + system) / PACKETS);
  }
}
const ratio = pairedRatio(costs[1] ?? [], costs[0] ?? []);
report("Ingest: a packet into a cache that is small or large", "npx tsx bench/core/cached-records.ts", [
  `The core alone takes a packet that refreshes two records which it holds, and looks after one question; median of ${ROUNDS} rounds`,
  "in which both take turns.",
  "",
  ...table(
    ["records held", "µs of CPU a packet"],
    HELD.map((held, index) => [String(held), median(costs[index] ?? []).toFixed(2)]),
  ),
  "",
  `- 10,000 records held against 10, paired: ${verdict(ratio, BOUND)}`,
]);
