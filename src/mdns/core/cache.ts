import type { Name } from "../wire/name.ts";
import type { Question } from "../wire/question.ts";
import { type ResourceRecord, recordKey, rrsetKey } from "../wire/record.ts";
import { TYPE } from "../wire/record-type.ts";
import { type Entry, nextRefresh, type RecordSet } from "./cache-entry.ts";
import type { Family, Peer } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { FairShare } from "./fair-share.ts";
import { LIMITS } from "./limits.ts";
import { answersQuestion, type Sought } from "./match.ts";
import type { NameInterest } from "./name-interest.ts";
import { type Instant, TIMING } from "./timing.ts";

/** What the cache reports to the questions that are being asked. */
export interface CacheListener {
  /** Whether somebody asks for records of this set. */
  wants(set: RecordSet): boolean;
  changed(change: "added" | "outdated" | "renewed" | "removed", entry: Entry, now: Instant): void;
  /** A record that was in doubt or withdrawn was heard again. */
  confirmed(entry: Entry, now: Instant): void;
  /** The record should be asked for again now. */
  refresh(entry: Entry, now: Instant): void;
}

/** The records heard on one link, and this host's own, by name. RFC 6762 §10 */
export class Cache {
  readonly #listener: CacheListener;
  readonly #interest: NameInterest;
  readonly #names = new Map<string, Map<string, RecordSet>>();
  readonly #due = new DeadlineQueue<Entry>();
  readonly #idle = new Set<Entry>();
  readonly #bySource = new Map<string, Set<Entry>>();
  readonly #shares = new FairShare();
  #heard = 0;
  #refused = 0;
  #evicted = 0;

  constructor(interest: NameInterest, listener: CacheListener) {
    this.#interest = interest;
    this.#listener = listener;
  }

