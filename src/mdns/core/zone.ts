import type { Name } from "../wire/name.ts";
import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { rdataBytes, recordKey } from "../wire/record-key.ts";
import type { Family } from "./datagram.ts";
import { answersQuestion } from "./match.ts";
import type { NameInterest } from "./name-interest.ts";
import type { ClaimId } from "./output.ts";
import type { Ownership, OwnRecord } from "./own-record.ts";
import { type LastMulticast, RecentMulticasts } from "./recent-multicasts.ts";
import type { Instant } from "./timing.ts";

/** A record of ours on this link, whichever claims hold it. */
export interface Owned {
  /** Replaced only by one that differs in its lifetime, the case of its letters or the flush bit. */
  record: ResourceRecord;
  readonly key: string;
  ownership: Ownership;
  readonly at: OwnedName;
  readonly holders: Set<ClaimId>;
  /** Claims among the holders that have won; without one the record must not be given in answers. */
  readonly winners: Set<ClaimId>;
  readonly lastMulticast: LastMulticast;
  /** When it was last defended against a probe by unicast. */
  readonly lastDefence: Partial<Record<Family, Instant>>;
  /** Others may have it in their caches, so its end is worth a goodbye. */
  announced: boolean;
  /** An NSEC that is made when it is needed; it belongs to no claim. */
  readonly denial: boolean;
}

/** Everything of ours at one name. */
export interface OwnedName {
  /** With the case of letters that was asked for last. */
  name: Name;
  readonly records: Map<string, Owned>;
  /** How many of them others must not have. */
  unshared: number;
  /** Made when first needed, by lifetime in seconds; forgotten when the types at the name change. */
  readonly denials: Map<number, Owned>;
  /** When a denial of any lifetime was last multicast: they are one record. */
  readonly denialMulticast: LastMulticast;
  /** The denial that our own askers are told. */
  ownDenial: ResourceRecord | undefined;
}

/** The records this host has on one link, by name. */
export class Zone {
  /** Changes with everything that answers depend on. */
  revision = 0;
  readonly #names = new Map<string, OwnedName>();
  readonly #recent = new RecentMulticasts();
  readonly #interest: NameInterest;

  constructor(interest: NameInterest) {
    this.#interest = interest;
  }

  at(name: Name): OwnedName | undefined {
    return this.#names.get(name.key);
  }

  find(record: ResourceRecord): Owned | undefined {
    return this.#names.get(record.name.key)?.records.get(recordKey(record));
  }

  /** Adds a record for a claim, or the claim to the holders of the same record; a sole holder may change how it is held. */
  hold(claim: ClaimId, { record, ownership }: OwnRecord): Owned {
    const key = recordKey(record);
    const at = this.#names.get(record.name.key) ?? this.#open(record.name);
    const known = at.records.get(key);
    if (known !== undefined) {
      known.holders.add(claim);
      const isSole = known.holders.size === 1;
      if (isSole && (known.ownership !== ownership || isReworded(known.record, record))) {
        this.#amend(known, { record, ownership });
      }
      return known;
    }
    const owned: Owned = {
      record,
      key,
      ownership,
      at,
      holders: new Set([claim]),
      winners: new Set(),
      lastMulticast: this.#recent.take(key),
      lastDefence: {},
      announced: false,
      denial: false,
    };
    at.records.set(key, owned);
    if (ownership !== "shared") at.unshared++;
    this.#changed(at);
    return owned;
  }

  /** From now on the record may be given in answers. */
  win(claim: ClaimId, owned: Owned): void {
    owned.winners.add(claim);
    this.#changed(owned.at);
  }

  /** The claim has not won the record any more. */
  doubt(claim: ClaimId, owned: Owned): void {
    owned.winners.delete(claim);
    this.#changed(owned.at);
  }

