import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { describeRecord } from "../../sim/describe-message.ts";
import { familyOf, MDNS_PORT } from "../../sim/frame.ts";
import type { Packet } from "../../sim/packet-log.ts";
import type { SimHost } from "../../sim/sim-host.ts";
import { SimInterface } from "../../sim/sim-interface.ts";
import type { SimLan } from "../../sim/sim-lan.ts";
import { identity, type Model } from "./model.ts";
import { TTLS } from "./universe.ts";

/** What one host gives to one receiver in one moment. */
interface Given {
  readonly host: SimHost;
  readonly packet: Packet;
  /** What it had when it began. */
  readonly held: ReadonlyMap<string, OwnRecord>;
  readonly sets: Map<string, Set<string>>;
}

/**
 * Holds every response against what its sender has: nothing but that; goodbyes only for what it has not; the flush bit on
 * all unique records and no others, and on whole sets only; a denial of nothing that there is.
 * RFC 6762 §6, §6.1, §10.1, §10.2
 */
export function watchGivenRecords(lan: SimLan, model: Model): void {
  const open = new Map<string, Given>();
  const close = (): void => {
    for (const given of open.values()) for (const fault of partsOf(given, model)) lan.violate(fault);
    open.clear();
  };
  lan.log.watch((packet) => {
    const { from, frame, message } = packet;
    if (!(from instanceof SimInterface) || !message?.response) return;
    const { destination } = frame;
    const to = destination === "group" ? "group" : `${destination.address} ${destination.port}`;
    const isLegacy = destination !== "group" && destination.port !== MDNS_PORT;
    for (const fault of faultsOf(message, from.host, model, isLegacy)) lan.violate(`${fault}: ${packet}`);
    if (isLegacy) return;
    const key = `${from.label} ${familyOf(frame)} ${to}`;
    if (open.size === 0) lan.clock.at(lan.clock.now(), close);
    const given = open.get(key) ?? {
      host: from.host,
      packet,
      held: model.recordsOf(from.host, "announced"),
      sets: new Map(),
    };
    open.set(key, given);
    for (const record of recordsIn(message)) {
      if (!record.flush || record.ttl === 0 || record.type === TYPE.NSEC) continue;
      const set = setOf(record);
      given.sets.set(set, (given.sets.get(set) ?? new Set()).add(identity(record)));
    }
  });
}

function faultsOf(message: Message, host: SimHost, model: Model, isLegacy: boolean): readonly string[] {
  const all = model.recordsOf(host, "all");
  const won = model.recordsOf(host, "announced");
  return recordsIn(message).flatMap((record) => {
    if (record.type === TYPE.NSEC) return denialFaults(record, host, model);
    const own = all.get(identity(record));
    if (record.ttl === 0)
      return !won.has(identity(record)) ? [] : [`goodbye for ${describeRecord(record)}, which it has`];
    if (own === undefined) return [`${describeRecord(record)}, which it has not`];
    const flushed = own.ownership !== "shared" && !isLegacy;
    const isLifetime = isLegacy ? record.ttl <= 10 : TTLS.some((ttl) => ttl === record.ttl); // of two claims of a record the first has the say
    return [
      ...(flushed === record.flush ? [] : [`${describeRecord(record)} with the wrong flush bit`]),
      ...(isLifetime ? [] : [`${describeRecord(record)} has another lifetime`]),
    ];
  });
}

function denialFaults(record: ResourceRecord, host: SimHost, model: Model): readonly string[] {
  const { data, name } = record;
  if (data.kind !== "nsec") return [];
  const types = (which: "all" | "announced"): number[] =>
    [...model.recordsOf(host, which).values()]
      .filter((own) => own.record.name.equals(name))
      .map((own) => own.record.type);
  const denied = types("announced").filter((type) => !data.types.includes(type));
  const invented = data.types.filter((type) => !types("all").includes(type));
  return [
    ...(denied.length > 0 ? [`${describeRecord(record)} denies type ${denied}`] : []),
    ...(invented.length > 0 ? [`${describeRecord(record)} says that there is type ${invented}`] : []),
  ];
}

function partsOf({ host, packet, held, sets }: Given, model: Model): readonly string[] {
  return [...sets].flatMap(([set, given]) => {
    const whole = [...model.recordsOf(host, "announced")].filter(([, own]) => setOf(own.record) === set);
    const missing = whole.flatMap(([key, own]) =>
      own.ownership !== "shared" && held.has(key) && !given.has(key) ? [key] : [],
    );
    return missing.length > 0 ? [`${set} is flushed without ${missing.join(", ")}: ${packet}`] : [];
  });
}

function setOf({ name, type }: ResourceRecord): string {
  return `${name} ${type}`;
}

function recordsIn({ answers, additionals }: Message): readonly ResourceRecord[] {
  return [...answers, ...additionals].filter(({ type }) => type !== TYPE.OPT);
}
