import type { Name } from "../wire/name.ts";
import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { TYPE } from "../wire/record-type.ts";
import { type Entry, newEntry, nextRefresh, type RecordSet, renew } from "./cache-entry.ts";
import { type CacheCounters, CacheEviction, type Candidate } from "./cache-eviction.ts";
import type { CacheListener } from "./cache-listener.ts";
import { type Family, type Peer, sourceKey } from "./datagram.ts";
import { DeadlineHeap } from "./deadline-heap.ts";
import { observeFailures } from "./failure-observation.ts";
import type { Sought } from "./match.ts";
import type { NameInterest } from "./name-interest.ts";
import { RecordSets } from "./record-sets.ts";
import { type Instant, REFRESH_AT, TIMING } from "./timing.ts";

/** A response that is being heard. */
export interface Hearing {
  readonly source: Peer;
  readonly now: Instant;
  /** The same for all its records: the shares of their lifetimes at which they are asked for again. */
  readonly refreshAt: readonly number[];
  /** Sets with a record that it has with the flush bit. */
  readonly flushed: RecordSet[];
}

/** The records heard on one link, and this host's own, by name. RFC 6762 §10 */
export class Cache {
  readonly #listener: CacheListener;
  readonly #sets: RecordSets;
  readonly #due = new DeadlineHeap<Entry>();
  readonly #eviction: CacheEviction;

  /** @param limit - records of others that may be held */
  constructor(interest: NameInterest, limit: number, listener: CacheListener) {
    this.#sets = new RecordSets(interest);
    this.#listener = listener;
    this.#eviction = new CacheEviction(limit, () => listener.full());
  }

  get counters(): CacheCounters {
    return this.#eviction.counters;
  }

  get next(): Instant | undefined {
    return this.#due.next;
  }