  /** @returns whether nobody holds the record any more; it is gone then */
  release(claim: ClaimId, owned: Owned): boolean {
    owned.holders.delete(claim);
    owned.winners.delete(claim);
    const { at } = owned;
    this.#changed(at);
    if (owned.holders.size > 0) return false;
    at.records.delete(owned.key);
    this.#recent.remember(owned.key, owned.lastMulticast);
    if (owned.ownership !== "shared") at.unshared--;
    if (at.records.size === 0) {
      this.#recent.remember(at.name.key, at.denialMulticast);
      this.#names.delete(at.name.key);
      this.#interest.remove(at.name);
    }
    return true;
  }

  /** Records that answer the question and may be given. RFC 6762 §6, §6.5 */
  answers(question: Question): Owned[] {
    const answers: Owned[] = [];
    for (const owned of this.#names.get(question.name.key)?.records.values() ?? []) {
      if (isActive(owned) && answersQuestion(question, owned.record)) answers.push(owned);
    }
    return answers;
  }

  #open(name: Name): OwnedName {
    const at: OwnedName = {
      name,
      records: new Map(),
      unshared: 0,
      denials: new Map(),
      denialMulticast: this.#recent.take(name.key),
      ownDenial: undefined,
    };
    this.#names.set(name.key, at);
    this.#interest.add(name);
    return at;
  }

  #amend(owned: Owned, { record, ownership }: OwnRecord): void {
    const { at } = owned;
    if (owned.ownership !== "shared") at.unshared--;
    if (ownership !== "shared") at.unshared++;
    owned.record = record;
    owned.ownership = ownership;
    at.name = record.name;
    this.#changed(at);
  }

  #changed(at: OwnedName): void {
    at.denials.clear();
    this.revision++;
  }
}

/** Whether the record has been won and may be given in answers. */
export function isActive(owned: Owned): boolean {
  return owned.winners.size > 0;
}

/** Whether two equal records differ in what `recordKey` leaves out: the lifetime and the case of letters. */
function isReworded(before: ResourceRecord, after: ResourceRecord): boolean {
  if (before.ttl !== after.ttl || before.name.wire !== after.name.wire) return true;
  const bytes = rdataBytes(after);
  return rdataBytes(before).some((byte, index) => byte !== bytes[index]);
}

/** When the whole set that a record belongs to was last multicast on a family. RFC 6762 §6, §10.2 */
export function lastMulticast(owned: Owned, family: Family): Instant {
  let last = owned.lastMulticast[family] ?? Number.NEGATIVE_INFINITY;
  if (owned.ownership === "shared" || owned.denial) return last;
  for (const member of owned.at.records.values()) {
    if (isOfSet(member, owned)) last = Math.max(last, member.lastMulticast[family] ?? last);
  }
  return last;
}

/** The last moment at which a record and its whole set were multicast recently enough for one peer alone. RFC 6762 §5.4 */
export function recentUntil(owned: Owned, family: Family): Instant {
  return lastMulticast(owned, family) + (shortestLifetime(owned) * 1_000) / 4;
}

/** The lifetime in seconds of the member that ends first of the whole set that a record belongs to. */
function shortestLifetime(owned: Owned): number {
  let shortest = owned.record.ttl;
  if (owned.ownership === "shared" || owned.denial) return shortest;
  for (const member of owned.at.records.values()) {
    if (isOfSet(member, owned)) shortest = Math.min(shortest, member.record.ttl);
  }
  return shortest;
}

/** All members of the unique record set that a record belongs to: one is never sent without the others. RFC 6762 §10.2 */
export function wholeSet(owned: Owned): Owned[] {
  if (owned.ownership === "shared" || owned.denial) return [owned];
  return [...owned.at.records.values()].filter((member) => isOfSet(member, owned));
}

/** Of two records at one name, whether the one is an active member of the other's unique set. */
function isOfSet(member: Owned, { record: { type, class: recordClass } }: Owned): boolean {
  if (member.record.type !== type || member.record.class !== recordClass) return false;
  return member.ownership !== "shared" && isActive(member);
}
