import { additionalsFor } from "./additional.ts";
import type { PlannedAnswer } from "./answer-plan.ts";
import { atOnce, type Window } from "./answer-window.ts";
import type { CoreContext } from "./context.ts";
import { currentAnswers } from "./current-answers.ts";
import type { Datagram, Peer } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { LIMITS } from "./limits.ts";
import { PendingAnswers } from "./pending-answers.ts";
import type { ReplyBudget } from "./reply-budget.ts";
import type { KnownReply, ReplyMemo } from "./reply-memo.ts";
import { packResponse } from "./response-packets.ts";
import type { Instant } from "./timing.ts";
import type { Owned, Zone } from "./zone.ts";

interface WaitingPeer {
  readonly key: string;
  readonly peer: Peer;
  readonly pending: PendingAnswers<Owned>;
}

/** Answers on their way to the peer that asked for them by QU. RFC 6762 §5.4 */
export class UnicastAnswers {
  readonly #context: CoreContext;
  readonly #zone: Zone;
  readonly #budget: ReplyBudget;
  readonly #peers = new Map<string, WaitingPeer>();
  readonly #due = new DeadlineQueue<WaitingPeer>();
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
    return [...this.#peers.values()].reduce((sum, { pending }) => sum + pending.size, 0);
  }

  /** Answers refused because too many peers waited. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Answers a query as one like it was answered before.
   * @returns false when the peer has had too many replies
   */
  repeat({ source }: Datagram, { bytes, answers }: KnownReply, now: Instant): boolean {
    if (this.#budget.isSpent(source.address, now)) return false;
    this.#sendPacket(source, bytes, answers);
    return true;
  }

  /**
   * Sends the answers, at once where they need not wait; a defence never does.
   * @param repeatable - the same query gets the same, as long as all of it is recent (RFC 6762 §5.4)
   * @returns false when too many peers wait already, or the peer has had too many replies
   */
  give(
    query: Datagram,
    answers: readonly PlannedAnswer[],
    window: Window,
    now: Instant,
    { repeatable }: { readonly repeatable: boolean },
  ): boolean {
    const peer = query.source;
    if (!this.#budget.allows(peer.address, now)) {
      this.#context.trace("reply refused", answers[0]?.owned.record.name, `${peer.address} has had too many`);
      return false;
    }
    if (window.due <= now || answers.every(({ defence }) => defence)) {
      const given = answers.map(({ owned }) => owned);
      const [bytes, ...more] = this.#send(peer, given);
      if (bytes !== undefined && repeatable && more.length === 0) this.#memo.set(query, { bytes, answers: given });
      return true;
    }
    const waiting = this.#waiting(peer);
    if (waiting === undefined) return false;
    waiting.pending.add(answers.map(({ owned, defence }) => [owned, defence ? atOnce(now) : window]));
    this.#await(waiting);
    return true;
  }

  clear(): void {
    this.#peers.clear();
    this.#due.clear();
  }

  advance(now: Instant): void {
    for (let waiting = this.#due.takeDue(now); waiting !== undefined; waiting = this.#due.takeDue(now)) {
      this.#send(waiting.peer, currentAnswers(waiting.pending.take(now)));
      this.#await(waiting);
    }
  }

  #waiting(peer: Peer): WaitingPeer | undefined {
    const key = `${peer.address} ${peer.port}`;
    const known = this.#peers.get(key);
    if (known !== undefined) return known;
    if (this.#peers.size >= LIMITS.waitingPeers) {
      this.#dropped++;
      return undefined;
    }
    const waiting = { key, peer, pending: new PendingAnswers<Owned>() };
    this.#peers.set(key, waiting);
    return waiting;
  }

  #await(waiting: WaitingPeer): void {
    const { next } = waiting.pending;
    if (next === undefined) this.#peers.delete(waiting.key);
    else this.#due.set(waiting, next);
  }

  /** @returns what was sent */
  #send(peer: Peer, answers: readonly Owned[]): readonly Uint8Array[] {
    if (answers.length === 0) return [];
    const packets = packResponse(answers, additionalsFor(this.#zone, answers), this.#context);
    for (const { bytes } of packets) this.#sendPacket(peer, bytes, answers);
    return packets.map(({ bytes }) => bytes);
  }

  #sendPacket(peer: Peer, bytes: Uint8Array, answers: readonly Owned[]): void {
    this.#budget.spend(peer.address, bytes.length);
    this.#context.send({ bytes, to: peer });
    if (!this.#context.tracing) return;
    this.#context.trace("answered", answers[0]?.record.name, `by unicast, ${peer.address}`);
  }
}
