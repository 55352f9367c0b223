import type { Message } from "../wire/message.ts";
import { type Asked, answersTo, type PlannedAnswer, planAnswers } from "./answer-plan.ts";
import { afterRandomDelay, atOnce, type Window } from "./answer-window.ts";
import type { CoreContext } from "./context.ts";
import { type Datagram, type Family, MDNS_PORT } from "./datagram.ts";
import { knownAnswers, NOTHING_KNOWN } from "./known-answers.ts";
import { LegacyReplies } from "./legacy-replies.ts";
import { MulticastAnswers } from "./multicast-answers.ts";
import { probedNames } from "./probed-names.ts";
import { ReplyBudget } from "./reply-budget.ts";
import { ReplyMemo } from "./reply-memo.ts";
import { earlier, type Instant, TIMING } from "./timing.ts";
import { TruncatedQueries } from "./truncated-queries.ts";
import { UnicastAnswers } from "./unicast-answers.ts";
import { type Owned, recentUntil, wholeSet, type Zone } from "./zone.ts";

/** Answers queries from the zone: what, to whom, and when. RFC 6762 §6, §7 */
export class Responder {
  readonly #context: CoreContext;
  readonly #zone: Zone;
  readonly #truncated: TruncatedQueries;
  readonly #budget = new ReplyBudget();
  readonly #memo: ReplyMemo;
  readonly #multicast: MulticastAnswers;
  readonly #unicast: UnicastAnswers;
  readonly #legacy: LegacyReplies;

  constructor(context: CoreContext, zone: Zone) {
    this.#context = context;
    this.#zone = zone;
    this.#truncated = new TruncatedQueries((record) => zone.find(record) !== undefined);
    this.#multicast = new MulticastAnswers(context, zone);
    this.#memo = new ReplyMemo(zone);
    this.#unicast = new UnicastAnswers(context, zone, this.#budget, this.#memo);
    this.#legacy = new LegacyReplies(context, zone, this.#budget, this.#memo);
  }