  /** Records heard from others, and how many were refused or evicted at the cap. */
  get counters(): {
    /** Records held now. */
    readonly records: number;
    /** Records not taken, as the cache was full of more valuable ones. */
    readonly refused: number;
    /** Records given up for more valuable ones. */
    readonly evicted: number;
  } {
    return { records: this.#heard, refused: this.#refused, evicted: this.#evicted };
  }

  get next(): Instant | undefined {
    return this.#due.next;
  }

  /** Whether the record renews or replaces what is held: the same record, or another of a unique set. */
  concerns(record: ResourceRecord): boolean {
    const set = this.#names.get(record.name.key)?.get(rrsetKey(record));
    return set !== undefined && (record.flush || set.entries.has(recordKey(record)));
  }

  /** All record sets of a name. */
  setsOf(nameKey: string): Iterable<RecordSet> {
    return this.#names.get(nameKey)?.values() ?? [];
  }

  *matching(question: Question): Iterable<Entry> {
    for (const set of this.setsOf(question.name.key)) {
      if (answersQuestion(question, set)) yield* set.entries.values();
    }
  }

  /** The NSEC by which the name's owner denies the type, if there is one and no such record. RFC 6762 §6.1 */
  denial(name: Name, sought: Sought): Entry | undefined {
    let denial: Entry | undefined;
    for (const set of this.setsOf(name.key)) {
      if (set.entries.size > 0 && answersQuestion(sought, set)) return undefined;
      if (set.type !== TYPE.NSEC) continue;
      for (const entry of set.entries.values()) {
        const { data } = entry.record;
        if (data.kind === "nsec" && entry.standing === "live" && !data.types.includes(sought.type)) denial = entry;
      }
    }
    return denial;
  }

  /** Takes in a record with a TTL above 0 from a response. */
  hear(record: ResourceRecord, { family, address }: Peer, now: Instant, jitter: number): void {
    const source = `${family} ${address}`;
    const set = this.#setFor(record);
    const known = set.entries.get(recordKey(record));
    if (known === undefined) {
      if (this.#heard >= LIMITS.cacheRecords && !this.#makeRoom(source, set, now)) {
        this.#refused++;
        this.#dropIfEmpty(set);
        return;
      }
      this.#insert(set, record, source, family, now, jitter);
      return;
    }
    if (known.source === undefined) return;
    known.heardOn.add(family);
    const { standing } = known;
    this.#refreshEntry(known, record, now, jitter);
    if (standing === "outdated") this.#listener.changed("renewed", known, now);
    else if (standing !== "live") this.#listener.confirmed(known, now);
  }

  /** A goodbye: the record lives for one second more. RFC 6762 §10.1 */
  farewell(record: ResourceRecord, now: Instant): void {
    const entry = this.#find(record);
    if (entry?.source === undefined) return;
    entry.standing = "goodbye";
    this.#expireBy(entry, now + TIMING.goodbyeGrace);
  }

  /** Records of the set that were not heard in the last second, nor in `heard`, go in a second. RFC 6762 §10.2 */
  flush(flushed: ResourceRecord, heard: ReadonlySet<string>, now: Instant): void {
    const set = this.#names.get(flushed.name.key)?.get(rrsetKey(flushed));
    if (set === undefined) return;
    for (const entry of set.entries.values()) {
      if (heard.has(entry.key) || now - entry.received <= TIMING.flushAge) continue;
      this.#outdate(entry, now);
    }
  }

  /** A record of this host became valid on this link; a unique one replaces what others said, whenever it was. */
  addOwn(record: ResourceRecord, now: Instant): void {
    const set = this.#setFor(record);
    if (record.flush) {
      for (const entry of set.entries.values()) if (entry.key !== recordKey(record)) this.#outdate(entry, now);
    }
    const known = set.entries.get(recordKey(record));
    if (known !== undefined && known.source === undefined) {
      known.record = record;
      return;
    }
    const standing = known?.standing;
    if (known !== undefined) this.#unaccount(known);
    const entry = known ?? this.#newEntry(set, record, now, 0);
    Object.assign(entry, { record, source: undefined, received: now, expires: undefined, standing: "live" });
    this.#due.delete(entry);
    if (known === undefined) this.#listener.changed("added", entry, now);
    else if (standing === "outdated") this.#listener.changed("renewed", entry, now);
    else this.#listener.confirmed(entry, now);
  }

  removeOwn(record: ResourceRecord, now: Instant): void {
    const entry = this.#find(record);
    if (entry !== undefined && entry.source === undefined) this.#remove(entry, now);
  }

  /** The interest in a name changed: refresh points and the order of eviction follow it. */
  reconsider(name: Name, now: Instant): void {
    for (const set of this.setsOf(name.key)) {
      const wanted = this.#listener.wants(set);
      for (const entry of set.entries.values()) {
        if (entry.source === undefined) continue;
        if (wanted) this.#idle.delete(entry);
        else this.#idle.add(entry);
        this.#skipRefreshesBefore(entry, now);
        this.#schedule(entry, wanted);
      }
    }
  }

  /** Somebody says that the record is stale: ask now and once more, then drop it. RFC 6762 §10.4 */
  reconfirm(record: ResourceRecord, now: Instant): void {
    const entry = this.#find(record);
    if (entry?.source === undefined || entry.reconfirming) return;
    entry.standing = "doubtful";
    entry.reconfirming = true;
    entry.recheck = [now, now + TIMING.reconfirmRetry, now + 3 * TIMING.reconfirmRetry];
    this.#expireBy(entry, now + TIMING.reconfirmWindow);
  }

  /** Connectivity may have changed: whatever is not heard again soon goes. RFC 6762 §10.3 */
  doubtAll(now: Instant): void {
    for (const sets of this.#names.values()) {
      for (const set of sets.values()) {
        for (const entry of set.entries.values()) {
          if (entry.source === undefined) continue;
          if (entry.standing === "live") entry.standing = "doubtful";
          this.#expireBy(entry, now + TIMING.reconfirmWindow);
        }
      }
    }
  }

  /**
   * Another host multicast a question that cached records should answer, its known answers apart. A record whose owner
   * stays silent twice is dropped ten seconds after the first time, without a question of ours. RFC 6762 §10.5
   */
  observeQuestion(question: Question, knownAnswers: ReadonlyMap<string, number>, family: Family, now: Instant): void {
    for (const entry of this.matching(question)) {
      if (entry.source === undefined || knownAnswers.has(entry.key)) continue;
      if (!entry.heardOn.has(family)) continue; // its owner may not speak it
      if (entry.set.type === TYPE.NSEC && question.type !== TYPE.NSEC) continue;
      if (now - entry.received < TIMING.multicastInterval) continue; // its owner may not repeat it yet, §6
      const missed = entry.missed;
      if (missed === undefined || now - missed.first > TIMING.failureWindow) {
        entry.missed = { first: now, last: now };
        continue;
      }
      if (now - missed.last < TIMING.failureSpacing) continue;
      entry.missed = { first: missed.first, last: now };
      if (entry.standing !== "live") continue;
      entry.standing = "doubtful";
      this.#expireBy(entry, Math.max(missed.first + TIMING.failureWindow, now + TIMING.goodbyeGrace));
    }
  }

  advance(now: Instant): void {
    for (let entry = this.#due.takeDue(now); entry !== undefined; entry = this.#due.takeDue(now)) {
      if (entry.expires !== undefined && entry.expires <= now) {
        this.#remove(entry, now);
        continue;
      }
      const rechecking = entry.recheck.length > 0;
      if (rechecking || this.#listener.wants(entry.set)) this.#listener.refresh(entry, now);
      this.#skipRefreshesBefore(entry, now);
      this.#schedule(entry, this.#listener.wants(entry.set));
    }
  }

  /** Drops everything, own records included; interested askers are told. RFC 6762 §10.3 */
  clear(now: Instant): void {
    for (const sets of [...this.#names.values()]) {
      for (const set of [...sets.values()]) {
        for (const entry of [...set.entries.values()]) this.#remove(entry, now);
      }
    }
  }

  #find(record: ResourceRecord): Entry | undefined {
    return this.#names.get(record.name.key)?.get(rrsetKey(record))?.entries.get(recordKey(record));
  }

  #setFor(record: ResourceRecord): RecordSet {
    const nameKey = record.name.key;
    let sets = this.#names.get(nameKey);
    if (sets === undefined) {
      sets = new Map();
      this.#names.set(nameKey, sets);
      this.#interest.add(record.name);
    }
    const key = rrsetKey(record);
    let set = sets.get(key);
    if (set === undefined) {
      set = { key, name: record.name, type: record.type, class: record.class, entries: new Map() };
      sets.set(key, set);
    }
    return set;
  }

  #dropIfEmpty(set: RecordSet): void {
    if (set.entries.size > 0) return;
    const sets = this.#names.get(set.name.key);
    sets?.delete(set.key);
    if (sets?.size !== 0) return;
    this.#names.delete(set.name.key);
    this.#interest.remove(set.name);
  }

