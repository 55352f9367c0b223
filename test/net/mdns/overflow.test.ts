import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import type { MdnsDiagnostic } from "../../../src/mdns/diagnostics.ts";
import { Mdns } from "../../../src/mdns/mdns.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { LOOPBACK, uniqueType } from "./program.ts";

const PACKETS = 20 * Math.ceil(LIMITS.cacheRecords / 50); // many may be lost

/** Fifty instances that no other packet has. */
function packet(type: Name, index: number): Uint8Array {
  const answers = Array.from({ length: 50 }, (_, instance): ResourceRecord => {
    const target = type.child(`${index}-${instance}`);
    return { name: type, type: TYPE.PTR, class: CLASS.IN, flush: false, ttl: 4_500, data: { kind: "name", target } };
  });
  return encodeMessage({ response: true, authoritative: true, answers });
}

test("that the cache of an interface is full is told once, and counted (C-22, S-11)", async () => {
  const mdns = new Mdns({ interfaces: LOOPBACK });
  onTestFinished(() => mdns.close());
  const told: MdnsDiagnostic[] = [];
  mdns.on("diagnostic", (event) => event.kind === "overflow" && told.push(event));
  await mdns.ready;
  const type = Name.parse(`${uniqueType()}.local`);
  mdns.query(type.toString(), "PTR");
  const sender = createSocket({ type: "udp4", reuseAddr: true });
  onTestFinished(() => void sender.close());
  sender.bind(5353, "127.0.0.1");
  await once(sender, "listening");
  sender.setMulticastInterface("127.0.0.1");
  sender.setMulticastTTL(255);
  const refused = (): number => mdns.counters.links.reduce((sum, { cache }) => sum + cache.refused, 0);
  for (let index = 0; index < PACKETS && refused() === 0; index++) {
    sender.send(packet(type, index), 5353, "224.0.0.251");
    if (index % 10 === 9) await setTimeout(2);
  }
  expect(refused()).toBeGreaterThan(0);
  const what = `cached records on ${LOOPBACK}`;
  expect(told.filter((event) => event.kind === "overflow" && event.what === what)).toEqual([
    { kind: "overflow", what, limit: LIMITS.cacheRecords },
  ]);
});