  /** Those that answer the question. */
  matching(question: Question): readonly Entry[] {
    return entriesOf(this.#sets.answering(question));
  }

  /** The NSEC by which the name's owner denies the type, if there is one and no such record. RFC 6762 §6.1 */
  denial(name: Name, sought: Sought): Entry | undefined {
    const denials = this.#sets.answering({ name, type: TYPE.NSEC, class: CLASS.IN })[0];
    if (denials === undefined || this.#sets.answering({ name, ...sought }).length > 0) return undefined;
    let denial: Entry | undefined;
    for (const entry of denials.entries.all) {
      const { data } = entry.record;
      if (data.kind === "nsec" && entry.standing === "live" && !data.types.includes(sought.type)) denial = entry;
    }
    return denial;
  }

  /** The record as it is held, if it is. */
  find(record: ResourceRecord): Entry | undefined {
    return this.#sets.of(record)?.entries.get(record);
  }

  /** Takes in a record with a TTL above 0 that is worth keeping. */
  hear(record: ResourceRecord, hearing: Hearing): void {
    this.#take(this.#sets.of(record), record, hearing);
  }

  /** The same for a record of which nobody asks: it only renews or replaces what is held. */
  hearAside(record: ResourceRecord, hearing: Hearing): void {
    const set = this.#sets.of(record);
    if (set === undefined || !(record.flush || set.entries.get(record))) return;
    this.#take(set, record, hearing);
  }

  /** A goodbye: the record lives for one second more. RFC 6762 §10.1 */
  farewell(record: ResourceRecord, now: Instant): void {
    const entry = this.find(record);
    if (entry?.source === undefined) return;
    entry.standing = "goodbye";
    this.#expireBy(entry, now + TIMING.goodbyeGrace);
  }

  /** All of a response was heard: what is older in the sets that it flushes goes in a second. RFC 6762 §10.2 */
  flush({ flushed, now }: Hearing): void {
    for (const set of flushed) {
      if (set.oldest !== undefined && now - set.oldest <= TIMING.flushAge) continue;
      let oldest = now;
      for (const entry of set.entries.all) {
        if (entry.source === undefined || entry.standing === "outdated") continue;
        if (now - entry.received > TIMING.flushAge) this.#outdate(entry, now);
        else if (entry.received < oldest) oldest = entry.received;
      }
      set.oldest = oldest;
    }
  }

  /** A record of this host became valid on this link; a unique one replaces what others said, whenever it was. */
  addOwn(record: ResourceRecord, now: Instant): void {
    const set = this.#sets.of(record) ?? this.#sets.add(record, this.#listener.wants(record));
    const known = set.entries.get(record);
    if (record.flush) for (const entry of set.entries.all) if (entry !== known) this.#outdate(entry, now);
    if (known === undefined) {
      const entry = newEntry(set, record, now);
      set.entries.add(entry);
      this.#listener.changed("added", entry, now);
      return;
    }
    known.record = record;
    if (known.source === undefined) return;
    const { standing } = known;
    this.#eviction.remove(known);
    this.#due.delete(known);
    known.source = undefined;
    known.received = now;
    known.expires = undefined;
    known.standing = "live";
    if (standing === "outdated") this.#listener.changed("renewed", known, now);
    else this.#listener.confirmed(known, now);
  }

  removeOwn(record: ResourceRecord, now: Instant): void {
    const entry = this.find(record);
    if (entry !== undefined && entry.source === undefined) this.#remove(entry, now);
  }

  /**
   * A record is ours no more, but perhaps still another host's.
   * @returns whether it is held as if it had just been heard, as somebody asks for it
   */
  disown(record: ResourceRecord, now: Instant): boolean {
    const entry = this.find(record);
    if (entry === undefined || entry.source !== undefined) return false;
    if (!entry.set.wanted || !this.#makeRoom({ record: entry.record, source: OURS, wanted: true }, now)) {
      this.#remove(entry, now);
      return false;
    }
    this.#eviction.add(entry, OURS);
    renew(entry, entry.record, now, REFRESH_AT);
    this.#schedule(entry);
    return true;
  }

  /** The question is asked from now on. @returns those that answer it */
  follow(question: Question, now: Instant): readonly Entry[] {
    const sets = this.#sets.answering(question);
    for (let index = 0; index < sets.length; index++) this.#setWanted(sets[index] as RecordSet, true, now);
    return entriesOf(sets);
  }

  /** The question is asked no more, but perhaps another that has the same answers. */
  unfollow(question: Question, now: Instant): void {
    for (const set of this.#sets.answering(question)) this.#setWanted(set, this.#listener.wants(set), now);
  }

  /** Somebody says that the record is stale: ask at `from` and twice more, then drop it. RFC 6762 §10.4 */
  reconfirm(record: ResourceRecord, from: Instant): void {
    const entry = this.find(record);
    if (entry?.source === undefined || entry.reconfirming) return;
    entry.standing = "doubtful";
    entry.reconfirming = true;
    entry.recheck = [from, from + TIMING.reconfirmRetry, from + 3 * TIMING.reconfirmRetry];
    this.#expireBy(entry, from + TIMING.reconfirmWindow);
  }

  /** Connectivity may have changed: whatever is not heard again soon goes. RFC 6762 §10.3 */
  doubtAll(now: Instant): void {
    for (const entry of this.#sets.entries()) {
      if (entry.source === undefined) continue;
      if (entry.standing === "live") entry.standing = "doubtful";
      this.#expireBy(entry, now + TIMING.reconfirmWindow);
    }
  }

  /** Another host multicast a question, its known answers apart. RFC 6762 §10.5 */
  observeQuestion(question: Question, known: ReadonlyMap<string, number>, family: Family, now: Instant): void {
    for (const set of this.#sets.answering(question)) {
      for (const entry of observeFailures(set, question, { known, family }, now)) {
        entry.standing = "doubtful";
        const first = entry.missed?.first ?? now;
        this.#expireBy(entry, Math.max(first + TIMING.failureWindow, now + TIMING.goodbyeGrace));
      }
    }
  }

  advance(now: Instant): void {
    if (this.#due.next === undefined || this.#due.next > now) return;
    for (let entry = this.#due.takeDue(now); entry !== undefined; entry = this.#due.takeDue(now)) {
      if (entry.expires !== undefined && entry.expires <= now) {
        this.#remove(entry, now);
        continue;
      }
      if (entry.recheck.length > 0 || entry.set.wanted) this.#listener.refresh(entry, now);
      this.#schedule(entry, now);
    }
  }

  /** Drops everything, own records included; interested askers are told. RFC 6762 §10.3 */
  clear(now: Instant): void {
    for (const entry of [...this.#sets.entries()]) this.#remove(entry, now);
  }

  /** Refreshes and the order of eviction follow whether somebody asks. */
  #setWanted(set: RecordSet, wanted: boolean, now: Instant): void {
    if (wanted === set.wanted) return;
    set.wanted = wanted;
    const entries = set.entries.all;
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index] as Entry;
      this.#eviction.reconsider(entry);
      this.#schedule(entry, now);
    }
  }

  #take(set: RecordSet | undefined, record: ResourceRecord, hearing: Hearing): void {
    const known = set?.entries.get(record);
    const current = known === undefined ? this.#insert(set, record, hearing) : set;
    if (known !== undefined) this.#hearAgain(known, record, hearing);
    if (record.flush && current !== undefined && current.entries.size > 1) hearing.flushed.push(current);
  }

  /** @returns the set it is in; undefined when there is no room for it */
  #insert(set: RecordSet | undefined, record: ResourceRecord, hearing: Hearing): RecordSet | undefined {
    const { now, refreshAt } = hearing;
    const source = sourceKey(hearing.source);
    if (set === undefined && this.#sets.isFull(record)) {
      this.#eviction.refuse();
      return undefined;
    }
    const excess = set && this.#eviction.excess(set);
    if (excess !== undefined) this.#remove(excess, now);
    if (this.#eviction.isFull) {
      const wanted = set?.wanted ?? this.#listener.wants(record);
      if (!this.#makeRoom({ record, source, wanted }, now)) return undefined;
    }
    const isHeld = set !== undefined && set.entries.size > 0; // what went may have been the last one of the very set
    const home = isHeld ? set : this.#sets.add(record, this.#listener.wants(record));
    const entry = newEntry(home, record, now);
    home.entries.add(entry);
    entry.heardOn = hearing.source.family;
    entry.refreshAt = refreshAt;
    entry.expires = now + record.ttl * 1_000;
    this.#eviction.add(entry, source);
    this.#schedule(entry);
    this.#listener.changed("added", entry, now);
    return home;
  }

  /** @returns false when nothing held is worth less */
  #makeRoom(candidate: Candidate, now: Instant): boolean {
    const room = this.#eviction.room(candidate, now);
    if (room === "refused") return false;
    if (room !== "free") this.#remove(room, now);
    return true;
  }

  #hearAgain(entry: Entry, record: ResourceRecord, hearing: Hearing): void {
    if (entry.source === undefined) return;
    const { family } = hearing.source;
    entry.heardOn = entry.heardOn === undefined || entry.heardOn === family ? family : "both";
    const { standing } = entry;
    renew(entry, record, hearing.now, hearing.refreshAt);
    this.#schedule(entry);
    if (standing === "outdated") this.#listener.changed("renewed", entry, hearing.now);
    else if (standing !== "live") this.#listener.confirmed(entry, hearing.now);
  }

