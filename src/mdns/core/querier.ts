import type { Message } from "../wire/message.ts";
import type { Name } from "../wire/name.ts";
import type { Question } from "../wire/question.ts";
import { type ResourceRecord, recordKey } from "../wire/record.ts";
import { TYPE } from "../wire/record-type.ts";
import { Cache, type CacheListener } from "./cache.ts";
import { type Entry, isKnownAnswer, type RecordSet } from "./cache-entry.ts";
import type { CoreContext } from "./context.ts";
import type { Datagram, Family } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { HeardQueries, type HeardQuery } from "./heard-queries.ts";
import { LIMITS } from "./limits.ts";
import { answersQuestion } from "./match.ts";
import type { Answer, AskId } from "./output.ts";
import { type DueQuestion, packQueries } from "./query-packets.ts";
import { countSent, duplicateWindow, type QuestionSeries, SATISFIED, startSeries } from "./question-series.ts";
import { RecentQuestions } from "./recent-questions.ts";
import { type Instant, TIMING } from "./timing.ts";
import { isUniqueByNature } from "./unique-by-nature.ts";

/** One question on the wire, however many ask it. */
interface ActiveQuestion {
  readonly question: Question;
  readonly key: string;
  readonly asks: Map<AskId, Ask>;
  series: QuestionSeries;
  /** Families on which somebody else has just asked it for us. RFC 6762 §7.3 */
  readonly heardOn: Map<Family, Instant>;
  unicastUntil: Instant;
  lastSent: Instant;
}

/** One caller's interest; the alias is the same interest in the name that a CNAME leads to. */
interface Ask {
  readonly id: AskId;
  readonly active: ActiveQuestion;
  /** Whom answers are reported to: the ask at the start of a chain of CNAMEs. */
  readonly reportTo: AskId;
  /** Keys of the names from the first to this one. */
  readonly chain: ReadonlySet<string>;
  alias: { readonly entry: Entry; readonly ask: Ask } | undefined;
}

/** Asks continuous questions and keeps what is heard. RFC 6762 §5, §7, §10 */
export class Querier implements CacheListener {
  readonly cache: Cache;
  readonly #context: CoreContext;
  readonly #asks = new Map<AskId, Ask>();
  readonly #questions = new Map<string, ActiveQuestion>();
  readonly #byName = new Map<string, Set<ActiveQuestion>>();
  readonly #due = new DeadlineQueue<ActiveQuestion>();
  readonly #heard = new HeardQueries();
  readonly #refreshing = new Map<string, Question>();
  readonly #recent = new RecentQuestions();
  #nextInternalId = -1;
  #activated: Instant;
  #pendingStart: Instant = Number.NEGATIVE_INFINITY;

  constructor(context: CoreContext, now: Instant) {
    this.#context = context;
    this.#activated = now;
    this.cache = new Cache(context.interest, this);
  }

  get next(): Instant | undefined {
    const { next } = this.#due;
    const cached = this.cache.next;
    return next === undefined || (cached !== undefined && cached < next) ? cached : next;
  }

  /** Questions on the wire at present. */
  get size(): number {
    return this.#questions.size;
  }

  ask(id: AskId, question: Question, now: Instant, immediate: boolean): void {
    this.#begin(id, undefined, question, now, immediate);
  }

  stop(id: AskId, now: Instant): void {
    const ask = this.#asks.get(id);
    if (ask === undefined) return;
    this.#asks.delete(id);
    if (ask.alias !== undefined) this.stop(ask.alias.ask.id, now);
    const { active } = ask;
    active.asks.delete(id);
    if (active.asks.size > 0) return;
    this.#questions.delete(active.key);
    this.#due.delete(active);
    this.#recent.remember(active.key, active.lastSent, now);
    const { name } = active.question;
    const ofName = this.#byName.get(name.key);
    ofName?.delete(active);
    if (ofName?.size === 0) this.#byName.delete(name.key);
    this.#context.interest.remove(name);
    this.cache.reconsider(name, now);
  }