  #newEntry(set: RecordSet, record: ResourceRecord, now: Instant, jitter: number): Entry {
    const entry: Entry = {
      record,
      key: recordKey(record),
      set,
      source: undefined,
      heardOn: new Set(),
      received: now,
      expires: undefined,
      standing: "live",
      refreshed: 0,
      jitter,
      recheck: [],
      reconfirming: false,
      missed: undefined,
    };
    set.entries.set(entry.key, entry);
    return entry;
  }

  #insert(set: RecordSet, record: ResourceRecord, source: string, family: Family, now: Instant, jitter: number): void {
    const entry = this.#newEntry(set, record, now, jitter);
    entry.heardOn.add(family);
    entry.source = source;
    entry.expires = now + record.ttl * 1_000;
    this.#heard++;
    this.#shares.add(source);
    const ofSource = this.#bySource.get(source);
    if (ofSource === undefined) this.#bySource.set(source, new Set([entry]));
    else ofSource.add(entry);
    const wanted = this.#listener.wants(set);
    if (!wanted) this.#idle.add(entry);
    this.#schedule(entry, wanted);
    this.#listener.changed("added", entry, now);
  }

  #refreshEntry(entry: Entry, record: ResourceRecord, now: Instant, jitter: number): void {
    Object.assign(entry, { record, received: now, expires: now + record.ttl * 1_000, standing: "live", jitter });
    Object.assign(entry, { refreshed: 0, recheck: [], reconfirming: false, missed: undefined });
    this.#schedule(entry, this.#listener.wants(entry.set));
  }

  #expireBy(entry: Entry, when: Instant): void {
    if (entry.expires !== undefined && entry.expires > when) entry.expires = when;
    this.#schedule(entry, this.#listener.wants(entry.set));
  }

  #outdate(entry: Entry, now: Instant): void {
    if (entry.source === undefined) return;
    this.#expireBy(entry, now + TIMING.flushGrace);
    if (entry.standing === "outdated") return;
    entry.standing = "outdated";
    this.#listener.changed("outdated", entry, now);
  }

  #skipRefreshesBefore(entry: Entry, now: Instant): void {
    entry.recheck = entry.recheck.filter((when) => when > now);
    if (entry.recheck.length > 0) return;
    for (let next = nextRefresh(entry); next !== undefined && next <= now; next = nextRefresh(entry)) entry.refreshed++;
  }

  #schedule(entry: Entry, wanted: boolean): void {
    if (entry.expires === undefined) return;
    const refresh = wanted || entry.recheck.length > 0 ? nextRefresh(entry) : undefined;
    this.#due.set(entry, refresh === undefined ? entry.expires : Math.min(refresh, entry.expires));
  }

  #remove(entry: Entry, now: Instant): void {
    this.#due.delete(entry);
    this.#unaccount(entry);
    entry.set.entries.delete(entry.key);
    this.#dropIfEmpty(entry.set);
    this.#listener.changed("removed", entry, now);
  }

  #unaccount(entry: Entry): void {
    if (entry.source === undefined) return;
    this.#heard--;
    this.#idle.delete(entry);
    this.#shares.remove(entry.source);
    const ofSource = this.#bySource.get(entry.source);
    ofSource?.delete(entry);
    if (ofSource?.size === 0) this.#bySource.delete(entry.source);
  }

  /** Frees one place: what nobody asked for first, then a record of the source that holds most. */
  #makeRoom(source: string, set: RecordSet, now: Instant): boolean {
    const victim = this.#idle.values().next().value ?? this.#fromLargest(source, set);
    if (victim === undefined) return false;
    this.#evicted++;
    this.#remove(victim, now);
    return true;
  }

  #fromLargest(source: string, set: RecordSet): Entry | undefined {
    const largest = this.#shares.largest;
    if (largest === undefined || !this.#listener.wants(set)) return undefined;
    if (this.#shares.countOf(source) >= this.#shares.countOf(largest)) return undefined;
    return this.#bySource.get(largest)?.values().next().value;
  }
}
