import type { Question } from "../wire/question.ts";
import type { ActiveQuestion } from "./active-question.ts";
import type { Cache } from "./cache.ts";
import { isAgeing, isKnownAnswer } from "./cache-entry.ts";
import type { CoreContext } from "./context.ts";
import type { Family } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { isSpared, isUnasked } from "./duplicate-question.ts";
import { type DueQuestion, packQueries } from "./query-packets.ts";
import { questionKey } from "./question-key.ts";
import { type AskingSeries, countSent, duplicateWindow, SATISFIED, startSeries } from "./question-series.ts";
import type { RecentQuestions } from "./recent-questions.ts";
import { type Instant, TIMING } from "./timing.ts";

const MOST_HELD_BACK = 3;

interface Outgoing extends DueQuestion {
  /** Where nobody else asked it just now. RFC 6762 §7.3 */
  readonly families: readonly Family[];
  /** For the trace. */
  readonly why: string | undefined;
}

/** Asks for what is known once more, apart from any series. */
export interface Refresh {
  readonly question: Question;
  /** The same question's series, if somebody asks it. */
  readonly active: ActiveQuestion | undefined;
  readonly families: readonly Family[];
}

/** Sends each question when it is due, those that are due at one time together. RFC 6762 §5.2 to §5.4 */
export class QuestionSender {
  readonly #context: CoreContext;
  readonly #cache: Cache;
  readonly #recent: RecentQuestions;
  readonly #due = new DeadlineQueue<ActiveQuestion>();
  readonly #refreshing = new Map<string, Refresh>();
  #activated: Instant;
  #pendingStart: Instant = Number.NEGATIVE_INFINITY;

  constructor(context: CoreContext, cache: Cache, recent: RecentQuestions, now: Instant) {
    this.#context = context;
    this.#cache = cache;
    this.#recent = recent;
    this.#activated = now;
  }

  get next(): Instant | undefined {
    return this.#due.next;
  }

  /** The interface came up: first questions may be answered by unicast for a while. RFC 6762 §5.4 */
  activate(now: Instant): void {
    this.#activated = now;
  }

  begin(active: ActiveQuestion, now: Instant, options?: { readonly immediate: boolean }): void {
    const due = earliest(active, options?.immediate === true ? now : this.#startTime(now));
    active.series = startSeries(due);
    this.#due.set(active, due);
  }

  /** The answer is known, and its refresh takes over. */
  satisfy(active: ActiveQuestion): void {
    active.series = SATISFIED;
    this.#due.delete(active);
  }

  /** The next question goes out at `when`, if it would come later; one of another host's before is not enough. */
  hasten(active: ActiveQuestion, when: Instant): void {
    const { series } = active;
    if (series.phase === "satisfied") this.#move(active, startSeries(when), when);
    else if (series.due > when) this.#move(active, { ...series, sent: 0 }, when);
  }

  end(active: ActiveQuestion): void {
    this.#due.delete(active);
  }

  /** A question that was sent less than `spacing` ago serves as well. RFC 6762 §5.2 */
  refresh(refresh: Refresh, now: Instant, spacing: number): void {
    const { question, active, families } = refresh;
    const lastSent = active === undefined ? this.#recent.find(question) : active.lastSent;
    if (lastSent !== undefined && now - lastSent < spacing) return;
    const key = questionKey(question);
    this.#refreshing.set(key, { ...refresh, families: union(families, this.#refreshing.get(key)?.families) });
  }

  /** Once others asked it on every family, it counts as sent; a random wait keeps the hosts out of step. RFC 6762 §7.3 */
  spare(active: ActiveQuestion, now: Instant, wait: number): void {
    const { series } = active;
    if (series.phase === "satisfied" || series.due - now > duplicateWindow(series)) return;
    if (!this.#context.families.every((spoken) => isSpared(active, spoken, now))) return;
    this.#context.trace("question suppressed", active.question.name, "another host asked the same (RFC 6762 §7.3)");
    this.#countSent(active, now + wait);
  }

  /**
   * Another program of this host listed answers that we lack. Responders cannot tell the two of us apart: Avahi gives
   * none of these to this host for 700 ms. So a repeated question keeps a second's distance, a few times. RFC 6762 §15
   */
  holdBack(active: ActiveQuestion, now: Instant): void {
    const { series } = active;
    const until = now + TIMING.queryInterval;
    if (series.phase === "satisfied" || series.sent === 0 || series.due >= until) return;
    if (active.heldBack === MOST_HELD_BACK) return;
    active.heldBack++;
    this.#move(active, series, until);
  }

  advance(now: Instant): void {
    if (this.#refreshing.size === 0 && (this.#due.next === undefined || this.#due.next > now)) return;
    const due: ActiveQuestion[] = [];
    const outgoing = new Map<string, Outgoing>();
    for (let active = this.#due.takeDue(now); active !== undefined; active = this.#due.takeDue(now)) {
      due.push(active);
      const question = this.#withUnicastBit(active, now);
      const families = this.#context.families.filter((family) => !isSpared(active, family, now));
      const knownAnswers = this.#knownAnswers(question, now);
      outgoing.set(questionKey(question), { families, question, knownAnswers, why: undefined });
    }
    for (const [key, { question, active, families }] of this.#refreshing) {
      const asked = outgoing.get(key);
      const everywhere = union(families, asked?.families);
      const knownAnswers = asked?.knownAnswers ?? this.#knownAnswers(question, now);
      outgoing.set(key, { families: everywhere, question, knownAnswers, why: "what is known expires soon" });
      if (active === undefined) this.#recent.remember(question, now, now);
      else if (asked === undefined) this.#noteRefreshed(active, now);
    }
    this.#refreshing.clear();
    this.#takeAlong(outgoing, now);
    for (const { question, families, why } of outgoing.values()) {
      if (families.length > 0) this.#context.trace("asked", question.name, why);
    }
    this.#send([...outgoing.values()], now);
    for (const active of due) {
      active.lastSent = now;
      this.#countSent(active, now);
    }
  }

  /**
   * As owners will give anew what is past half its life, other questions with such answers go along: what one owner has to
   * say shares a packet then, now and at each refresh to come. RFC 6762 §5.2, §5.3, §6.4
   */
  #takeAlong(outgoing: Map<string, Outgoing>, now: Instant): void {
    const renewing = [...outgoing.values()].filter(({ question }) =>
      this.#cache.matching(question).some((entry) => isAgeing(entry, now)),
    );
    if (renewing.length === 0) return;
    const spoken = union(renewing.flatMap(({ families }) => families));
    for (const active of this.#due.items()) {
      const { question } = active;
      const key = questionKey(question);
      if (outgoing.has(key) || earliest(active, now) > now) continue;
      const ageing = this.#cache.matching(question).filter((entry) => isAgeing(entry, now));
      const families = spoken.filter((family) => ageing.some((entry) => isUnasked(active, family, entry)));
      if (families.length === 0) continue;
      outgoing.set(key, {
        families,
        question,
        knownAnswers: this.#knownAnswers(question, now),
        why: "its answers can share packets (RFC 6762 §6.4)",
      });
      this.#noteRefreshed(active, now);
    }
  }

  /** A refresh just before the question's time is as good as one of another host. RFC 6762 §7.3 */
  #noteRefreshed(active: ActiveQuestion, now: Instant): void {
    active.lastSent = now;
    const { series } = active;
    if (series.phase === "satisfied") return;
    if (series.sent > 0 && series.due - now <= duplicateWindow(series)) this.#countSent(active, now);
    else this.#move(active, series, series.due);
  }

  #move(active: ActiveQuestion, series: AskingSeries, wanted: Instant): void {
    const due = earliest(active, wanted);
    active.series = { ...series, due };
    this.#due.set(active, due);
  }

