import type { Message } from "../wire/message.ts";
import type { Question } from "../wire/question.ts";
import { additionalsFor } from "./additional.ts";
import type { CoreContext } from "./context.ts";
import type { Datagram, Family, Peer } from "./datagram.ts";
import { isKnown, type KnownAnswers, knownAnswers } from "./known-answers.ts";
import { packLegacyReply } from "./legacy-reply.ts";
import { LIMITS } from "./limits.ts";
import { denialFor, negativeAnswer } from "./negative.ts";
import { addPending, type PendingAnswers, pendingDue, takePending, type Window } from "./pending-answers.ts";
import { ReplyBudget } from "./reply-budget.ts";
import { packResponse } from "./response-packets.ts";
import { type Instant, TIMING } from "./timing.ts";
import { TruncatedQueries } from "./truncated-queries.ts";
import { isActive, lastMulticast, type Owned, wholeSet, type Zone } from "./zone.ts";

/** One query to answer, whether it came in one packet or in several. */
interface Query {
  readonly questions: readonly Question[];
  readonly known: KnownAnswers;
  readonly datagram: Datagram;
  /** Keys of the names that the sender is probing for. */
  readonly probed: ReadonlySet<string>;
  /** The random delay is over. */
  readonly waited: boolean;
}

interface PlannedAnswer {
  readonly owned: Owned;
  readonly question: Question;
  readonly defence: boolean;
}

interface WaitingPeer {
  readonly peer: Peer;
  readonly pending: PendingAnswers<Owned>;
}

interface WaitingLegacyReply {
  readonly query: Message;
  readonly peer: Peer;
  readonly answers: readonly Owned[];
  readonly due: Instant;
}

/** Answers queries from the zone. RFC 6762 §6, §7 */
export class Responder {
  readonly #context: CoreContext;
  readonly #zone: Zone;
  readonly #multicast: ReadonlyMap<Family, PendingAnswers<Owned>>;
  readonly #peers = new Map<string, WaitingPeer>();
  readonly #legacy: WaitingLegacyReply[] = [];
  readonly #truncated = new TruncatedQueries();
  readonly #budget = new ReplyBudget();
  #dropped = 0;

  constructor(context: CoreContext, zone: Zone) {
    this.#context = context;
    this.#zone = zone;
    this.#multicast = new Map(context.families.map((family) => [family, new Map()]));
  }

