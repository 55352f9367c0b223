import type { Message } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import { type ResourceRecord, recordKey, sameRecord } from "../wire/record.ts";
import { TYPE } from "../wire/record-type.ts";
import type { Cache } from "./cache.ts";
import { announceFrom, type Claim, type ClaimEvent, canBeDenied, dueAction, isOurs, probeFrom, step } from "./claim.ts";
import type { CoreContext } from "./context.ts";
import type { Datagram } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { denialFor } from "./negative.ts";
import type { ClaimId, ClaimNews } from "./output.ts";
import type { OwnRecord } from "./own-record.ts";
import { fittingRecords, packProbes } from "./probe-packets.ts";
import { probedNames } from "./probed-names.ts";
import { checkPublishable } from "./publishable.ts";
import type { Responder } from "./responder.ts";
import { packResponse } from "./response-packets.ts";
import { tiebreak } from "./tiebreak.ts";
import { COUNTS, type Instant, TIMING, TTL } from "./timing.ts";
import { nextUpdate, noteUpdate, UNUSED, type UpdateRate } from "./update-rate.ts";
import { isActive, type Owned, type OwnedName, wholeSet, type Zone } from "./zone.ts";

/** A claim with all it holds. */
interface Held {
  readonly id: ClaimId;
  /** The name that is probed for; undefined when nothing is unique. */
  name: Name | undefined;
  records: readonly Owned[];
  state: Claim;
  /** What the next announcements tell; undefined means everything. RFC 6762 §8.4 */
  changed: ReadonlySet<Owned> | undefined;
  updates: UpdateRate;
  /** The next announcement tells changed data. */
  updating: boolean;
  /** Announced records whose successors are not announced yet. */
  superseded: readonly Owned[];
  /** Since when a name is being sought without success. RFC 6762 §9 */
  seeking: Instant | undefined;
}

/** Gets names, announces and defends them, and gives them up. RFC 6762 §8, §9, §10.1 */
export class Claims {
  readonly #context: CoreContext;
  readonly #zone: Zone;
  readonly #cache: Cache;
  readonly #responder: Responder;
  readonly #claims = new Map<ClaimId, Held>();
  readonly #byName = new Map<string, Set<Held>>();
  readonly #due = new DeadlineQueue<Held>();
  /** When the next series of probes starts: claims that come up before it share its packets. */
  #seriesStart: Instant = Number.NEGATIVE_INFINITY;

  constructor(context: CoreContext, zone: Zone, cache: Cache, responder: Responder) {
    this.#context = context;
    this.#zone = zone;
    this.#cache = cache;
    this.#responder = responder;
  }

  get next(): Instant | undefined {
    return this.#due.next;
  }

  get size(): number {
    return this.#claims.size;
  }

