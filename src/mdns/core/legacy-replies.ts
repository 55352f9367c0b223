import type { Message } from "../wire/message.ts";
import { additionalsFor } from "./additional.ts";
import type { CoreContext } from "./context.ts";
import { currentAnswer } from "./current-answer.ts";
import type { Peer } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { packLegacyReply } from "./legacy-reply.ts";
import { LIMITS } from "./limits.ts";
import type { ReplyBudget } from "./reply-budget.ts";
import type { Instant } from "./timing.ts";
import type { Owned, Zone } from "./zone.ts";

/** A reply to a query from another port than 5353. */
export interface LegacyReply {
  readonly query: Message;
  readonly peer: Peer;
  readonly answers: readonly Owned[];
}

/** Replies on their way to resolvers that are not multicast ones. RFC 6762 §6.7 */
export class LegacyReplies {
  readonly #context: CoreContext;
  readonly #zone: Zone;
  readonly #budget: ReplyBudget;
  readonly #due = new DeadlineQueue<LegacyReply>();
  #dropped = 0;

  constructor(context: CoreContext, zone: Zone, budget: ReplyBudget) {
    this.#context = context;
    this.#zone = zone;
    this.#budget = budget;
  }

  get next(): Instant | undefined {
    return this.#due.next;
  }

  /** How many there are. */
  get waiting(): number {
    return this.#due.size;
  }

  /** Replies that were not given because too many waited. */
  get dropped(): number {
    return this.#dropped;
  }

  give(reply: LegacyReply, due: Instant, now: Instant): void {
    if (due <= now) this.#send(reply, now);
    else if (this.#due.size < LIMITS.waitingLegacyReplies) this.#due.set(reply, due);
    else this.#dropped++;
  }

  clear(): void {
    this.#due.clear();
  }

  advance(now: Instant): void {
    for (let reply = this.#due.takeDue(now); reply !== undefined; reply = this.#due.takeDue(now)) {
      this.#send(reply, now);
    }
  }

  #send({ query, peer, ...reply }: LegacyReply, now: Instant): void {
    const answers = reply.answers.flatMap(currentAnswer);
    const [first] = answers;
    if (first === undefined) return;
    if (!this.#budget.take(peer.address, now)) {
      this.#context.trace("reply refused", first.record.name, `${peer.address} has had too many`);
      return;
    }
    const bytes = packLegacyReply(query, answers, additionalsFor(this.#zone, answers), this.#context.payload);
    if (bytes === undefined) return;
    this.#context.send({ bytes, to: peer });
    this.#context.trace("answered", first.record.name, `by unicast, ${peer.address} (RFC 6762 §6.7)`);
  }
}
