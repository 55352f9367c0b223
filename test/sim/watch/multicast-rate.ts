import type { Family } from "../../../src/mdns/core/datagram.ts";
import { TIMING } from "../../../src/mdns/core/timing.ts";
import type { Link } from "../../../src/mdns/link/link.ts";
import { recordKey } from "../../../src/mdns/wire/record-key.ts";
import { describeRecord, readMessage } from "../describe-message.ts";
import { familyOf } from "../frame.ts";
import type { Packet } from "../packet-log.ts";
import { SimInterface } from "../sim-interface.ts";
import type { SimLan } from "../sim-lan.ts";

const EXACT = 1e-6; // what sums of fractions of a millisecond may differ by

/** When a record was last multicast, and when a probe for a name was last heard, on one link and family. */
interface Past {
  readonly multicast: Map<string, number>;
  readonly probed: Map<string, number>;
}

/**
 * No record is multicast twice within a second on one interface and family, or 250 ms in defence against a probe.
 * Goodbyes are free. RFC 6762 §6, A-30 to A-32
 */
export function watchMulticastRate(lan: SimLan): void {
  const pasts = new WeakMap<Link, Record<Family, Past>>();
  const pastOf = (at: SimInterface, family: Family): Past | undefined => {
    if (at.link === undefined) return undefined;
    let past = pasts.get(at.link);
    if (past === undefined) {
      past = { ipv4: noPast(), ipv6: noPast() };
      pasts.set(at.link, past);
    }
    return past[family];
  };
  lan.onHeard((at, frame) => {
    const message = readMessage(frame.bytes);
    if (message === undefined || message.response || message.authorities.length === 0) return;
    const past = pastOf(at, familyOf(frame));
    for (const { name } of message.questions) past?.probed.set(name.key, lan.clock.now());
  });
  lan.log.watch((packet) => {
    const { from, frame } = packet;
    if (!(from instanceof SimInterface) || frame.destination !== "group") return;
    const past = pastOf(from, familyOf(frame));
    if (past !== undefined) for (const fault of tooSoon(packet, past)) lan.violate(`${fault}: ${packet}`);
  });
}

function tooSoon({ message, time }: Packet, past: Past): readonly string[] {
  if (!message?.response) return [];
  const faults: string[] = [];
  for (const record of [...message.answers, ...message.additionals]) {
    if (record.ttl === 0) continue;
    const key = recordKey(record);
    const since = time - (past.multicast.get(key) ?? Number.NEGATIVE_INFINITY) + EXACT;
    past.multicast.set(key, time);
    if (since >= TIMING.multicastInterval) continue;
    const probed = time - (past.probed.get(record.name.key) ?? Number.NEGATIVE_INFINITY) - EXACT;
    const defence = probed <= TIMING.probeDefenceInterval && since >= TIMING.probeDefenceInterval;
    if (!defence) faults.push(`${describeRecord(record)} again after ${since.toFixed(1)} ms (A-30)`);
  }
  return faults;
}

function noPast(): Past {
  return { multicast: new Map(), probed: new Map() };
}
