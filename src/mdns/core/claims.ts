import type { Message } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { rrsetKey } from "../wire/record-key.ts";
import { Announcing } from "./announcing.ts";
import type { Cache } from "./cache.ts";
import { announceFrom, dueAction, isOurs, probeFrom } from "./claim.ts";
import { ClaimStates } from "./claim-states.ts";
import { Conflicts } from "./conflicts.ts";
import type { CoreContext } from "./context.ts";
import type { Datagram } from "./datagram.ts";
import { emptyClaim, type HeldClaim } from "./held-claim.ts";
import type { ClaimId } from "./output.ts";
import type { OwnRecord } from "./own-record.ts";
import { OwnRecords } from "./own-records.ts";
import { Probing } from "./probing.ts";
import { checkPublishable } from "./publishable.ts";
import type { Responder } from "./responder.ts";
import { earlier, type Instant } from "./timing.ts";
import { UNUSED } from "./update-rate.ts";
import type { Owned, Zone } from "./zone.ts";

/** Gets names, announces and defends them, and gives them up. RFC 6762 §8, §9, §10.1 */
export class Claims {
  readonly #context: CoreContext;
  readonly #records: OwnRecords;
  readonly #states: ClaimStates;
  readonly #probing: Probing;
  readonly #conflicts: Conflicts;
  readonly #announcing: Announcing;

  constructor(context: CoreContext, zone: Zone, cache: Cache, responder: Responder) {
    this.#context = context;
    this.#records = new OwnRecords(context, zone, cache, responder);
    this.#states = new ClaimStates(context, this.#records);
    this.#probing = new Probing(context, this.#states, this.#records);
    this.#conflicts = new Conflicts(context, this.#states, this.#records, this.#probing);
    this.#announcing = new Announcing(context, zone, this.#states, responder);
  }

