import type { Name } from "../wire/name.ts";
import { sameRecord, withFlush } from "../wire/record-key.ts";
import type { Cache } from "./cache.ts";
import type { CoreContext } from "./context.ts";
import type { HeldClaim } from "./held-claim.ts";
import { denialFor } from "./negative.ts";
import type { OwnRecord } from "./own-record.ts";
import type { Responder } from "./responder.ts";
import { type Instant, TTL } from "./timing.ts";
import { isActive, type Owned, type OwnedName, type Zone } from "./zone.ts";

/** What claims hold, and all that must agree with it: the zone, our own cache, waiting answers, the host's other links. */
export class OwnRecords {
  readonly #context: CoreContext;
  readonly #zone: Zone;
  readonly #cache: Cache;
  readonly #responder: Responder;

  constructor(context: CoreContext, zone: Zone, cache: Cache, responder: Responder) {
    this.#context = context;
    this.#zone = zone;
    this.#cache = cache;
    this.#responder = responder;
  }

  /** Everything of ours at a name, won or not. */
  at(name: Name): readonly Owned[] {
    return [...(this.#zone.at(name)?.records.values() ?? [])];
  }

  /** Whether some claim here holds an equal record. */
  includes({ record }: Owned): boolean {
    return this.#zone.find(record) !== undefined;
  }

  /** The records become a claim's; none of them is given in answers yet. */
  hold(held: HeldClaim, records: readonly OwnRecord[]): Owned[] {
    return records.map(({ record, ownership }) => {
      const own = withFlush(record, ownership !== "shared"); // RFC 6762 §10.2
      const isNew = this.#zone.find(own) === undefined;
      const owned = this.#zone.hold(held.id, { record: own, ownership });
      if (isNew) this.#context.host.add(owned.key);
      return owned;
    });
  }

  /** From now on the records answer questions. */
  win({ id }: HeldClaim, records: readonly Owned[], now: Instant): void {
    for (const owned of records) {
      this.#zone.win(id, owned);
      this.#cache.addOwn(owned.record, now);
    }
    this.#tellDenials(records, now);
  }

  /** The claim's records answer no questions until they are won again. */
  doubt({ id, records }: HeldClaim): void {
    for (const owned of records) {
      this.#zone.doubt(id, owned);
      if (!isActive(owned)) this.#responder.forget(owned);
    }
  }

  /** The records are the claim's no more. @returns those that nobody here holds now and that were announced */
  release(held: HeldClaim, records: readonly Owned[], now: Instant): Owned[] {
    const announced: Owned[] = [];
    const ours = new Set(records.filter((owned) => this.#isOursAlone(owned, held))); // while what they lead to is there
    for (const owned of records) {
      const isGone = this.#zone.release(held.id, owned);
      if (!isGone) continue;
      this.#responder.forget(owned);
      if (ours.has(owned)) this.#end(owned, now);
      else this.#leaveToOthers(owned, held, now);
      if (owned.announced) announced.push(owned);
    }
    this.#tellDenials(records, now);
    return announced;
  }

  /** Nobody else has what is unique, or leads to a name of ours. */
  #isOursAlone({ ownership, record: { data } }: Owned, { state }: HeldClaim): boolean {
    if (ownership !== "shared") return true;
    if (data.kind !== "name" || state.phase === "lost") return false;
    return (this.#zone.at(data.target)?.unshared ?? 0) > 0;
  }

  #end({ key, record, announced }: Owned, now: Instant): void {
    if (announced) this.#context.host.giveUp(key, now);
    else this.#context.host.remove(key);
    this.#cache.removeOwn(record, now);
  }

  /** Our own askers keep it if another host is heard with it within the second. RFC 6762 §10.1 */
  #leaveToOthers({ key, record, announced }: Owned, { state }: HeldClaim, now: Instant): void {
    const isWinners = state.phase === "lost";
    if (announced && !isWinners) this.#context.host.giveUpShared(key, now);
    else this.#context.host.remove(key);
    if (!this.#cache.disown(record, now)) return;
    if (announced && !isWinners) this.#cache.farewell(record, now);
    else this.#cache.reconfirm(record, now); // without a goodbye nobody saves it unasked
  }

  /** Our own askers learn from us which types a name of ours lacks: nobody on the link could tell them. */
  #tellDenials(records: readonly Owned[], now: Instant): void {
    for (const at of new Set(records.map((owned) => owned.at))) this.#tellDenial(at, now);
  }

  #tellDenial(at: OwnedName, now: Instant): void {
    const denial = denialFor(at, TTL.host)?.record;
    if (at.ownDenial !== undefined && (denial === undefined || !sameRecord(denial, at.ownDenial))) {
      this.#cache.removeOwn(at.ownDenial, now);
      at.ownDenial = undefined;
    }
    if (denial === undefined || at.ownDenial !== undefined) return;
    at.ownDenial = denial;
    this.#cache.addOwn(denial, now);
  }
}