  get next(): Instant | undefined {
    const collected = earlier(this.#truncated.next, this.#multicast.next);
    return earlier(collected, earlier(this.#unicast.next, this.#legacy.next));
  }

  get counters(): {
    /** Answers that wait to be sent. */
    readonly waitingAnswers: number;
    /** Truncated queries whose rest is waited for. */
    readonly truncatedQueries: number;
    /** Queries and parts of them beyond a cap. */
    readonly dropped: number;
    /** Unicast replies beyond the budget of their destination. */
    readonly refusedReplies: number;
  } {
    const { waiting, dropped } = this.#truncated.counters;
    return {
      waitingAnswers: this.#multicast.waiting + this.#unicast.waiting + this.#legacy.waiting,
      truncatedQueries: waiting,
      dropped: dropped + this.#unicast.dropped + this.#legacy.dropped,
      refusedReplies: this.#budget.refused,
    };
  }

  /** Whether a query waits for the rest of what it lists. RFC 6762 §7.2 */
  get awaitsMore(): boolean {
    return this.#truncated.next !== undefined;
  }

  /** @returns whether the query was the same as one before, so that it need not be read; it is dealt with then */
  repeat(datagram: Datagram, now: Instant): boolean {
    const known = datagram.onLink ? this.#memo.get(datagram, now) : undefined;
    if (known === undefined) return false;
    if (datagram.source.port === MDNS_PORT) return this.#unicast.repeat(datagram, known, now);
    this.#legacy.repeat(datagram, known, now);
    return true;
  }

  handleQuery(message: Message, datagram: Datagram, now: Instant): void {
    if (datagram.source.port !== MDNS_PORT) {
      this.#handleLegacyQuery(message, datagram, now);
      return;
    }
    const probed = probedNames(message);
    if (probed.size === 0) {
      const asksUs = message.truncated && message.questions.some((asked) => answersTo(asked, this.#zone).length > 0);
      if (this.#truncated.collect(message, datagram, now, { asksUs, random: this.#context.random() })) {
        this.#context.trace("answer delayed", message.questions[0]?.name, "the query goes on (RFC 6762 §7.2)");
        return;
      }
    }
    const asked = { questions: message.questions, known: knownAnswers(message.answers), probed };
    const planned = this.#plan(asked);
    if (planned.length > 0) this.#answer(planned, datagram, this.#window(asked, planned, now), now, message);
  }

  /**
   * Another host multicast a record of ours: a waiting answer with the same is done. RFC 6762 §7.4. Of a set of several
   * unique records it was perhaps only a part, and ours are sent together (RFC 6762 §10.2).
   */
  observeAnswer(owned: Owned, ttl: number, family: Family): void {
    if (ttl < owned.record.ttl || wholeSet(owned).length > 1) return;
    this.#truncated.answered(owned.key, ttl, family);
    if (this.#multicast.suppress(owned, family)) {
      this.#context.trace("answer suppressed", owned.record.name, "another host gave the same (RFC 6762 §7.4)");
    }
  }

  /** Multicasts a record as soon as the limit allows; one that others have too after the usual delay. RFC 6762 §6.6 */
  rescue(owned: Owned, family: Family, now: Instant): void {
    const window = owned.ownership === "shared" ? afterRandomDelay(now, this.#context.random) : atOnce(now);
    const answers = wholeSet(owned).map((member) => ({ owned: member, defence: false }));
    this.#multicast.give(family, answers, window, now);
  }

  /** A record was multicast or withdrawn: no waiting answer needs it. */
  forget(owned: Owned): void {
    this.#multicast.forget(owned);
  }

  clear(): void {
    this.#truncated.clear();
    this.#multicast.clear();
    this.#unicast.clear();
    this.#legacy.clear();
    this.#memo.clear();
  }

  advance(now: Instant): void {
    for (let query = this.#truncated.takeDue(now); query !== undefined; query = this.#truncated.takeDue(now)) {
      const { questions, known, first } = query;
      const planned = this.#plan({ questions, known, probed: NONE });
      if (planned.length > 0) this.#answer(planned, first, atOnce(now), now);
    }
    this.#multicast.advance(now);
    this.#unicast.advance(now);
    this.#legacy.advance(now);
  }

  #plan(asked: Asked): readonly PlannedAnswer[] {
    return planAnswers(asked, this.#zone, this.#context);
  }

  /** Unique answers to a single question go at once, everything else waits a random time. RFC 6762 §6, §6.3 */
  #window({ questions }: Pick<Asked, "questions">, planned: readonly PlannedAnswer[], now: Instant): Window {
    const shared = planned.some(({ owned }) => owned.ownership === "shared");
    return questions.length === 1 && !shared ? atOnce(now) : afterRandomDelay(now, this.#context.random);
  }

  /**
   * Each answer goes to whoever asked, to the group, or to both. RFC 6762 §5.4, §5.5
   * @param query - the whole of it, if it came in one packet
   */
  #answer(planned: readonly PlannedAnswer[], datagram: Datagram, window: Window, now: Instant, query?: Message): void {
    const { source, to, onLink } = datagram;
    const direct: PlannedAnswer[] = [];
    const forAll: PlannedAnswer[] = [];
    for (const answer of planned) {
      const { owned, question, defence } = answer;
      const isRecent = now <= recentUntil(owned, source.family);
      const isDirect = onLink && (question.unicast || to === "host") && (isRecent || defence);
      const isUnheard = isDirect && defence && wasUnheard(owned.lastDefence[source.family], now);
      if (isDirect) direct.push(answer);
      if (isDirect && defence) owned.lastDefence[source.family] = now;
      if (!isDirect || !isRecent || isUnheard) forAll.push(answer);
    }
    const repeatable = forAll.length === 0 && query !== undefined && isDirectOnly(query);
    const isGiven = direct.length === 0 || this.#unicast.give(datagram, direct, window, now, { repeatable });
    const multicast = isGiven ? forAll : planned;
    if (multicast.length > 0) this.#multicast.give(source.family, multicast, window, now);
  }

  #handleLegacyQuery(query: Message, datagram: Datagram, now: Instant): void {
    if (!datagram.onLink) {
      this.#context.trace("query ignored", query.questions[0]?.name, "its sender is not on the link (RFC 6762 §11)");
      return;
    }
    const planned = this.#plan({ questions: query.questions, known: NOTHING_KNOWN, probed: NONE });
    if (planned.length === 0) return;
    const answers = planned.map(({ owned }) => owned);
    this.#legacy.give(query, datagram, answers, this.#window(query, planned, now).due, now);
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Whether a query asks for unicast answers and tells nothing that anybody else would want to know. */
function isDirectOnly({ questions, answers, authorities, truncated }: Message): boolean {
  return !truncated && answers.length === 0 && authorities.length === 0 && questions.every(({ unicast }) => unicast);
}

/** A prober behind a reflector never gets what is sent to the reflector's address: the next time, all are told. */
function wasUnheard(lastDefence: Instant | undefined, now: Instant): boolean {
  const age = lastDefence === undefined ? Number.POSITIVE_INFINITY : now - lastDefence;
  return age >= TIMING.defenceUnheardMin && age <= TIMING.defenceUnheardMax;
}
