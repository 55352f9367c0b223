import type { Message } from "../wire/message.ts";
import { additionalsFor } from "./additional.ts";
import type { CoreContext } from "./context.ts";
import { currentAnswers } from "./current-answers.ts";
import type { Datagram, Peer } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { LegacyMemo } from "./legacy-memo.ts";
import { packLegacyReply } from "./legacy-reply.ts";
import { LIMITS } from "./limits.ts";
import type { ReplyBudget } from "./reply-budget.ts";
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
  readonly #memo: LegacyMemo;
  #dropped = 0;

  constructor(context: CoreContext, zone: Zone, budget: ReplyBudget) {
    this.#context = context;
    this.#zone = zone;
    this.#budget = budget;
    this.#memo = new LegacyMemo(zone);
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

  give(query: Message, { bytes, source }: Datagram, answers: readonly Owned[], due: Instant, now: Instant): void {
    if (due <= now) this.#reply(source, answers, now, () => this.#packed(query, bytes, answers));
    else if (this.#due.size < LIMITS.waitingLegacyReplies) this.#due.set({ query, peer: source, answers }, due);
    else this.#dropped++;
  }

  clear(): void {
    this.#due.clear();
  }

  advance(now: Instant): void {
    for (let reply = this.#due.takeDue(now); reply !== undefined; reply = this.#due.takeDue(now)) {
      const { query, peer } = reply;
      const answers = currentAnswers(reply.answers);
      if (answers.length > 0) this.#reply(peer, answers, now, () => this.#pack(query, answers));
    }
  }

  #reply(peer: Peer, answers: readonly Owned[], now: Instant, pack: () => Uint8Array | undefined): void {
    const name = answers[0]?.record.name;
    if (!this.#budget.take(peer.address, now)) {
      this.#context.trace("reply refused", name, `${peer.address} has had too many`);
      return;
    }
    const bytes = pack();
    if (bytes === undefined) return;
    this.#context.send({ bytes, to: peer });
    this.#context.trace("answered", name, `by unicast, ${peer.address} (RFC 6762 §6.7)`);
  }

  #packed(query: Message, bytes: Uint8Array, answers: readonly Owned[]): Uint8Array | undefined {
    const [only, ...others] = answers;
    if (only === undefined || others.length > 0) return this.#pack(query, answers);
    const known = this.#memo.get(only, bytes);
    if (known !== undefined) return known;
    const reply = this.#pack(query, answers);
    if (reply !== undefined) this.#memo.set(only, bytes, reply);
    return reply;
  }

  #pack(query: Message, answers: readonly Owned[]): Uint8Array | undefined {
    return packLegacyReply(query, answers, additionalsFor(this.#zone, answers), this.#context.payload);
  }
}
