import type { ClaimStates } from "./claim-states.ts";
import type { CoreContext } from "./context.ts";
import type { HeldClaim } from "./held-claim.ts";
import { multicast } from "./multicast.ts";
import type { Responder } from "./responder.ts";
import { packResponse } from "./response-packets.ts";
import { COUNTS, type Instant, TIMING } from "./timing.ts";
import { nextUpdate, noteUpdate } from "./update-rate.ts";
import { isActive, lastMulticast, type Owned, wholeSet, type Zone } from "./zone.ts";

/** Tells everybody what is ours now, and what is not any more. RFC 6762 §8.3, §8.4, §10.1 */
export class Announcing {
  readonly #context: CoreContext;
  readonly #zone: Zone;
  readonly #states: ClaimStates;
  readonly #responder: Responder;
  #goodbyes: Owned[] = [];
  #goodbyesDue: Instant | undefined;

  constructor(context: CoreContext, zone: Zone, states: ClaimStates, responder: Responder) {
    this.#context = context;
    this.#zone = zone;
    this.#states = states;
    this.#responder = responder;
  }

  /** When there is an end to be told. */
  get next(): Instant | undefined {
    return this.#goodbyesDue;
  }

  announce(due: readonly HeldClaim[], now: Instant): void {
    const ready = due.filter((held) => !this.#postpone(held, now));
    const records = new Set<Owned>();
    for (const held of ready) {
      for (const owned of told(held)) {
        if (!isActive(owned) || this.#allowedAt(owned) > now) continue;
        for (const member of wholeSet(owned)) records.add(member);
      }
    }
    for (const { bytes, records: sent } of packResponse([...records], [], this.#context)) {
      multicast(bytes, this.#context);
      for (const owned of sent) this.#noteAnnounced(owned, now);
    }
    for (const held of ready) this.#count(held, now);
  }

  /** The claim's data changed; `records` are what is new. RFC 6762 §8.4 */
  change(held: HeldClaim, records: readonly Owned[], now: Instant): void {
    held.updating = true;
    const { state, changed } = held;
    const isFirst = state.phase === "announcing" && changed === undefined; // everything is yet to be told
    held.changed = isFirst ? undefined : new Set([...(changed ?? []), ...records]);
    const isUntold = state.phase === "announcing" && state.sent === 0;
    if (!isUntold) this.#states.apply(held, "changed", now, nextUpdate(held.updates, now));
  }

  /** The end of records that were announced is to be told. RFC 6762 §10.1 */
  sayGoodbye(records: readonly Owned[], now: Instant): void {
    if (records.length === 0) return;
    this.#goodbyes.push(...records);
    this.#goodbyesDue ??= now;
  }

  sendGoodbyes(): void {
    if (this.#goodbyes.length === 0) return;
    const records = this.#goodbyes.filter((owned) => !this.#isTakenUp(owned));
    this.clear();
    for (const { bytes } of packResponse(records, [], this.#context, 0)) multicast(bytes, this.#context);
    for (const name of new Set(records.map(({ at }) => at.name))) this.#context.trace("goodbye", name);
  }

  /** Nobody is there to be told of an end. */
  clear(): void {
    this.#goodbyes = [];
    this.#goodbyesDue = undefined;
  }

  /** A shared record is ours again at once: others still have it, and will hear of the end that may come now. */
  #isTakenUp({ record }: Owned): boolean {
    const owned = this.#zone.find(record);
    if (owned === undefined || !isActive(owned)) return false;
    owned.announced = true;
    return true;
  }

  /** An announcement waits until none of its own records was multicast in the last second. RFC 6762 §6, §8.3 */
  #postpone(held: HeldClaim, now: Instant): boolean {
    let allowed = now;
    for (const owned of told(held)) if (owned.holders.size === 1) allowed = Math.max(allowed, this.#allowedAt(owned));
    if (allowed <= now || held.state.phase !== "announcing") return false;
    this.#states.enter(held, { ...held.state, due: allowed });
    return true;
  }

  /** When a record and the set that goes with it may be multicast again, on every family. RFC 6762 §6 */
  #allowedAt(owned: Owned): Instant {
    let last = Number.NEGATIVE_INFINITY;
    for (const family of this.#context.families) last = Math.max(last, lastMulticast(owned, family));
    return last + TIMING.multicastInterval;
  }

  #noteAnnounced(owned: Owned, now: Instant): void {
    for (const family of this.#context.families) owned.lastMulticast[family] = now;
    owned.announced = true;
    this.#responder.forget(owned);
  }

  #count(held: HeldClaim, now: Instant): void {
    if (held.state.phase !== "announcing") return;
    const { sent } = held.state;
    if (sent === 0) {
      if (held.updating) held.updates = noteUpdate(held.updates, now);
      held.updating = false;
      held.seeking = undefined;
      this.#states.tell(held, "announced");
    }
    held.superseded = held.superseded.filter(({ since }) => now - since <= TIMING.flushAge);
    const isLast = sent + 1 >= COUNTS.announcements;
    if (isLast) held.changed = undefined;
    this.#states.apply(held, isLast ? "settled" : "announced", now);
  }
}

/** What an announcement of the claim is about. */
function told({ changed, records }: HeldClaim): Iterable<Owned> {
  return changed ?? records;
}