  get next(): Instant | undefined {
    return earlier(this.#announcing.next, this.#states.next);
  }

  get size(): number {
    return this.#states.size;
  }

  /** @throws {@link CoreError} before anything is changed */
  register(id: ClaimId, records: readonly OwnRecord[], now: Instant): void {
    const name = checkPublishable(records, this.#context.payloadMax);
    const held = emptyClaim(id, now);
    this.#states.add(held);
    this.#begin(held, name, records, now);
  }

  /** Other records under the same name. RFC 6762 §8.4 @throws {@link CoreError} before anything is changed */
  update(id: ClaimId, records: readonly OwnRecord[], now: Instant): void {
    const held = this.#states.get(id);
    if (held === undefined) return;
    const name = checkPublishable(records, this.#context.payloadMax);
    if (name?.key !== held.name?.key) this.replace(id, records, now);
    else if (held.state.phase !== "lost") {
      held.name = name; // perhaps in other letters
      this.#exchange(held, records, now);
    }
  }

  /** Other names: what was announced is withdrawn, then everything starts anew. RFC 6762 §9 */
  replace(id: ClaimId, records: readonly OwnRecord[], now: Instant): void {
    const held = this.#states.get(id);
    if (held === undefined) return;
    const name = checkPublishable(records, this.#context.payloadMax);
    const old = held.records;
    const superseded = this.#takeSuperseded(held);
    this.#states.detach(held);
    this.#records.doubt(held);
    held.updates = UNUSED;
    this.#begin(held, name, records, now);
    const kept = new Set(held.records);
    const gone = old.filter((owned) => !kept.has(owned));
    this.#announcing.sayGoodbye([...this.#records.release(held, gone, now), ...superseded], now);
  }

  withdraw(id: ClaimId, now: Instant): void {
    const held = this.#states.get(id);
    if (held !== undefined) this.#announcing.sayGoodbye(this.#end(held, now), now);
  }

  withdrawAll(now: Instant): void {
    for (const held of this.#states.all) this.#announcing.sayGoodbye(this.#end(held, now), now);
  }

  /** The link is gone: nothing is ours there any more, and nobody is there to be told. */
  clear(now: Instant): void {
    for (const held of this.#states.all) this.#end(held, now);
    this.#announcing.clear();
  }

  /** Connectivity may have changed: everything is probed and announced again. RFC 6762 §8 */
  restart(now: Instant): void {
    for (const held of this.#states.all) {
      held.changed = undefined;
      if (held.name === undefined) this.#states.apply(held, "changed", now);
      else this.#states.apply(held, "reconnected", now, this.#probing.startTime(now));
    }
  }

  advance(now: Instant): void {
    const { next } = this;
    if (next === undefined || next > now) return;
    const probing: HeldClaim[] = [];
    const announcing: HeldClaim[] = [];
    for (let held = this.#states.takeDue(now); held !== undefined; held = this.#states.takeDue(now)) {
      switch (dueAction(held.state)) {
        case "probe":
          probing.push(held);
          break;
        case "win":
          this.#states.apply(held, "unopposed", now);
          break;
        case "resume":
          this.#states.apply(held, "waited", now, this.#context.host.conflicts.nextAttempt(now));
          break;
        case "announce":
          announcing.push(held);
          break;
        case undefined:
          break;
      }
    }
    this.#announcing.sendGoodbyes();
    this.#probing.probe(probing, now);
    this.#announcing.announce(announcing, now);
  }

  /** Another host probes: perhaps for a name that we probe for too. RFC 6762 §8.2 */
  handleProbe(message: Message, datagram: Datagram, now: Instant): void {
    if (message.authorities.length === 0) return;
    if (datagram.fromThisHost) for (const record of message.authorities) this.#conflicts.yieldReverse(record, now);
    this.#probing.handleProbe(message, datagram, now);
  }

  /**
   * Takes up a record, none of ours, that somebody gave in a response.
   * @returns whether it is in conflict with ours, and so not to be believed
   */
  handleRecord(record: ResourceRecord, datagram: Datagram, now: Instant): boolean {
    if (datagram.fromThisHost && record.ttl > 0) this.#conflicts.yieldReverse(record, now);
    return this.#conflicts.handleRecord(record, datagram, now);
  }

  /** Whether a unicast response may be one to a probe of ours. RFC 6762 §6, §8.1 */
  expectsUnicast(message: Message): boolean {
    return this.#probing.expectsUnicast(message);
  }

  #begin(held: HeldClaim, name: Name | undefined, records: readonly OwnRecord[], now: Instant): void {
    held.name = name;
    held.changed = undefined;
    held.seeking ??= now;
    // A name that another claim of ours has won needs no probing. RFC 6762 §8.1
    const isProven = name !== undefined && this.#states.at(name.key).some(({ state }) => isOurs(state));
    held.records = [...new Set(this.#records.hold(held, records))];
    this.#states.attach(held);
    if (name === undefined || isProven) {
      this.#states.enter(held, announceFrom(now));
      this.#records.win(held, held.records, now);
      return;
    }
    this.#states.enter(held, probeFrom(this.#probing.startTime(now)));
    this.#states.tell(held, "probing");
  }

  /** What is new is announced; what is gone and has no successor, whose flush bit would end it, gets a goodbye. */
  #exchange(held: HeldClaim, records: readonly OwnRecord[], now: Instant): void {
    const wording = new Map(held.records.map((owned) => [owned, owned.record]));
    const fresh = this.#records.hold(held, records);
    const kept = new Set(fresh);
    const old = held.records.filter((owned) => !kept.has(owned));
    const added = fresh.filter((owned) => wording.get(owned) !== owned.record);
    const [oldSets, freshSets] = [setsOf(old), setsOf(fresh)];
    const isSucceeded = ({ ownership, record }: Owned): boolean =>
      ownership !== "shared" && freshSets.has(rrsetKey(record));
    const before = held.superseded;
    const superseded = old.filter(({ announced }) => announced).map((owned) => ({ owned, since: now }));
    held.superseded = [...before, ...superseded].filter(({ owned }) => isSucceeded(owned));
    held.records = [...kept];
    const isWon = isOurs(held.state);
    if (isWon) this.#records.win(held, added, now);
    const gone = this.#records.release(held, old, now);
    const ended = [...gone, ...this.#unheld(before)].filter((owned) => !isSucceeded(owned));
    this.#announcing.sayGoodbye(ended, now);
    if (!isWon || (added.length === 0 && old.length === 0)) return;
    const successors = fresh.filter((owned) => added.includes(owned) || oldSets.has(rrsetKey(owned.record)));
    this.#announcing.change(held, successors, now);
  }

  /** @returns what is to be said goodbye to */
  #end(held: HeldClaim, now: Instant): Owned[] {
    this.#states.delete(held);
    const superseded = this.#takeSuperseded(held);
    return [...this.#records.release(held, held.records, now), ...superseded];
  }

  /** Records that others still have, as nothing that was announced has ended them. */
  #takeSuperseded(held: HeldClaim): readonly Owned[] {
    const { superseded } = held;
    held.superseded = [];
    return this.#unheld(superseded);
  }

  #unheld(superseded: HeldClaim["superseded"]): readonly Owned[] {
    return superseded.map(({ owned }) => owned).filter((owned) => !this.#records.includes(owned));
  }
}

function setsOf(records: readonly Owned[]): ReadonlySet<string> {
  return new Set(records.map(({ record }) => rrsetKey(record)));
}
