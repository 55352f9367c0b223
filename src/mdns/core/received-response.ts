import type { Message } from "../wire/message.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { recordKey } from "../wire/record-key.ts";
import { isPseudoType } from "../wire/record-type.ts";
import type { Claims } from "./claims.ts";
import type { Datagram } from "./datagram.ts";
import type { HostState } from "./host-state.ts";
import type { Querier } from "./querier.ts";
import type { Responder } from "./responder.ts";
import type { Instant } from "./timing.ts";
import { isActive, type Owned, type Zone } from "./zone.ts";

/** Whom the records of a response concern. */
export interface ResponseReaders {
  readonly host: HostState;
  readonly zone: Zone;
  readonly claims: Claims;
  readonly responder: Responder;
  readonly querier: Querier;
}

/** Hands on the records of a response: each is ours, a rival's, or news. */
export class ReceivedResponse {
  readonly #readers: ResponseReaders;
  readonly #datagram: Datagram;
  readonly #now: Instant;
  readonly #news: ResourceRecord[] = [];
  /** Records that pass for our own, though none of ours is there any more. */
  #former: ResourceRecord[] | undefined;
  #isAboutUs = false;
  /** Keys of the names of which a record is not to be believed. */
  #disputed: Set<string> | undefined;

  constructor(datagram: Datagram, now: Instant, readers: ResponseReaders) {
    this.#readers = readers;
    this.#datagram = datagram;
    this.#now = now;
  }

  /** @returns whether it has names of which we have records, or records that we gave up */
  handOn({ answers, authorities, additionals }: Message): boolean {
    this.#sort(answers, { areNews: true });
    this.#sort(authorities, { areNews: false });
    this.#sort(additionals, { areNews: true });
    const disputed = this.#disputed;
    const kept = disputed === undefined ? this.#news : this.#news.filter(({ name }) => !disputed.has(name.key));
    this.#readers.querier.hear(kept, this.#datagram.source, this.#now);
    this.#doubtCopies(kept);
    for (const record of this.#former ?? NONE) this.#doubtFormer(record); // what else was heard may have satisfied its question
    return this.#isAboutUs;
  }

  #sort(records: readonly ResourceRecord[], { areNews }: { readonly areNews: boolean }): void {
    const { zone, claims } = this.#readers;
    for (let index = 0; index < records.length; index++) {
      const record = records[index] as ResourceRecord;
      if (isPseudoType(record.type)) continue;
      const at = zone.at(record.name); // without records of ours at a name there is nothing that another host could dispute
      const owned = at?.records.get(recordKey(record));
      const isOurs = this.#isOurs(record, owned);
      if (isOurs || at !== undefined) this.#isAboutUs = true;
      if (isOurs) this.#repeated(record, owned);
      else if (at !== undefined && owned === undefined && claims.handleRecord(record, this.#datagram, this.#now))
        this.#dispute(record);
      else if (areNews) this.#news.push(record);
    }
  }

  #dispute({ name }: ResourceRecord): void {
    this.#disputed ??= new Set();
    this.#disputed.add(name.key);
  }

  /** What we gave up just now is perhaps another host's as well, or only our own word come round: it has to be confirmed. */
  #doubtCopies(records: readonly ResourceRecord[]): void {
    const { host, querier } = this.#readers;
    if (!host.hasDoubts) return;
    for (const record of records) {
      const until = host.doubtsUntil(recordKey(record), this.#now);
      if (until !== undefined && record.ttl > 0) querier.cache.reconfirm(record, until);
    }
  }

  /** The same where nobody else had it: another host has perhaps taken it over, which only asking can tell later. */
  #doubtFormer(record: ResourceRecord): void {
    const { host, querier } = this.#readers;
    const until = host.formerUntil(recordKey(record), this.#now);
    if (until !== undefined && record.ttl > 0) querier.askAt(record, until);
  }

  /** Our own data is no news, whoever sends it. What we only propose to have may be the winner's as well. */
  #isOurs(record: ResourceRecord, owned: Owned | undefined): boolean {
    const { host } = this.#readers;
    if (owned === undefined) return host.hasRecords && host.owns(recordKey(record), this.#now);
    return isActive(owned) || this.#datagram.fromThisHost;
  }

  /** Another host gave a record of ours: nobody may cut its life short. RFC 6762 §6.6, §7.4 */
  #repeated(record: ResourceRecord, owned: Owned | undefined): void {
    if (owned === undefined) {
      this.#former ??= [];
      this.#former.push(record);
      return;
    }
    if (!isActive(owned)) return;
    const { ttl } = record;
    const { responder } = this.#readers;
    const { source, to } = this.#datagram;
    if (ttl * 2 < owned.record.ttl) responder.rescue(owned, source.family, this.#now);
    else if (to === "group") responder.observeAnswer(owned, ttl, source.family);
  }
}

const NONE: readonly ResourceRecord[] = [];
