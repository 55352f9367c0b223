import type { Message } from "../wire/message.ts";
import { additionalsFor } from "./additional.ts";
import type { CoreContext } from "./context.ts";
import { currentAnswers } from "./current-answers.ts";
import type { Datagram, Peer } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { packLegacyReply } from "./legacy-reply.ts";
import { LIMITS } from "./limits.ts";
import type { ReplyBudget } from "./reply-budget.ts";
import type { KnownReply, ReplyMemo } from "./reply-memo.ts";
import type { Instant } from "./timing.ts";
import type { Owned, Zone } from "./zone.ts";

interface WaitingReply {
  readonly query: Message;
  readonly peer: Peer;
  readonly answers: readonly Owned[];
}

/** Replies on their way to resolvers that are not multicast ones. RFC 6762 §6.7 */
export class LegacyReplies {
  readonly #context: CoreContext;
  readonly #zone: Zone;
  readonly #budget: ReplyBudget;
  readonly #due = new DeadlineQueue<WaitingReply>();
  readonly #memo: ReplyMemo;
  #dropped = 0;

  constructor(context: CoreContext, zone: Zone, budget: ReplyBudget, memo: ReplyMemo) {
    this.#context = context;
    this.#zone = zone;
    this.#budget = budget;
    this.#memo = memo;
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

  /** Answers a query as one like it was answered before. */
  repeat({ source }: Datagram, reply: KnownReply, now: Instant): void {
    if (this.#mayReply(source, reply.answers, now)) this.#send(source, reply);
  }

  give(query: Message, datagram: Datagram, answers: readonly Owned[], due: Instant, now: Instant): void {
    const { source } = datagram;
    if (due <= now) {
      const reply = this.#reply(query, source, answers, now);
      if (reply !== undefined) this.#memo.set(datagram, reply);
    } else if (this.#due.size < LIMITS.waitingLegacyReplies) {
      this.#due.set({ query, peer: source, answers }, due);
    } else {
      this.#dropped++;
    }
  }

  clear(): void {
    this.#due.clear();
  }

  advance(now: Instant): void {
    for (let reply = this.#due.takeDue(now); reply !== undefined; reply = this.#due.takeDue(now)) {
      this.#reply(reply.query, reply.peer, currentAnswers(reply.answers), now);
    }
  }

  #reply(query: Message, peer: Peer, answers: readonly Owned[], now: Instant): KnownReply | undefined {
    if (answers.length === 0 || !this.#mayReply(peer, answers, now)) return undefined;
    const bytes = packLegacyReply(query, answers, additionalsFor(this.#zone, answers), this.#context.payload);
    if (bytes === undefined) return undefined;
    const reply = { bytes, answers };
    this.#send(peer, reply);
    return reply;
  }

  #mayReply(peer: Peer, answers: readonly Owned[], now: Instant): boolean {
    if (this.#budget.allows(peer.address, now)) return true;
    this.#context.trace("reply refused", answers[0]?.record.name, `${peer.address} has had too many`);
    return false;
  }

  #send(peer: Peer, { bytes, answers }: KnownReply): void {
    this.#budget.spend(peer.address, bytes.length);
    this.#context.send({ bytes, to: peer });
    if (!this.#context.tracing) return;
    this.#context.trace("answered", answers[0]?.record.name, `by unicast, ${peer.address} (RFC 6762 §6.7)`);
  }
}
