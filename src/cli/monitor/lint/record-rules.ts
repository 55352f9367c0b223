import { recordKey } from "../../../mdns/wire/index.ts";
import { isLegacy, isMulticast, type ReadablePacket, recordsOf } from "../packet.ts";
import { EARLY } from "./history.ts";
import { isShared, isUnique, recommendedTtls } from "./record-nature.ts";
import { blameRecords, type Rule } from "./rule.ts";

const MULTICAST_INTERVAL = 1_000; // ms
const PROBE_DEFENCE_INTERVAL = 250;
const LEGACY_TTL = 10; // seconds
const LONGEST_TTL = 0x7fffffff;

/** Lifetimes, cache-flush bits, and how often a record is sent. */
export const RECORD_RULES: readonly Rule[] = [
  {
    section: "RFC 6762 §10",
    level: "should",
    title: "a TTL other than recommended",
    check: (packet) => {
      if (!isMulticastDnsResponse(packet)) return undefined;
      const odd = recordsOf(packet).filter(
        (record) => record.ttl !== 0 && !recommendedTtls(record).includes(record.ttl),
      );
      const [first] = odd;
      return first && `${blameRecords(odd)}, ${first.ttl} s instead of ${recommendedTtls(first).join(" or ")} s`;
    },
  },
  {
    section: "RFC 2181 §8",
    level: "must",
    title: "a TTL of more than 31 bits",
    check: (packet) => blameRecords(recordsOf(packet).filter(({ ttl }) => ttl > LONGEST_TTL)),
  },
  {
    section: "RFC 2181 §5",
    level: "should",
    title: "a record twice in one message",
    check: (packet) => {
      const seen = new Set<string>();
      return blameRecords(
        recordsOf(packet).filter((record) => {
          const size = seen.size;
          return seen.add(recordKey(record)).size === size;
        }),
      );
    },
  },
  {
    section: "RFC 6762 §10.2",
    level: "must",
    title: "the cache-flush bit on a shared record",
    check: (packet) => blameRecords(recordsOf(packet).filter((record) => record.flush && isShared(record))),
  },
  {
    section: "RFC 6762 §10.2",
    level: "must",
    title: "no cache-flush bit on a unique record",
    check: (packet) => {
      if (!isMulticastDnsResponse(packet)) return undefined;
      return blameRecords(recordsOf(packet).filter((record) => !record.flush && record.ttl > 0 && isUnique(record)));
    },
  },
  {
    section: "RFC 6762 §10.2",
    level: "must",
    title: "the cache-flush bit in a query or a legacy reply",
    check: (packet) =>
      isMulticastDnsResponse(packet) ? undefined : blameRecords(recordsOf(packet).filter(({ flush }) => flush)),
  },
  {
    section: "RFC 6762 §6.7",
    level: "should",
    title: "a TTL of more than 10 s in a legacy reply",
    check: (packet) =>
      packet.kind === "legacy reply"
        ? blameRecords(recordsOf(packet).filter(({ ttl }) => ttl > LEGACY_TTL))
        : undefined,
  },
  {
    section: "RFC 6762 §7.1",
    level: "should",
    title: "a known answer that is past half of its life",
    check: ({ message: { response, answers } }, history) =>
      response
        ? undefined
        : blameRecords(answers.filter((record) => record.ttl + 1 < (history.lifetime(record) ?? 0) / 2)),
  },
  {
    section: "RFC 6762 §6",
    level: "must",
    title: "a record again within a second",
    bySender: true,
    check: (packet, history) => {
      if (!isMulticastDnsResponse(packet) || !isMulticast(packet)) return undefined;
      const early = recordsOf(packet).filter((record) => {
        const interval = history.isProbed(packet, record) ? PROBE_DEFENCE_INTERVAL : MULTICAST_INTERVAL;
        return (history.sinceSent(packet, record) ?? interval) < interval - EARLY;
      });
      const [first] = early;
      return first && `${blameRecords(early)}, after ${Math.round(history.sinceSent(packet, first) ?? 0)} ms`;
    },
  },
];

function isMulticastDnsResponse(packet: ReadablePacket): boolean {
  return packet.message.response && !isLegacy(packet);
}
