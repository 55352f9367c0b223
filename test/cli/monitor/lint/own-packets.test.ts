import { expect, test } from "vitest";
import { History } from "../../../../src/cli/monitor/lint/history.ts";
import { lint } from "../../../../src/cli/monitor/lint/lint.ts";
import { MDNS_PORT, type Packet, readPacket } from "../../../../src/cli/monitor/packet.ts";
import { MdnsRun } from "../../../sim/mdns-run.ts";
import type { Packet as SimPacket } from "../../../sim/packet-log.ts";
import { reporting, seeds } from "../../../sim/replay.ts";

const HEADERS = 28; // bytes, of IP and UDP

/** An interface that came back asks anew, and so does whoever doubts a record (RFC 6762 §8, §10.4). */
const ASKED_AGAIN = "a question again within a second";

function sighting({ time, segment, frame: { source, destination, bytes } }: SimPacket): Packet {
  const to = destination === "group" ? undefined : destination;
  return readPacket({
    at: time,
    interface: segment.name,
    source: source.address,
    sourcePort: source.port,
    destination: to?.address,
    destinationPort: to?.port ?? MDNS_PORT,
    ttl: undefined,
    ipSize: bytes.length + HEADERS,
    payload: bytes,
  });
}

test.each(seeds(20))("seed %i: whatever trouble there is, no packet of ours breaks a rule", async (seed) => {
  const run = new MdnsRun(seed);
  const history = new History();
  const found: string[] = [];
  run.lan.log.watch((packet) => {
    for (const { rule, blame } of lint(sighting(packet), history)) {
      if (rule.title !== ASKED_AGAIN) found.push(`${packet.time} ${rule.section}: ${rule.title}: ${blame}`);
    }
  });
  await reporting(run.lan, async () => {
    await run.trouble();
    await run.recover();
    await run.lan.runAsync(30_000);
    await run.close();
    expect(run.lan.log.total).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });
});
