import { additionalsFor } from "./additional.ts";
import type { PlannedAnswer } from "./answer-plan.ts";
import { atOnce, type Window } from "./answer-window.ts";
import type { CoreContext } from "./context.ts";
import { currentAnswers } from "./current-answers.ts";
import type { Peer } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { LIMITS } from "./limits.ts";
import { PendingAnswers } from "./pending-answers.ts";
import type { ReplyBudget } from "./reply-budget.ts";
import { packResponse } from "./response-packets.ts";
import type { Instant } from "./timing.ts";
import type { Owned, Zone } from "./zone.ts";
import { ZoneMemo } from "./zone-memo.ts";

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
  /** Packets with a single answer. */
  readonly #memo: ZoneMemo<Owned, readonly Uint8Array[]>;
  #dropped = 0;

  constructor(context: CoreContext, zone: Zone, budget: ReplyBudget) {
    this.#context = context;
    this.#zone = zone;
    this.#budget = budget;
    this.#memo = new ZoneMemo(zone);
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
   * Sends the answers, at once where they need not wait; a defence never does.
   * @returns false when too many peers wait already, or the peer has had too many replies
   */
  give(peer: Peer, answers: readonly PlannedAnswer[], window: Window, now: Instant): boolean {
    if (!this.#budget.take(peer.address, now)) {
      this.#context.trace("reply refused", answers[0]?.owned.record.name, `${peer.address} has had too many`);
      return false;
    }
    if (window.due <= now || answers.every(({ defence }) => defence)) {
      this.#send(
        peer,
        answers.map(({ owned }) => owned),
      );
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
      const answers = currentAnswers(waiting.pending.take(now));
      if (answers.length > 0) this.#send(waiting.peer, answers);
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

  #send(peer: Peer, answers: readonly Owned[]): void {
    for (const bytes of this.#packed(answers)) {
      this.#context.send({ bytes, to: peer });
      this.#context.trace("answered", answers[0]?.record.name, `by unicast, ${peer.address}`);
    }
  }

  #packed(answers: readonly Owned[]): readonly Uint8Array[] {
    const [first] = answers;
    if (first === undefined || answers.length > 1) return this.#pack(answers);
    let packed = this.#memo.get(first);
    if (packed === undefined) {
      packed = this.#pack(answers).map((bytes) => bytes.slice()); // not cut from memory that packets share
      this.#memo.set(first, packed);
    }
    return packed;
  }

  #pack(answers: readonly Owned[]): Uint8Array[] {
    return packResponse(answers, additionalsFor(this.#zone, answers), this.#context).map(({ bytes }) => bytes);
  }
}
