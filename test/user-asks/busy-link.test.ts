import { expect, test } from "vitest";
import { Name } from "../../src/mdns/wire/name.ts";
import type { RecordData, ResourceRecord } from "../../src/mdns/wire/record.ts";
import { CLASS } from "../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../src/mdns/wire/record-type.ts";
import { HTTP, journal, SimMdns } from "../mdns/dnssd/sim-mdns.ts";

const PER_SECOND = 50;
const NEIGHBOURS = 20;

function record(name: string, type: number, data: RecordData, ttl = 120): ResourceRecord {
  return { name: Name.parse(name), type, class: CLASS.IN, flush: type !== TYPE.PTR, ttl, data };
}

/** A neighbour that repeats its announcement, of the type browsed or of one that nobody asks for. */
function announcement(number: number, type: string): readonly ResourceRecord[] {
  const [instance, host] = [`Device ${number}.${type}.local`, `device${number}.local`];
  return [
    record(`${type}.local`, TYPE.PTR, { kind: "name", target: Name.parse(instance) }, 4_500),
    record(instance, TYPE.SRV, { kind: "srv", priority: 0, weight: 0, port: 80, target: Name.parse(host) }),
    record(instance, TYPE.TXT, { kind: "txt", strings: [] }, 4_500),
    record(host, TYPE.A, { kind: "address", address: `10.77.100.${number}` }),
  ];
}

test("12 minutes of 50 packets a second, own multicast never heard: what is held stays what it was (N-05)", {
  timeout: 120_000,
}, async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha"); // a host on the virtual LAN never hears itself
  await sim.publish(mdns);
  const lines = journal(mdns.browse(HTTP));
  const peer = sim.lan.peer("neighbours", sim.segment);
  const question = { name: Name.parse(`${HTTP}.local`), type: TYPE.PTR, class: CLASS.IN, unicast: false };

  async function minutes(count: number): Promise<unknown> {
    for (let packet = 0; packet < count * 60 * PER_SECOND; packet++) {
      if (packet % PER_SECOND === 0) peer.send({ questions: [question] });
      else {
        const answers = announcement(packet % NEIGHBOURS, packet % 3 === 0 ? "_other._tcp" : HTTP);
        peer.send({ response: true, authoritative: true, answers });
      }
      await sim.run(1_000 / PER_SECOND);
    }
    peer.heard.length = 0;
    const [{ cache, questions, claims, responder } = expect.fail("no link")] = mdns.counters.links;
    return { cache, questions, claims, waiting: responder.truncatedQueries, timers: sim.lan.clock.pending };
  }

  const held = await minutes(2);
  expect(held).toMatchObject({ cache: { refused: 0, evicted: 0 }, claims: 2, waiting: 0 });
  for (let round = 0; round < 5; round++) expect(await minutes(2)).toEqual(held);
  expect(lines.filter((line) => !line.startsWith("up "))).toEqual([]);
  await mdns.close();
});
