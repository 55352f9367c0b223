import type { ResourceRecord } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { recordKey, rrsetKey } from "../wire/record-key.ts";
import { TYPE } from "../wire/record-type.ts";
import { canBeDenied, isOurs } from "./claim.ts";
import type { ClaimStates } from "./claim-states.ts";
import type { CoreContext } from "./context.ts";
import type { Datagram } from "./datagram.ts";
import type { HeldClaim } from "./held-claim.ts";
import type { OwnRecords } from "./own-records.ts";
import { isAboutHost, type Probing } from "./probing.ts";
import type { Instant } from "./timing.ts";
import { isReverseName } from "./unique-by-nature.ts";

/** Gives up names or puts them in doubt when another host has them, too. RFC 6762 §8.1, §9 */
export class Conflicts {
  readonly #context: CoreContext;
  readonly #states: ClaimStates;
  readonly #records: OwnRecords;
  readonly #probing: Probing;

  constructor(context: CoreContext, states: ClaimStates, records: OwnRecords, probing: Probing) {
    this.#context = context;
    this.#states = states;
    this.#records = records;
    this.#probing = probing;
  }

  /**
   * Takes up a record, none of ours, that somebody gave in a response.
   * @returns whether it is in conflict with ours, and so not to be believed
   */
  handleRecord(record: ResourceRecord, datagram: Datagram, now: Instant): boolean {
    if (record.ttl === 0) return false;
    const claims = this.#states.at(record.name.key);
    const verdicts = claims.map((held) => this.#verdict(held, record, datagram));
    if (verdicts.every((verdict) => verdict === undefined)) return false;
    // The lost tie-break of a deferred claim is counted already, and what won it is no further conflict. RFC 6762 §8.1
    const isCounted = claims.every(({ state }, index) => verdicts[index] === undefined || state.phase === "deferred");
    if (!isCounted) this.#context.host.conflicts.note(now);
    const contradicted = verdicts.includes("contradicted"); // then the whole name is in doubt, whoever holds a part of it
    for (const [index, held] of claims.entries()) {
      const event = verdicts[index] ?? (contradicted && isOurs(held.state) ? "contradicted" : undefined);
      if (event === undefined) continue;
      this.#context.trace("conflict", record.name, event);
      held.changed = undefined;
      this.#states.apply(held, event, now, event === "contradicted" ? this.#probing.startTime(now) : now);
    }
    return true;
  }

  /**
   * Another responder of this machine has its own idea of the name that an address leads back to: it may have it, without
   * a word from us, as it would rename itself for a denial.
   */
  yieldReverse(record: ResourceRecord, now: Instant): void {
    if (!isReverseName(record.name)) return;
    for (const owned of this.#records.at(record.name)) {
      if (owned.ownership !== "known-unique" || rrsetKey(owned.record) !== rrsetKey(record)) continue;
      if (owned.key === recordKey(record)) continue;
      this.#context.trace("yielded", record.name, "another responder of this host has other data");
      for (const id of [...owned.holders]) {
        const held = this.#states.get(id);
        if (held === undefined) continue;
        held.records = held.records.filter((other) => other !== owned);
        this.#records.release(held, [owned], now);
      }
    }
  }

  #verdict(held: HeldClaim, record: ResourceRecord, datagram: Datagram): "denied" | "contradicted" | undefined {
    if (datagram.fromThisHost && isAboutHost(record)) return undefined;
    if (canBeDenied(held.state)) return this.#answersProbe(record) ? "denied" : undefined;
    if (!isOurs(held.state)) return undefined;
    const key = rrsetKey(record);
    const isRival = held.records.some(({ ownership, record: own }) => ownership === "unique" && rrsetKey(own) === key);
    return isRival ? "contradicted" : undefined;
  }

  /** Whether it tells that a name is taken: a record of any type does, of the class that probes ask for. RFC 6762 §8.1 */
  #answersProbe(record: ResourceRecord): boolean {
    return record.class === CLASS.IN && !this.#affirmsOurTypes(record);
  }

  /** An NSEC that claims only types we propose too comes from a host that has the same records. */
  #affirmsOurTypes({ name, data }: ResourceRecord): boolean {
    if (data.kind !== "nsec") return false;
    const ours = new Set(this.#records.at(name).map(({ record }) => record.type));
    return data.types.every((type) => type === TYPE.NSEC || ours.has(type));
  }
}
