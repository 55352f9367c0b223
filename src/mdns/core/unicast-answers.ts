import { additionalsFor } from "./additional.ts";
import type { Window } from "./answer-window.ts";
import type { CoreContext } from "./context.ts";
import { currentAnswer } from "./current-answer.ts";
import type { Peer } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { LIMITS } from "./limits.ts";
import { PendingAnswers } from "./pending-answers.ts";
import type { ReplyBudget } from "./reply-budget.ts";
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
    return [...this.#peers.values()].reduce((sum, { pending }) => sum + pending.size, 0);
  }

  /** Answers refused because too many peers waited. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @returns false when too many peers wait already, or the peer has had too many replies */
  give(peer: Peer, answers: readonly (readonly [Owned, Window])[], now: Instant): boolean {
    if (!this.#budget.take(peer.address, now)) {
      this.#context.trace("reply refused", answers[0]?.[0].record.name, `${peer.address} has had too many`);
      return false;
    }
    const key = `${peer.address} ${peer.port}`;
    let waiting = this.#peers.get(key);
    if (waiting === undefined) {
      if (answers.every(([, { due }]) => due <= now)) {
        this.#send(
          peer,
          answers.map(([owned]) => owned),
        );
        return true;
      }
      if (this.#peers.size >= LIMITS.waitingPeers) {
        this.#dropped++;
        return false;
      }
      waiting = { key, peer, pending: new PendingAnswers() };
      this.#peers.set(key, waiting);
    }
    waiting.pending.add(answers);
    this.#await(waiting);
    return true;
  }

  clear(): void {
    this.#peers.clear();
    this.#due.clear();
  }

  advance(now: Instant): void {
    for (let waiting = this.#due.takeDue(now); waiting !== undefined; waiting = this.#due.takeDue(now)) {
      const answers = waiting.pending.take(now).flatMap(currentAnswer);
      if (answers.length > 0) this.#send(waiting.peer, answers);
      this.#await(waiting);
    }
  }

  #await(waiting: WaitingPeer): void {
    const { next } = waiting.pending;
    if (next === undefined) this.#peers.delete(waiting.key);
    else this.#due.set(waiting, next);
  }

  #send(peer: Peer, answers: readonly Owned[]): void {
    for (const { bytes, records } of packResponse(answers, additionalsFor(this.#zone, answers), this.#context)) {
      this.#context.send({ bytes, to: peer });
      this.#context.trace("answered", answers[0]?.record.name, `${records.length} records by unicast, ${peer.address}`);
    }
  }
}