  #expireBy(entry: Entry, when: Instant): void {
    if (entry.expires !== undefined && entry.expires > when) entry.expires = when;
    this.#schedule(entry);
  }

  #outdate(entry: Entry, now: Instant): void {
    if (entry.source === undefined) return;
    this.#expireBy(entry, now + TIMING.flushGrace);
    if (entry.standing === "outdated") return;
    entry.standing = "outdated";
    this.#listener.changed("outdated", entry, now);
  }

  /** @param after - it is not asked for before that */
  #schedule(entry: Entry, after: Instant = Number.NEGATIVE_INFINITY): void {
    const { expires } = entry;
    if (expires === undefined) return;
    const refresh = entry.set.wanted || entry.recheck.length > 0 ? nextRefresh(entry, after) : undefined;
    this.#due.set(entry, refresh === undefined || refresh > expires ? expires : refresh);
  }

  #remove(entry: Entry, now: Instant): void {
    this.#due.delete(entry);
    this.#eviction.remove(entry);
    entry.set.entries.delete(entry);
    this.#sets.dropIfEmpty(entry.set);
    this.#listener.changed("removed", entry, now);
  }
}

const OURS = "ours";

function entriesOf(sets: readonly RecordSet[]): readonly Entry[] {
  const first = sets[0];
  return first !== undefined && sets.length === 1 ? first.entries.all : sets.flatMap(({ entries }) => entries.all);
}