  /** Every question is asked anew, as after the interface came up. RFC 6762 §5.4 */
  restart(now: Instant): void {
    this.#activated = now;
    this.cache.doubtAll(now);
    for (const active of this.#questions.values()) this.#start(active, now);
  }

  /** Ends everything; interested askers are told what goes. */
  clear(now: Instant): void {
    this.cache.clear(now);
    for (const id of [...this.#asks.keys()]) this.stop(id, now);
  }

  advance(now: Instant): void {
    this.cache.advance(now);
    const due: ActiveQuestion[] = [];
    for (let active = this.#due.takeDue(now); active !== undefined; active = this.#due.takeDue(now)) due.push(active);
    if (due.length === 0 && this.#refreshing.size === 0) return;
    this.#send(due, now);
  }

  /** A query of another host: it may spare us ours (RFC 6762 §7.3) or show that a record is dead (§10.5). */
  observeQuery(message: Message, datagram: Datagram, now: Instant): void {
    const query = this.#heard.collect(message, datagram, now);
    for (const question of query?.questions ?? []) {
      if (query === undefined || question.unicast) continue;
      if (!datagram.fromThisHost) this.cache.observeQuestion(question, query.known, datagram.source.family, now);
      const active = this.#questions.get(questionKey(question));
      if (active !== undefined && this.#listsOnlyOurs(query, active, now)) {
        this.#countHeard(active, datagram.source.family, now);
      }
    }
  }

  /**
   * The records that somebody here asks for, and what such records lead to in the same message. The rest of a busy
   * link's traffic is not kept.
   */
  worthKeeping(records: readonly ResourceRecord[]): ReadonlySet<ResourceRecord> {
    const reached = new Set<string>();
    const kept = new Set<ResourceRecord>();
    for (let step = 0, before = -1; step < LIMITS.aliasSteps && before < kept.size; step++) {
      before = kept.size;
      for (const record of records) {
        const { key } = record.name;
        if (kept.has(record) || !(reached.has(key) || this.#byName.has(key))) continue;
        kept.add(record);
        const { data } = record;
        if (data.kind === "name" || data.kind === "srv") reached.add(data.target.key);
      }
    }
    return kept;
  }

  /** Whether a unicast response answers a question for which we asked for one. RFC 6762 §6 */
  expectsUnicast(message: Message, now: Instant): boolean {
    return [...message.answers, ...message.additionals].some((record) => {
      for (const active of this.#byName.get(record.name.key) ?? []) {
        if (active.unicastUntil >= now && (answersQuestion(active.question, record) || record.type === TYPE.NSEC)) {
          return true;
        }
      }
      return false;
    });
  }

  wants(set: RecordSet): boolean {
    for (const { question } of this.#byName.get(set.name.key) ?? []) {
      if (answersQuestion(question, set)) return true;
    }
    return false;
  }

  changed(change: "added" | "outdated" | "renewed" | "removed", entry: Entry, now: Instant): void {
    for (const active of [...(this.#byName.get(entry.set.name.key) ?? [])]) {
      if (answersQuestion(active.question, entry.set)) this.#report(active, change, entry, now);
      if (entry.set.type === TYPE.NSEC && change !== "outdated") this.#heardDenial(active, change, now);
    }
  }

  confirmed(entry: Entry, now: Instant): void {
    for (const active of this.#byName.get(entry.set.name.key) ?? []) {
      if (this.#isAnswered(active, now)) this.#run(active, SATISFIED);
    }
  }

  refresh(entry: Entry, now: Instant): void {
    const { name, type, class: recordClass } = entry.set;
    const question: Question = { name, type, class: recordClass, unicast: false };
    const key = questionKey(question);
    const heard = this.#questions.get(key)?.heardOn;
    const asked = (family: Family): boolean =>
      now - (heard?.get(family) ?? Number.NEGATIVE_INFINITY) < DUPLICATE_REFRESH;
    if (entry.recheck.length === 0 && this.#context.families.every(asked)) return;
    this.#refreshing.set(key, question);
  }

  #begin(id: AskId, parent: Ask | undefined, question: Question, now: Instant, immediate: boolean): Ask {
    const key = questionKey(question);
    let active = this.#questions.get(key);
    const isNew = active === undefined;
    if (active === undefined) {
      active = {
        question: { ...question, unicast: false },
        key,
        asks: new Map(),
        series: SATISFIED,
        heardOn: new Map(),
        unicastUntil: Number.NEGATIVE_INFINITY,
        lastSent: this.#recent.take(key) ?? Number.NEGATIVE_INFINITY,
      };
      this.#questions.set(key, active);
      const ofName = this.#byName.get(question.name.key);
      if (ofName === undefined) this.#byName.set(question.name.key, new Set([active]));
      else ofName.add(active);
      this.#context.interest.add(question.name);
      this.cache.reconsider(question.name, now);
    }
    const chain = new Set([...(parent?.chain ?? []), question.name.key]);
    const ask: Ask = { id, active, reportTo: parent?.reportTo ?? id, chain, alias: undefined };
    this.#asks.set(id, ask);
    active.asks.set(id, ask);
    for (const entry of [...this.cache.matching(question)]) this.#tell(ask, "added", entry, now);
    if (this.#isDenied(active, now)) this.#emit(ask, { change: "absent" });
    if (isNew && !this.#isAnswered(active, now)) this.#start(active, now, immediate);
    return ask;
  }

  /** However often its asking begins anew, a question is sent once a second at most. RFC 6762 §5.2 */
  #start(active: ActiveQuestion, now: Instant, immediate = false): void {
    const due = Math.max(this.#startTime(now, immediate), active.lastSent + TIMING.queryInterval);
    this.#run(active, startSeries(due));
  }

  /** Questions that start within the same delay are sent together. RFC 6762 §5.2, §5.3 */
  #startTime(now: Instant, immediate: boolean): Instant {
    if (immediate) return now;
    if (this.#pendingStart < now + TIMING.queryDelayMin) this.#pendingStart = now + this.#queryDelay();
    return this.#pendingStart;
  }

  #queryDelay(): number {
    return TIMING.queryDelayMin + this.#context.random() * (TIMING.queryDelayMax - TIMING.queryDelayMin);
  }

  #run(active: ActiveQuestion, series: QuestionSeries): void {
    active.series = series;
    if (series.phase === "asking") this.#due.set(active, series.due);
    else this.#due.delete(active);
  }

  /** A unique record or its denial is the whole answer: no further questions until it nears its end. RFC 6762 §5.2 */
  #isAnswered(active: ActiveQuestion, now: Instant): boolean {
    const { question } = active;
    if (!isUniqueByNature(question.name, question.type)) return false;
    for (const entry of this.cache.matching(question)) {
      if (entry.standing === "live" && (entry.record.flush || entry.source === undefined)) return true;
    }
    return this.#isDenied(active, now);
  }

  /** RFC 6762 §6.1: only where one owner holds the name can its NSEC speak for everybody. */
  #isDenied({ question }: ActiveQuestion, now: Instant): boolean {
    if (!isUniqueByNature(question.name, question.type)) return false;
    const denial = this.cache.denial(question.name, question);
    return denial !== undefined && (denial.expires === undefined || denial.expires > now);
  }

  #report(
    active: ActiveQuestion,
    change: "added" | "outdated" | "renewed" | "removed",
    entry: Entry,
    now: Instant,
  ): void {
    for (const ask of [...active.asks.values()]) this.#tell(ask, change, entry, now);
    if (change === "removed" || change === "outdated") {
      if (change === "removed" && this.#isDenied(active, now)) {
        for (const ask of active.asks.values()) this.#emit(ask, { change: "absent" });
      }
      if (active.series.phase === "satisfied" && !this.#isAnswered(active, now)) {
        this.#start(active, now);
      }
    } else if (this.#isAnswered(active, now)) {
      this.#run(active, SATISFIED);
    }
  }

  #heardDenial(active: ActiveQuestion, change: "added" | "renewed" | "removed", now: Instant): void {
    if (this.#isDenied(active, now)) {
      this.#run(active, SATISFIED);
      if (change !== "added") return;
      for (const ask of active.asks.values()) this.#emit(ask, { change: "absent" });
    } else if (change === "removed" && active.series.phase === "satisfied" && !this.#isAnswered(active, now)) {
      this.#start(active, now);
    }
  }

  #tell(ask: Ask, change: "added" | "outdated" | "renewed" | "removed", entry: Entry, now: Instant): void {
    this.#emit(ask, { change, record: entry.record, received: entry.received });
    const { question } = ask.active;
    if (entry.set.type !== TYPE.CNAME || question.type === TYPE.CNAME || question.type === TYPE.ANY) return;
    if (change === "added") {
      this.#unfollow(ask, now);
      this.#follow(ask, entry, now);
    }
    if (change === "removed" && ask.alias?.entry === entry) this.#unfollow(ask, now);
  }

  /** The answer is another name: ask for that, a bounded number of times. RFC 6762 §6 */
  #follow(ask: Ask, entry: Entry, now: Instant): void {
    const { data } = entry.record;
    if (data.kind !== "name" || ask.chain.size > LIMITS.aliasSteps) return;
    const question: Question = { ...ask.active.question, name: data.target };
    if (ask.chain.has(data.target.key)) return;
    const id = this.#nextInternalId--;
    ask.alias = { entry, ask: this.#begin(id, ask, question, now, false) };
  }

  /** The alias ends: what was found by way of it answers no more. */
  #unfollow(ask: Ask, now: Instant): void {
    if (ask.alias === undefined) return;
    const target = ask.alias.ask;
    ask.alias = undefined;
    this.#unfollow(target, now);
    for (const { record, received } of this.cache.matching(target.active.question)) {
      this.#emit(target, { change: "removed", record, received });
    }
    this.stop(target.id, now);
  }

  #emit(ask: Ask, answer: Answer): void {
    this.#context.emit({ kind: "answer", ask: ask.reportTo, answer });
  }

  #send(due: readonly ActiveQuestion[], now: Instant): void {
    const questions = new Map<string, { question: Question; spared: (family: Family) => boolean }>();
    for (const active of due) {
      const spared = (family: Family): boolean => this.#isSpared(active, family, now);
      questions.set(active.key, { question: this.#withUnicastBit(active, now), spared });
    }
    for (const [key, question] of this.#refreshing) questions.set(key, { question, spared: () => false });
    this.#refreshing.clear();
    const packets = new Map<string, Uint8Array[]>();
    for (const family of this.#context.families) {
      const asked = [...questions.values()].filter(({ spared }) => !spared(family));
      if (asked.length === 0) continue;
      const key = asked.map(({ question }) => questionKey(question)).join("\n");
      let built = packets.get(key);
      if (built === undefined) {
        const items = asked.map(
          ({ question }): DueQuestion => ({ question, knownAnswers: this.#knownAnswers(question, now) }),
        );
        built = packQueries(items, this.#context.payload, now);
        packets.set(key, built);
      }
      for (const bytes of built) this.#context.send({ bytes, to: { group: family } });
    }
    for (const active of due) {
      if (active.series.phase !== "asking" || active.series.due > now) continue;
      active.lastSent = now;
      this.#run(active, countSent(active.series, now));
    }
  }

  /** First questions of a series that starts just after the interface came up may be answered by unicast. RFC 6762 §5.4 */
  #withUnicastBit(active: ActiveQuestion, now: Instant): Question {
    const { series, question } = active;
    const justActivated = now - this.#activated <= TIMING.activationWindow;
    if (!this.#context.unicast || !justActivated || series.phase !== "asking" || series.sent > 0) return question;
    active.unicastUntil = now + TIMING.unicastAcceptance;
    return { ...question, unicast: true };
  }

  /** RFC 6762 §7.1; listing unique records helps nobody, since they are asked for only when not known. */
  #knownAnswers(question: Question, now: Instant): Entry[] {
    const answers: Entry[] = [];
    for (const entry of this.cache.matching(question)) {
      const shared = !entry.record.flush || entry.set.type === TYPE.PTR;
      if (shared && isKnownAnswer(entry, now)) answers.push(entry);
    }
    return answers;
  }

  /** Once heard on every family, the question counts as asked; a random wait keeps the hosts out of step. */
  #countHeard(active: ActiveQuestion, family: Family, now: Instant): void {
    active.heardOn.set(family, now);
    const { series } = active;
    if (series.phase === "satisfied" || series.due - now > duplicateWindow(series)) return;
    if (!this.#context.families.every((spoken) => this.#wasHeard(active, spoken, now))) return;
    this.#context.trace("question suppressed", active.question.name, "another host asked the same (RFC 6762 §7.3)");
    this.#run(active, countSent(series, now + this.#context.random() * TIMING.queryStep));
  }

  /** Whether a query's known answers for our question are all such as we should list too. RFC 6762 §7.3 */
  #listsOnlyOurs(query: HeardQuery, active: ActiveQuestion, now: Instant): boolean {
    const { question } = active;
    const relevant = query.answers.filter(
      (record) => record.name.key === question.name.key && answersQuestion(question, record),
    );
    if (relevant.length === 0) return true;
    const ours = new Set(this.#knownAnswers(question, now).map((entry) => entry.key));
    return relevant.every((record) => ours.has(recordKey(record)));
  }

  #wasHeard(active: ActiveQuestion, family: Family, now: Instant): boolean {
    const heard = active.heardOn.get(family);
    return heard !== undefined && now - heard <= duplicateWindow(active.series);
  }

  /** A question that somebody asked on this family just now need not be repeated there. RFC 6762 §7.3 */
  #isSpared(active: ActiveQuestion, family: Family, now: Instant): boolean {
    return active.series.phase === "asking" && this.#wasHeard(active, family, now);
  }
}

/** A refresh is spared when the same question was heard this recently, in ms. RFC 6762 §7.3 */
const DUPLICATE_REFRESH = TIMING.queryInterval;

function questionKey({ name, type, class: questionClass }: { name: Name; type: number; class: number }): string {
  return `${name.key}\0${type} ${questionClass}`;
}