  #countSent(active: ActiveQuestion, now: Instant): void {
    active.heldBack = 0;
    active.series = countSent(active.series, now);
    if (active.series.phase === "asking") this.#due.set(active, active.series.due);
  }

  /** Questions that start within the same delay are sent together. RFC 6762 §5.2, §5.3 */
  #startTime(now: Instant): Instant {
    if (this.#pendingStart < now + TIMING.queryDelayMin) {
      const delay = TIMING.queryDelayMin + this.#context.random() * (TIMING.queryDelayMax - TIMING.queryDelayMin);
      this.#pendingStart = now + delay;
    }
    return this.#pendingStart;
  }

  /** First questions of a series that starts just after the interface came up may be answered by unicast. RFC 6762 §5.4 */
  #withUnicastBit(active: ActiveQuestion, now: Instant): Question {
    const { series, question } = active;
    const justActivated = now - this.#activated <= TIMING.activationWindow;
    if (!this.#context.unicast || !justActivated || series.phase !== "asking" || series.sent > 0) return question;
    active.unicastUntil = now + TIMING.unicastAcceptance;
    return { ...question, unicast: true };
  }

  #knownAnswers(question: Question, now: Instant): DueQuestion["knownAnswers"] {
    return this.#cache.matching(question).filter((entry) => isKnownAnswer(entry, now));
  }

  #send(outgoing: readonly Outgoing[], now: Instant): void {
    const { families, payload } = this.#context;
    let before: { readonly asked: readonly Outgoing[]; readonly packets: readonly Uint8Array[] } | undefined;
    for (const family of families) {
      const asked = outgoing.filter((question) => question.families.includes(family));
      const isSame =
        asked.length === before?.asked.length && asked.every((item, index) => item === before?.asked[index]);
      if (!isSame) before = { asked, packets: packQueries(asked, payload, now) };
      for (const bytes of before?.packets ?? []) this.#context.send({ bytes, to: { group: family } });
    }
  }
}

function union(families: readonly Family[], others: readonly Family[] = []): readonly Family[] {
  return [...new Set([...families, ...others])];
}

/** However often a question is wanted, it is sent once a second at most. RFC 6762 §5.2 */
function earliest({ lastSent }: ActiveQuestion, wanted: Instant): Instant {
  return lastSent === undefined ? wanted : Math.max(wanted, lastSent + TIMING.queryInterval);
}
