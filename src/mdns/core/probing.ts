import type { Message } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { recordKey } from "../wire/record-key.ts";
import { canBeDenied } from "./claim.ts";
import type { ClaimStates } from "./claim-states.ts";
import type { CoreContext } from "./context.ts";
import type { Datagram } from "./datagram.ts";
import type { HeldClaim } from "./held-claim.ts";
import { multicast } from "./multicast.ts";
import type { OwnRecords } from "./own-records.ts";
import { fittingRecords, packProbes } from "./probe-packets.ts";
import { probedNames } from "./probed-names.ts";
import { tiebreak } from "./tiebreak.ts";
import { type Instant, TIMING } from "./timing.ts";

/** Asks whether names are free, and gives way to who asks at the same time with later data. RFC 6762 §8.1, §8.2 */
export class Probing {
  readonly #context: CoreContext;
  readonly #states: ClaimStates;
  readonly #records: OwnRecords;
  /** When the next series of probes starts: claims that come up before it share its packets. */
  #seriesStart: Instant = Number.NEGATIVE_INFINITY;

  constructor(context: CoreContext, states: ClaimStates, records: OwnRecords) {
    this.#context = context;
    this.#states = states;
    this.#records = records;
  }

  /** When a claim may send its first probe: at random, to spare the link when many hosts come up. RFC 6762 §8.1 */
  startTime(now: Instant): Instant {
    const isOverdue = (this.#states.next ?? Number.POSITIVE_INFINITY) <= this.#seriesStart; // not begun: we are late
    if (this.#seriesStart <= now && !isOverdue) {
      const earliest = this.#context.host.conflicts.nextAttempt(now);
      const wait = earliest > now ? 0 : this.#context.random() * TIMING.probeDelayMax;
      this.#seriesStart = earliest + wait;
    }
    return this.#seriesStart;
  }

  probe(due: readonly HeldClaim[], now: Instant): void {
    const names = new Map<string, Name>();
    for (const { name } of due) if (name !== undefined) names.set(name.key, name);
    const proposed = [...names.values()].map((name) => ({ name, records: this.#proposedAt(name) }));
    for (const bytes of packProbes(proposed, this.#context)) multicast(bytes, this.#context);
    for (const held of due) {
      this.#states.apply(held, "probed", now);
      this.#noteUnsettled(held, now);
    }
  }

  /** Another host probes for a name that we probe for too. RFC 6762 §8.2 */
  handleProbe(message: Message, { fromThisHost }: Datagram, now: Instant): void {
    for (const key of probedNames(message)) {
      const rivals = this.#states.at(key).filter(({ state }) => state.phase === "probing");
      const name = rivals[0]?.name;
      if (name === undefined) continue;
      const theirs = message.authorities.filter((record) => record.name.key === key);
      const isTwin = (record: ResourceRecord): boolean =>
        this.#context.host.owns(recordKey(record), now) || (fromThisHost && isAboutHost(record));
      if (theirs.every(isTwin) || tiebreak(this.#proposedAt(name), theirs) >= 0) continue;
      this.#context.host.conflicts.note(now);
      for (const held of rivals) {
        this.#context.trace("tie-break lost", name, "waiting a second, then probing again (RFC 6762 §8.2)");
        this.#states.apply(held, "outranked", now);
      }
    }
  }

  /** Whether a unicast response may be one to a probe of ours. RFC 6762 §6, §8.1 */
  expectsUnicast({ answers, additionals }: Message): boolean {
    if (!this.#context.unicast) return false;
    const isProbedFor = ({ name }: ResourceRecord): boolean =>
      this.#states.at(name.key).some(({ state }) => canBeDenied(state));
    return answers.some(isProbedFor) || additionals.some(isProbedFor);
  }

  /** All that we want to have at a name, by whichever claim, as far as a probe holds it. RFC 6762 §8.2 */
  #proposedAt(name: Name): readonly ResourceRecord[] {
    const unique = this.#records.at(name).filter(({ ownership }) => ownership === "unique");
    return fittingRecords(
      name,
      unique.map(({ record }) => record),
      this.#context,
    );
  }

  #noteUnsettled(held: HeldClaim, now: Instant): void {
    if (held.seeking === undefined || now - held.seeking < TIMING.unsettledNotice) return;
    held.seeking = Number.POSITIVE_INFINITY;
    this.#states.tell(held, "unsettled");
  }
}

/** What another responder of this machine may say of the machine: its list of addresses may be ahead of ours. */
export function isAboutHost({ data }: ResourceRecord): boolean {
  return data.kind === "address" || data.kind === "nsec";
}
