import { additionalsFor } from "./additional.ts";
import type { PlannedAnswer } from "./answer-plan.ts";
import { atOnce, notBefore, type Window } from "./answer-window.ts";
import type { CoreContext } from "./context.ts";
import { currentAnswers } from "./current-answers.ts";
import type { Family } from "./datagram.ts";
import { PendingAnswers } from "./pending-answers.ts";
import { packResponse } from "./response-packets.ts";
import { earlier, type Instant, TIMING } from "./timing.ts";
import { lastMulticast, type Owned, type Zone } from "./zone.ts";

const RECENT = "it was multicast a moment ago (RFC 6762 §6)";

/** An answer as far as sending it goes. */
type Given = Pick<PlannedAnswer, "owned" | "defence">;

/** Answers on their way to the group, by family: delayed, put together, and held to the rate limit. RFC 6762 §6, §6.4 */
export class MulticastAnswers {
  readonly #context: CoreContext;
  readonly #zone: Zone;
  readonly #pending: ReadonlyMap<Family, PendingAnswers<Owned>>;

  constructor(context: CoreContext, zone: Zone) {
    this.#context = context;
    this.#zone = zone;
    this.#pending = new Map(context.families.map((family) => [family, new PendingAnswers()]));
  }

  get next(): Instant | undefined {
    return earlier(this.#pending.get("ipv4")?.next, this.#pending.get("ipv6")?.next);
  }

  /** How many there are. */
  get waiting(): number {
    return [...this.#pending.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** What is due at once goes with the next {@link advance}: one packet for all that a packet heard sets off. */
  give(family: Family, answers: readonly Given[], window: Window, now: Instant): void {
    const pending = this.#pending.get(family);
    if (pending === undefined) return;
    pending.add(answers.map((answer) => [answer.owned, this.#allowed(answer, family, window, now)]));
  }

  /** @returns whether the record waited to be given on the family */
  suppress(owned: Owned, family: Family): boolean {
    return this.#pending.get(family)?.delete(owned) ?? false;
  }

  /** A record was multicast or withdrawn: no waiting answer needs it. */
  forget(owned: Owned): void {
    for (const pending of this.#pending.values()) pending.delete(owned);
  }

  clear(): void {
    for (const pending of this.#pending.values()) pending.clear();
  }

  advance(now: Instant): void {
    for (const [family, pending] of this.#pending) {
      const taken = pending.take(now);
      if (taken.length > 0) this.#send(family, taken, now);
    }
  }

  #allowed({ owned, defence }: Given, family: Family, window: Window, now: Instant): Window {
    const interval = defence ? TIMING.probeDefenceInterval : TIMING.multicastInterval;
    const wanted = defence ? atOnce(now) : window;
    const allowed = notBefore(wanted, lastMulticast(owned, family) + interval);
    if (allowed.due > wanted.due) this.#context.trace("answer delayed", owned.record.name, RECENT);
    return allowed;
  }

  #send(family: Family, taken: readonly Owned[], now: Instant): void {
    const mayBeRepeated = (owned: Owned): boolean => now >= lastMulticast(owned, family) + TIMING.multicastInterval;
    // A denial may have gone out meanwhile with other types than when it began to wait.
    const answers = currentAnswers(taken).filter((owned) => {
      if (!owned.denial || mayBeRepeated(owned)) return true;
      this.#context.trace("answer suppressed", owned.record.name, RECENT);
      return false;
    });
    if (answers.length === 0) return;
    const additionals = additionalsFor(this.#zone, answers).filter(mayBeRepeated);
    for (const { bytes, records } of packResponse(answers, additionals, this.#context)) {
      this.#context.send({ bytes, to: { group: family } });
      this.#context.trace("answered", answers[0]?.record.name, `${records.length} records by multicast, ${family}`);
      for (const owned of records) {
        owned.lastMulticast[family] = now;
        owned.announced = true;
        this.#pending.get(family)?.delete(owned);
      }
    }
  }
}