  /** @throws {@link CoreError} before anything is changed */
  register(id: ClaimId, records: readonly OwnRecord[], now: Instant): void {
    const name = checkPublishable(records, this.#context.payloadMax);
    const held: Held = {
      id,
      name: undefined,
      records: [],
      state: { phase: "lost" },
      changed: undefined,
      updates: UNUSED,
      updating: false,
      superseded: [],
      seeking: now,
    };
    this.#claims.set(id, held);
    this.#begin(held, name, records, now);
  }

  /** Other records under the same name. RFC 6762 §8.4 @throws {@link CoreError} before anything is changed */
  update(id: ClaimId, records: readonly OwnRecord[], now: Instant): void {
    const held = this.#claims.get(id);
    if (held === undefined) return;
    const name = checkPublishable(records, this.#context.payloadMax);
    if (name?.key !== held.name?.key) {
      this.replace(id, records, now);
      return;
    }
    if (held.state.phase === "lost") return;
    const before = new Map(held.records.map((owned) => [owned, owned.record]));
    const fresh = records.map((record) => this.#hold(held, record));
    const kept = new Set(fresh);
    const old = held.records.filter((owned) => !kept.has(owned));
    const added = fresh.filter((owned) => before.get(owned) !== owned.record);
    const superseded = old.filter(
      (owned) => owned.announced && owned.ownership !== "shared" && hasSuccessor(owned, kept),
    );
    held.superseded = [...held.superseded, ...superseded];
    held.records = [...kept];
    if (isOurs(held.state)) this.#win(held, added, now);
    const gone = this.#letGo(held, old, now);
    this.#sendGoodbyes(gone.filter((owned) => owned.ownership === "shared" || !hasSuccessor(owned, kept)));
    if (added.length === 0 && old.length === 0) return;
    const successors = fresh.filter((owned) => added.includes(owned) || old.some((gone) => isSameSet(gone, owned)));
    this.#announceChange(held, successors, now);
  }

  /** Other names: what was announced is withdrawn, then everything starts anew. RFC 6762 §9 */
  replace(id: ClaimId, records: readonly OwnRecord[], now: Instant): void {
    const held = this.#claims.get(id);
    if (held === undefined) return;
    const name = checkPublishable(records, this.#context.payloadMax);
    const old = held.records;
    const superseded = this.#takeSuperseded(held);
    this.#detach(held);
    this.#suspend(held);
    held.updates = UNUSED;
    this.#begin(held, name, records, now);
    const kept = new Set(held.records);
    const gone = old.filter((owned) => !kept.has(owned));
    this.#sendGoodbyes([...this.#letGo(held, gone, now), ...superseded]);
  }

  withdraw(id: ClaimId, now: Instant): void {
    const held = this.#claims.get(id);
    if (held === undefined) return;
    this.#sendGoodbyes(this.#end(held, now));
  }

  withdrawAll(now: Instant): void {
    const goodbyes: Owned[] = [];
    for (const held of [...this.#claims.values()]) goodbyes.push(...this.#end(held, now));
    this.#sendGoodbyes(goodbyes);
  }

  /** The link is gone: nothing is ours there any more, and nobody is there to be told. */
  clear(now: Instant): void {
    for (const held of [...this.#claims.values()]) {
      this.#drop(held);
      this.#letGo(held, held.records, now);
    }
  }

  /** Connectivity may have changed: everything is probed and announced again. RFC 6762 §8 */
  restart(now: Instant): void {
    for (const held of this.#claims.values()) {
      held.changed = undefined;
      if (held.name === undefined) this.#apply(held, "changed", now);
      else this.#apply(held, "reconnected", now, this.#probeStart(now));
    }
  }

  advance(now: Instant): void {
    const probing: Held[] = [];
    const announcing: Held[] = [];
    for (let held = this.#due.takeDue(now); held !== undefined; held = this.#due.takeDue(now)) {
      switch (dueAction(held.state)) {
        case "probe":
          probing.push(held);
          break;
        case "win":
          this.#apply(held, "unopposed", now);
          break;
        case "resume":
          this.#apply(held, "waited", now, this.#context.host.conflicts.nextAttempt(now));
          break;
        case "announce":
          if (!this.#postpone(held, now)) announcing.push(held);
          break;
        case undefined:
          break;
      }
    }
    if (probing.length > 0) this.#probe(probing, now);
    if (announcing.length > 0) this.#announce(announcing, now);
  }

  /** Another host probes for a name that we probe for too. RFC 6762 §8.2 */
  handleProbe(message: Message, { fromThisHost }: Datagram, now: Instant): void {
    if (fromThisHost) for (const record of message.authorities) this.#yieldNature(record, now);
    for (const key of probedNames(message)) {
      const rivals = [...(this.#byName.get(key) ?? [])].filter(({ state }) => state.phase === "probing");
      if (rivals.length === 0) continue;
      const theirs = message.authorities.filter(({ name }) => name.key === key);
      const isTwin = (record: ResourceRecord): boolean =>
        this.#context.host.owns(recordKey(record), now) || (fromThisHost && isAboutHost(record));
      if (theirs.every(isTwin)) continue;
      const name = rivals[0]?.name;
      if (name === undefined || tiebreak(this.#proposedAt(name), theirs) >= 0) continue;
      this.#context.host.conflicts.note(now);
      for (const held of rivals) {
        this.#context.trace("tie-break lost", held.name, "waiting a second, then probing again (RFC 6762 §8.2)");
        this.#apply(held, "outranked", now);
      }
    }
  }

  /** Whether a unicast response may be one to a probe of ours. RFC 6762 §6, §8.1 */
  expectsUnicast(message: Message): boolean {
    if (!this.#context.unicast) return false;
    return [...message.answers, ...message.additionals].some(({ name }) =>
      [...(this.#byName.get(name.key) ?? [])].some(({ state }) => canBeDenied(state)),
    );
  }

  /**
   * Judges a record that another host gave in a response.
   * @returns whether it is in conflict with ours, and so not to be believed
   */
  judge(record: ResourceRecord, datagram: Datagram, now: Instant): boolean {
    if (datagram.fromThisHost && record.ttl > 0) this.#yieldNature(record, now);
    const claims = [...(this.#byName.get(record.name.key) ?? [])];
    if (claims.length === 0 || record.ttl === 0) return false;
    const verdicts = claims.map((held) => this.#verdict(held, record, datagram));
    if (verdicts.every((verdict) => verdict === undefined)) return false;
    this.#context.host.conflicts.note(now);
    const contradicted = verdicts.includes("contradicted"); // then the whole name is in doubt, whoever holds a part of it
    for (const [index, held] of claims.entries()) {
      const event = verdicts[index] ?? (contradicted && isOurs(held.state) ? "contradicted" : undefined);
      if (event === undefined) continue;
      this.#context.trace("conflict", record.name, event);
      held.changed = undefined;
      this.#apply(held, event, now, event === "contradicted" ? this.#probeStart(now) : now);
    }
    return true;
  }

  /**
   * Another responder of this machine has its own idea of what is unique by nature, such as the name that an address
   * leads back to: it may have it, without a word from us, as it would rename itself for a denial.
   */
  #yieldNature(record: ResourceRecord, now: Instant): void {
    for (const owned of [...(this.#zone.at(record.name)?.records.values() ?? [])]) {
      const { type, class: recordClass } = owned.record;
      if (owned.ownership !== "known-unique" || type !== record.type || recordClass !== record.class) continue;
      if (owned.key === recordKey(record)) continue;
      this.#context.trace("yielded", record.name, "another responder of this host has other data");
      for (const id of [...owned.holders]) {
        const held = this.#claims.get(id);
        if (held === undefined) continue;
        held.records = held.records.filter((other) => other !== owned);
        this.#letGo(held, [owned], now);
      }
    }
  }

  #verdict(held: Held, record: ResourceRecord, datagram: Datagram): "denied" | "contradicted" | undefined {
    if (datagram.fromThisHost && isAboutHost(record)) return undefined;
    if (canBeDenied(held.state)) return this.#affirmsOurTypes(record) ? undefined : "denied"; // RFC 6762 §8.1
    if (!isOurs(held.state)) return undefined;
    const rival = held.records.some(
      ({ ownership, record: own }) =>
        ownership === "unique" &&
        own.name.key === record.name.key &&
        own.type === record.type &&
        own.class === record.class,
    );
    return rival ? "contradicted" : undefined;
  }

  /** An NSEC that claims only types we propose too comes from a host that has the same records. */
  #affirmsOurTypes({ name, data }: ResourceRecord): boolean {
    if (data.kind !== "nsec") return false;
    const ours = new Set([...(this.#zone.at(name)?.records.values() ?? [])].map(({ record }) => record.type));
    return data.types.every((type) => type === TYPE.NSEC || ours.has(type));
  }

  #begin(held: Held, name: Name | undefined, records: readonly OwnRecord[], now: Instant): void {
    held.name = name;
    held.changed = undefined;
    held.seeking ??= now;
    const proven = name !== undefined && [...(this.#byName.get(name.key) ?? [])].some(({ state }) => isOurs(state));
    held.records = [...new Set(records.map((record) => this.#hold(held, record)))];
    if (name !== undefined) {
      const claims = this.#byName.get(name.key);
      if (claims === undefined) this.#byName.set(name.key, new Set([held]));
      else claims.add(held);
    }
    if (name === undefined || proven) {
      this.#enter(held, announceFrom(now));
      this.#win(held, held.records, now);
      return;
    }
    this.#enter(held, probeFrom(this.#probeStart(now)));
    this.#tell(held, "probing");
  }

  /** A random start spares the link when many hosts come up at once. RFC 6762 §8.1 */
  #probeStart(now: Instant): Instant {
    if (this.#seriesStart <= now) {
      const earliest = this.#context.host.conflicts.nextAttempt(now);
      const wait = earliest > now ? 0 : this.#context.random() * TIMING.probeDelayMax;
      this.#seriesStart = earliest + wait;
    }
    return this.#seriesStart;
  }

  #apply(held: Held, event: ClaimEvent, now: Instant, due: Instant = now): void {
    const before = held.state;
    const after = step(before, event, now, due);
    if (after === before) return;
    this.#enter(held, after);
    if (isOurs(after) && !isOurs(before)) this.#win(held, held.records, now);
    if (isOurs(before) && !isOurs(after)) this.#suspend(held);
    if (after.phase === "probing" && before.phase !== "probing") {
      held.seeking ??= now;
      this.#tell(held, "probing");
    }
    if (after.phase === "lost") {
      this.#yield(held, now);
      this.#tell(held, "lost");
    }
  }

  #enter(held: Held, state: Claim): void {
    held.state = state;
    if (state.phase === "established" || state.phase === "lost") this.#due.delete(held);
    else this.#due.set(held, state.due);
  }

  #tell({ id, name }: Held, news: ClaimNews): void {
    this.#context.emit({ kind: "claim", claim: id, news, name });
  }

  #hold(held: Held, record: OwnRecord): Owned {
    const isNew = this.#zone.find(record.record) === undefined;
    const owned = this.#zone.hold(held.id, record);
    if (isNew) this.#context.host.add(owned.key);
    return owned;
  }

  #win(held: Held, records: readonly Owned[], now: Instant): void {
    for (const owned of records) {
      owned.winners.add(held.id);
      owned.at.denials.clear();
      this.#cache.addOwn(owned.record, now);
    }
    for (const at of new Set(records.map((owned) => owned.at))) this.#tellOwnDenial(at, now);
  }

  /** Our own askers learn from us which types a name of ours lacks: nobody on the link could tell them. */
  #tellOwnDenial(at: OwnedName, now: Instant): void {
    const denial = denialFor(at, TTL.host)?.record;
    if (at.ownDenial !== undefined && (denial === undefined || !sameRecord(denial, at.ownDenial))) {
      this.#cache.removeOwn(at.ownDenial, now);
      at.ownDenial = undefined;
    }
    if (denial === undefined || at.ownDenial !== undefined) return;
    at.ownDenial = denial;
    this.#cache.addOwn(denial, now);
  }

  #suspend(held: Held): void {
    for (const owned of held.records) {
      owned.winners.delete(held.id);
      owned.at.denials.clear();
      if (!isActive(owned)) this.#responder.forget(owned);
    }
  }

  /** @returns what is to be said goodbye to */
  #end(held: Held, now: Instant): Owned[] {
    this.#drop(held);
    const superseded = this.#takeSuperseded(held);
    return [...this.#letGo(held, held.records, now), ...superseded];
  }

  /** The name is somebody else's now, and so is what was announced under it: no goodbye may end that. RFC 6762 §9 */
  #yield(held: Held, now: Instant): void {
    this.#detach(held);
    this.#letGo(held, held.records, now);
    held.records = [];
    held.superseded = [];
  }

  /** Records that others still have, as what was to replace them was never announced. */
  #takeSuperseded(held: Held): readonly Owned[] {
    const { superseded } = held;
    held.superseded = [];
    return superseded.filter(({ record }) => this.#zone.find(record) === undefined);
  }

  #drop(held: Held): void {
    this.#claims.delete(held.id);
    this.#detach(held);
  }

  #detach(held: Held): void {
    this.#due.delete(held);
    if (held.name === undefined) return;
    const claims = this.#byName.get(held.name.key);
    claims?.delete(held);
    if (claims?.size === 0) this.#byName.delete(held.name.key);
  }

  /** @returns the records that nobody holds any more and that were announced */
  #letGo(held: Held, records: readonly Owned[], now: Instant): Owned[] {
    const announced: Owned[] = [];
    for (const owned of records) {
      const isGone = this.#zone.release(held.id, owned);
      owned.at.denials.clear();
      this.#tellOwnDenial(owned.at, now);
      if (!isGone) continue;
      const isWinners = held.state.phase === "lost" && owned.ownership === "shared"; // and to be heard from the winner
      if (owned.announced && !isWinners) this.#context.host.giveUp(owned.key, now);
      else this.#context.host.remove(owned.key);
      this.#responder.forget(owned);
      this.#cache.removeOwn(owned.record, now);
      if (owned.announced) announced.push(owned);
    }
    return announced;
  }

  #sendGoodbyes(records: readonly Owned[]): void {
    if (records.length === 0) return;
    for (const { bytes } of packResponse(records, [], this.#context, 0)) this.#multicast(bytes);
  }

  #announceChange(held: Held, records: readonly Owned[], now: Instant): void {
    if (!isOurs(held.state)) return;
    held.updating = true;
    const { state, changed } = held;
    if (state.phase === "announcing" && state.sent === 0) {
      held.changed = changed === undefined ? undefined : new Set([...changed, ...records]);
      return;
    }
    const unfinished = state.phase === "announcing";
    held.changed = unfinished && changed === undefined ? undefined : new Set([...(changed ?? []), ...records]);
    this.#apply(held, "changed", now, nextUpdate(held.updates, now));
  }

  #probe(due: readonly Held[], now: Instant): void {
    const names = new Map<string, Name>();
    for (const held of due) {
      if (held.name === undefined) continue;
      const { key } = held.name;
      names.set(key, held.name);
    }
    const proposed = [...names.values()].map((name) => ({ name, records: this.#proposedAt(name) }));
    for (const bytes of packProbes(proposed, this.#context)) this.#multicast(bytes);
    for (const held of due) {
      this.#apply(held, "probed", now);
      if (held.seeking === undefined || now - held.seeking < TIMING.unsettledNotice) continue;
      held.seeking = Number.POSITIVE_INFINITY;
      this.#tell(held, "unsettled");
    }
  }

  /** All that we want to have at a name, by whichever claim, as far as a probe holds it. RFC 6762 §8.2 */
  #proposedAt(name: Name): readonly ResourceRecord[] {
    const records: ResourceRecord[] = [];
    for (const { ownership, record } of this.#zone.at(name)?.records.values() ?? []) {
      if (ownership === "unique") records.push(record);
    }
    return fittingRecords(name, records, this.#context);
  }

  /** An announcement waits until none of its own records was multicast in the last second. RFC 6762 §6, §8.3 */
  #postpone(held: Held, now: Instant): boolean {
    let allowed = now;
    for (const owned of [...(held.changed ?? held.records)].flatMap(wholeSet)) {
      if (owned.holders.size === 1) allowed = Math.max(allowed, this.#limitOf(owned));
    }
    if (allowed <= now || held.state.phase !== "announcing") return false;
    this.#enter(held, { ...held.state, due: allowed });
    return true;
  }

  #limitOf(owned: Owned): Instant {
    const times = this.#context.families.map((family) => owned.lastMulticast[family] ?? Number.NEGATIVE_INFINITY);
    return Math.max(...times) + TIMING.multicastInterval;
  }

  #announce(due: readonly Held[], now: Instant): void {
    const records = new Set<Owned>();
    for (const held of due) {
      for (const owned of held.changed ?? held.records) {
        if (!isActive(owned)) continue;
        for (const member of wholeSet(owned)) if (this.#limitOf(member) <= now) records.add(member);
      }
    }
    for (const { bytes, records: sent } of packResponse([...records], [], this.#context)) {
      this.#multicast(bytes);
      for (const owned of sent) {
        for (const family of this.#context.families) owned.lastMulticast[family] = now;
        owned.announced = true;
        this.#responder.forget(owned);
      }
    }
    for (const held of due) this.#countAnnouncement(held, now);
  }

  #countAnnouncement(held: Held, now: Instant): void {
    if (held.state.phase !== "announcing") return;
    const { sent } = held.state;
    if (sent === 0) {
      if (held.updating) held.updates = noteUpdate(held.updates, now);
      held.updating = false;
      held.superseded = [];
      held.seeking = undefined;
      this.#tell(held, "announced");
    }
    const isLast = sent + 1 >= COUNTS.announcements;
    if (isLast) held.changed = undefined;
    this.#apply(held, isLast ? "settled" : "announced", now);
  }

  #multicast(bytes: Uint8Array): void {
    for (const family of this.#context.families) this.#context.send({ bytes, to: { group: family } });
  }
}

/** What another responder of this machine may say of the machine: its list of addresses may be ahead of ours. */
function isAboutHost({ data }: ResourceRecord): boolean {
  return data.kind === "address" || data.kind === "nsec";
}

function isSameSet(a: Owned, b: Owned): boolean {
  return a.at.name.key === b.at.name.key && a.record.type === b.record.type && a.record.class === b.record.class;
}

function hasSuccessor(owned: Owned, records: ReadonlySet<Owned>): boolean {
  for (const other of records) if (isSameSet(owned, other)) return true;
  return false;
}
