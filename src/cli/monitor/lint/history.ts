import { type Question, type ResourceRecord, recordKey } from "../../../mdns/wire/index.ts";
import { isMulticast, type ReadablePacket, recordsOf, type Sighting } from "../packet.ts";
import { Recent } from "./recent.ts";

/** Questions, records and probed names that are remembered, each. */
const MOST_REMEMBERED = 10_000;

/** Milliseconds that a sender may seem early, as packets are seen later than they were sent, and not equally so. */
export const EARLY = 100;

/** How long a probe justifies that its answer is repeated earlier, in milliseconds. */
const PROBE_REMEMBERED = 1_000;

/** What was seen on the links so far, for the rules about repeating. A host is its address on an interface. */
export class History {
  readonly #asked: Recent<number>;
  readonly #sent: Recent<number>;
  readonly #lifetimes: Recent<number>;
  readonly #probed: Recent<number>;

  /** @param limit - things of each kind that are remembered */
  constructor(limit: number = MOST_REMEMBERED) {
    this.#asked = new Recent(limit);
    this.#sent = new Recent(limit);
    this.#lifetimes = new Recent(limit);
    this.#probed = new Recent(limit);
  }

  /** How much was forgotten; what is judged by it may be missed. */
  get forgotten(): number {
    return this.#asked.forgotten + this.#sent.forgotten + this.#lifetimes.forgotten + this.#probed.forgotten;
  }

  /** Milliseconds since the same host asked the same; `undefined` if that is not known. */
  sinceAsked(packet: ReadablePacket, question: Question): number | undefined {
    return elapsed(this.#asked.get(askKey(packet, question)), packet.at);
  }

  /** Milliseconds since the same host multicast the same record; `undefined` if that is not known. */
  sinceSent(packet: ReadablePacket, record: ResourceRecord): number | undefined {
    return elapsed(this.#sent.get(sendKey(packet, record)), packet.at);
  }

  /** Whether somebody has just probed for the name of a record. */
  isProbed(packet: ReadablePacket, { name }: ResourceRecord): boolean {
    const since = elapsed(this.#probed.get(`${packet.interface} ${name.key}`), packet.at);
    return since !== undefined && since < PROBE_REMEMBERED;
  }

  /** The lifetime that a record last had in a response, in seconds. */
  lifetime(record: ResourceRecord): number | undefined {
    return this.#lifetimes.get(recordKey(record));
  }

  add(packet: ReadablePacket): void {
    const { at, message, kind } = packet;
    if (at === undefined) return;
    if (kind === "query" || kind === "probe") {
      for (const question of message.questions) this.#asked.set(askKey(packet, question), at);
    }
    if (kind === "probe") {
      for (const { name } of message.questions) this.#probed.set(`${packet.interface} ${name.key}`, at);
    }
    if (!message.response || !isMulticast(packet)) return;
    for (const record of recordsOf(packet)) {
      this.#sent.set(sendKey(packet, record), at);
      if (record.ttl > 0) this.#lifetimes.set(recordKey(record), record.ttl);
    }
  }
}

function elapsed(since: number | undefined, now: number | undefined): number | undefined {
  return since === undefined || now === undefined || now < since ? undefined : now - since;
}

function askKey({ kind, ...packet }: ReadablePacket, { name, type, class: klass }: Question): string {
  return `${kind === "probe"} ${hostKey(packet)} ${type} ${klass} ${name.key}`;
}

/** A goodbye may follow at once, and an announcement a goodbye. */
function sendKey(packet: ReadablePacket, record: ResourceRecord): string {
  return `${record.ttl === 0} ${hostKey(packet)} ${recordKey(record)}`;
}

function hostKey(packet: Pick<Sighting, "interface" | "source">): string {
  return `${packet.interface} ${packet.source}`;
}