  get next(): Instant | undefined {
    const times = [...this.#multicast.values(), ...[...this.#peers.values()].map(({ pending }) => pending)].map(
      pendingDue,
    );
    times.push(this.#truncated.next, ...this.#legacy.map(({ due }) => due));
    return earliest(times);
  }

  get counters(): {
    /** Truncated queries whose rest is waited for. */
    readonly truncatedQueries: number;
    /** Queries and parts of them beyond a cap. */
    readonly dropped: number;
    /** Unicast replies beyond the budget of their destination. */
    readonly refusedReplies: number;
  } {
    const { waiting, dropped } = this.#truncated.counters;
    return { truncatedQueries: waiting, dropped: this.#dropped + dropped, refusedReplies: this.#budget.refused };
  }

  handleQuery(message: Message, datagram: Datagram, now: Instant): void {
    if (datagram.source.port !== MDNS_PORT) {
      this.#handleLegacyQuery(message, datagram, now);
      return;
    }
    const probed = probedNames(message);
    if (probed.size === 0) {
      const isOurs = message.truncated && message.questions.some((question) => this.#answersTo(question).length > 0);
      if (this.#truncated.collect(message, datagram, isOurs, now, this.#context.random())) return;
    }
    const known = knownAnswers(message.answers);
    this.#answer({ questions: message.questions, known, datagram, probed, waited: false }, now);
  }

  /**
   * Another host multicast a record of ours: a waiting answer with the same is done. RFC 6762 §7.4. Of a set of several
   * unique records it was perhaps only a part, and ours are sent together (RFC 6762 §10.2).
   */
  observeAnswer(owned: Owned, ttl: number, family: Family): void {
    if (ttl < owned.record.ttl || wholeSet(owned).length > 1) return;
    this.#truncated.answered(owned.key, ttl, family);
    if (this.#multicast.get(family)?.delete(owned)) {
      this.#context.trace("answer suppressed", owned.record.name, "another host gave the same (RFC 6762 §7.4)");
    }
  }

  /** Multicasts a record as soon as the limit allows; one that others have too after the usual delay. RFC 6762 §6.6 */
  rescue(owned: Owned, family: Family, now: Instant): void {
    const window = owned.ownership === "shared" ? this.#randomWindow(now) : at(now);
    const answers = wholeSet(owned).map((member) => ({ owned: member, defence: false }));
    this.#schedule(family, answers, window, now);
  }

  /** A record was multicast or withdrawn: no waiting answer needs it. */
  forget(owned: Owned): void {
    for (const pending of this.#multicast.values()) pending.delete(owned);
  }

  clear(): void {
    for (const pending of this.#multicast.values()) pending.clear();
    this.#peers.clear();
    this.#legacy.length = 0;
    this.#truncated.clear();
  }

  advance(now: Instant): void {
    for (let query = this.#truncated.takeDue(now); query !== undefined; query = this.#truncated.takeDue(now)) {
      const { questions, known, first } = query;
      this.#answer({ questions, known, datagram: first, probed: NONE, waited: true }, now);
    }
    for (const [family, pending] of this.#multicast) this.#sendMulticast(family, takePending(pending, now), now);
    for (const [key, waiting] of this.#peers) {
      const answers = takePending(waiting.pending, now).flatMap(current);
      if (answers.length > 0) this.#sendUnicast(waiting.peer, answers);
      if (waiting.pending.size === 0) this.#peers.delete(key);
    }
    this.#sendLegacyReplies(now);
  }

  #answersTo(question: Question): Owned[] {
    const positive = this.#zone.answers(question);
    if (positive.length > 0) return positive;
    const at = this.#zone.at(question.name);
    const negative = at === undefined ? undefined : negativeAnswer(at, question);
    return negative === undefined ? [] : [negative];
  }

  #answer(query: Query, now: Instant): void {
    const planned = this.#plan(query);
    if (planned.length === 0) return;
    const window = query.waited ? at(now) : this.#window(query.questions, planned, now);
    const { family } = query.datagram.source;
    const multicast: { owned: Owned; defence: boolean }[] = [];
    const unicast: [Owned, Window][] = [];
    for (const { owned, question, defence } of planned) {
      const direct = question.unicast || query.datagram.to === "host";
      const quarter = (owned.record.ttl * 1_000) / 4;
      const recent = now - lastMulticast(owned, family) <= quarter; // RFC 6762 §5.4
      const byUnicast = direct && query.datagram.onLink && (recent || defence);
      const unheard = byUnicast && defence && isUnheard(owned.lastDefence[family], now);
      if (byUnicast) unicast.push([owned, defence ? at(now) : window]);
      if (byUnicast && defence) owned.lastDefence[family] = now;
      if (!byUnicast || !recent || unheard) multicast.push({ owned, defence });
    }
    if (unicast.length > 0 && !this.#scheduleUnicast(query.datagram.source, unicast, now)) {
      const refused = new Set(unicast.map(([owned]) => owned));
      multicast.push(...planned.filter(({ owned }) => refused.has(owned)));
    }
    if (multicast.length > 0) this.#schedule(family, multicast, window, now);
  }

  #plan({ questions, known, probed }: Query): PlannedAnswer[] {
    const planned = new Map<string, PlannedAnswer>();
    for (const question of questions) {
      const defence = probed.has(question.name.key);
      for (const owned of this.#answersTo(question)) {
        const ttl = planned.get(owned.key)?.owned.record.ttl; // denials of one name may differ in it
        if (ttl !== undefined && ttl <= owned.record.ttl) continue;
        if (!defence && isKnown(owned, known)) {
          this.#context.trace("answer suppressed", owned.record.name, "the querier knows it (RFC 6762 §7.1)");
          continue;
        }
        planned.set(owned.key, { owned, question, defence });
      }
    }
    return [...planned.values()];
  }

  /** Unique answers to a single question go at once, everything else waits a random time. RFC 6762 §6, §6.3 */
  #window(questions: readonly Question[], planned: readonly PlannedAnswer[], now: Instant): Window {
    const shared = planned.some(({ owned }) => owned.ownership === "shared");
    return questions.length === 1 && !shared ? at(now) : this.#randomWindow(now);
  }

  #randomWindow(now: Instant): Window {
    const spread = TIMING.sharedAnswerMax - TIMING.sharedAnswerMin;
    return {
      earliest: now + TIMING.sharedAnswerMin,
      due: now + TIMING.sharedAnswerMin + this.#context.random() * spread,
      latest: now + TIMING.sharedAnswerMax,
    };
  }

  #schedule(
    family: Family,
    answers: readonly { readonly owned: Owned; readonly defence: boolean }[],
    window: Window,
    now: Instant,
  ): void {
    const pending = this.#multicast.get(family);
    if (pending === undefined) return;
    addPending(
      pending,
      answers.map(({ owned, defence }) => {
        const interval = defence ? TIMING.probeDefenceInterval : TIMING.multicastInterval;
        return [owned, notBefore(defence ? at(now) : window, lastMulticast(owned, family) + interval)] as const;
      }),
    );
  }

  /** @returns false when too many peers wait already, or the peer has had too many replies */
  #scheduleUnicast(peer: Peer, answers: readonly [Owned, Window][], now: Instant): boolean {
    if (!this.#budget.take(`${peer.family} ${peer.address}`, now)) return false;
    const key = `${peer.family} ${peer.address} ${peer.port}`;
    let waiting = this.#peers.get(key);
    if (waiting === undefined) {
      if (this.#peers.size >= LIMITS.waitingPeers) {
        this.#dropped++;
        return false;
      }
      waiting = { peer, pending: new Map() };
      this.#peers.set(key, waiting);
    }
    addPending(waiting.pending, answers);
    return true;
  }

  #sendMulticast(family: Family, taken: readonly Owned[], now: Instant): void {
    const answers = taken.flatMap(current).filter((owned) => !owned.denial || mayBeGiven(owned, family, now));
    if (answers.length === 0) return;
    const additionals = additionalsFor(this.#zone, answers).filter((owned) => mayBeGiven(owned, family, now));
    for (const { bytes, records } of packResponse(answers, additionals, this.#context)) {
      this.#context.send({ bytes, to: { group: family } });
      this.#context.trace("answered", answers[0]?.record.name, `${records.length} records by multicast, ${family}`);
      for (const owned of records) {
        owned.lastMulticast[family] = now;
        owned.announced = true;
        this.#multicast.get(family)?.delete(owned);
      }
    }
  }

  #sendUnicast(peer: Peer, answers: readonly Owned[]): void {
    for (const { bytes, records } of packResponse(answers, additionalsFor(this.#zone, answers), this.#context)) {
      this.#context.send({ bytes, to: peer });
      this.#context.trace("answered", answers[0]?.record.name, `${records.length} records by unicast, ${peer.address}`);
    }
  }

  #handleLegacyQuery(message: Message, datagram: Datagram, now: Instant): void {
    if (!datagram.onLink) return;
    const query: Query = { questions: message.questions, known: new Map(), datagram, probed: NONE, waited: false };
    const planned = this.#plan(query);
    if (planned.length === 0) return;
    if (this.#legacy.length >= LIMITS.waitingLegacyReplies) {
      this.#dropped++;
      return;
    }
    const { due } = this.#window(message.questions, planned, now);
    const answers = planned.map(({ owned }) => owned);
    this.#legacy.push({ query: message, peer: datagram.source, answers, due });
  }

  #sendLegacyReplies(now: Instant): void {
    for (let index = 0; index < this.#legacy.length; ) {
      const reply = this.#legacy[index] as WaitingLegacyReply;
      if (reply.due > now) {
        index++;
        continue;
      }
      this.#legacy.splice(index, 1);
      const answers = reply.answers.flatMap(current);
      if (answers.length === 0 || !this.#budget.take(`${reply.peer.family} ${reply.peer.address}`, now)) continue;
      const bytes = packLegacyReply(reply.query, answers, additionalsFor(this.#zone, answers), this.#context.payload);
      if (bytes !== undefined) this.#context.send({ bytes, to: reply.peer });
    }
  }
}

const MDNS_PORT = 5353;
const NONE: ReadonlySet<string> = new Set();

/** Names of questions that records in the authority section answer: a probe. RFC 6762 §8.1 */
export function probedNames(message: Message): ReadonlySet<string> {
  if (message.authorities.length === 0) return NONE;
  const proposed = new Set(message.authorities.map(({ name }) => name.key));
  return new Set(message.questions.map(({ name }) => name.key).filter((key) => proposed.has(key)));
}

/** What may still be given of an answer that waited: the record if it is ours, for a denial what is to be denied now. */
function current(owned: Owned): Owned[] {
  if (isActive(owned)) return [owned];
  const denial = owned.denial ? denialFor(owned.at, owned.record.ttl) : undefined;
  return denial === undefined ? [] : [denial];
}

/** RFC 6762 §6 */
function mayBeGiven(owned: Owned, family: Family, now: Instant): boolean {
  return now >= lastMulticast(owned, family) + TIMING.multicastInterval;
}

/** A prober behind a reflector never gets what is sent to the reflector's address: the next time, all are told. */
function isUnheard(lastDefence: Instant | undefined, now: Instant): boolean {
  const age = lastDefence === undefined ? Number.POSITIVE_INFINITY : now - lastDefence;
  return age >= TIMING.defenceUnheardMin && age <= TIMING.defenceUnheardMax;
}

function at(now: Instant): Window {
  return { earliest: now, due: now, latest: now };
}

function notBefore(window: Window, limit: Instant): Window {
  return {
    earliest: Math.max(window.earliest, limit),
    due: Math.max(window.due, limit),
    latest: Math.max(window.latest, limit),
  };
}

function earliest(times: readonly (Instant | undefined)[]): Instant | undefined {
  let first: Instant | undefined;
  for (const time of times) if (time !== undefined && (first === undefined || time < first)) first = time;
  return first;
}
