import type { Message } from "../wire/message.ts";
import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { TYPE } from "../wire/record-type.ts";
import type { ActiveQuestion, Ask } from "./active-question.ts";
import { ActiveQuestions } from "./active-questions.ts";
import { aliasTarget, isAlias } from "./alias.ts";
import { Cache, type Hearing } from "./cache.ts";
import { type Entry, type RecordSet, refreshPoints } from "./cache-entry.ts";
import type { CacheListener } from "./cache-listener.ts";
import type { CoreContext } from "./context.ts";
import type { Datagram, Family, Peer } from "./datagram.ts";
import { isRefreshSpared, noteHeard, untoldAnswers } from "./duplicate-question.ts";
import { HeardQueries } from "./heard-queries.ts";
import { answersQuestion } from "./match.ts";
import type { Answer, AnswerChange, AskId } from "./output.ts";
import { QuestionSender } from "./question-sender.ts";
import { RecentQuestions } from "./recent-questions.ts";
import { refreshSpacing } from "./refresh-spacing.ts";
import { earlier, type Instant, TIMING } from "./timing.ts";
import { isUniqueByNature } from "./unique-by-nature.ts";
import { worthKeeping } from "./worth-keeping.ts";

/** Asks continuous questions and keeps what is heard. RFC 6762 §5, §7, §10 */
export class Querier implements CacheListener {
  readonly cache: Cache;
  readonly #context: CoreContext;
  readonly #questions: ActiveQuestions;
  readonly #sender: QuestionSender;
  readonly #asks = new Map<AskId, readonly Ask[]>();
  readonly #heard = new HeardQueries();

  constructor(context: CoreContext, now: Instant) {
    this.#context = context;
    this.cache = new Cache(context.interest, context.cacheRecords, this);
    const recent = new RecentQuestions();
    this.#questions = new ActiveQuestions(context.interest, recent);
    this.#sender = new QuestionSender(context, this.cache, recent, now);
  }

  get next(): Instant | undefined {
    return earlier(this.#sender.next, this.cache.next);
  }

  /** Different questions that are asked at present. */
  get size(): number {
    return this.#questions.size;
  }

  ask(id: AskId, questions: readonly Question[], now: Instant, options: { readonly immediate: boolean }): void {
    const start = { id, parent: undefined };
    this.#asks.set(
      id,
      questions.map((question) => this.#begin(start, question, now, options)),
    );
  }

  stop(id: AskId, now: Instant): void {
    const asks = this.#asks.get(id);
    if (asks === undefined) return;
    this.#asks.delete(id);
    for (const ask of asks) this.#end(ask, now);
  }

  /** Every question that we cannot answer ourselves is asked anew, as after the interface came up. RFC 6762 §5.4 */
  restart(now: Instant): void {
    this.cache.doubtAll(now);
    this.#sender.activate(now);
    for (const active of this.#questions) if (!this.#isAnswered(active, now)) this.#sender.begin(active, now);
  }

  /** Ends everything; interested askers are told what goes. */
  clear(now: Instant): void {
    this.cache.clear(now);
    for (const id of [...this.#asks.keys()]) this.stop(id, now);
  }

  advance(now: Instant): void {
    this.cache.advance(now);
    this.#sender.advance(now);
  }

  /** A query of another host: it may spare us ours (RFC 6762 §7.3) or show that a record is dead (§10.5). */
  observeQuery(message: Message, datagram: Datagram, now: Instant): void {
    const query = this.#heard.collect(message, datagram, now);
    if (query === undefined) return;
    const { family } = datagram.source;
    const wait = this.#context.random() * TIMING.queryStep; // one for all: questions that were asked together stay together
    for (const question of query.questions) {
      if (question.unicast) continue;
      if (!datagram.fromThisHost) this.cache.observeQuestion(question, query.known, family, now);
      const active = this.#questions.find(question);
      if (active === undefined) continue;
      const untold = untoldAnswers(query, active.question, this.cache, now);
      if (datagram.fromThisHost && untold?.length !== 0) this.#sender.holdBack(active, now);
      if (untold === undefined) continue;
      noteHeard(active, family, untold, now);
      this.#sender.spare(active, now, wait);
    }
  }

  /** The records of a response, those of ours and disputed ones left out. */
  hear(records: readonly ResourceRecord[], source: Peer, now: Instant): void {
    const kept = worthKeeping(records, this.#questions);
    const hearing: Hearing = { source, now, refreshAt: refreshPoints(this.#context.random()), flushed: [] };
    for (let index = 0; index < records.length; index++) {
      const record = records[index] as ResourceRecord;
      if (record.ttl === 0) this.cache.farewell(record, now);
      else if (kept[index]) this.cache.hear(record, hearing);
      else this.cache.hearAside(record, hearing);
    }
    this.cache.flush(hearing);
  }

  /** What is heard of the record is not to be trusted until then: whoever asks for it asks at that time. */
  askAt(record: ResourceRecord, when: Instant): void {
    for (const active of this.#questions.at(record.name.key)) {
      if (answersQuestion(active.question, record)) this.#sender.hasten(active, when);
    }
  }

  /** Whether a unicast response answers a question for which we asked for one. RFC 6762 §6 */
  expectsUnicast({ answers, additionals }: Message, now: Instant): boolean {
    return [...answers, ...additionals].some((record) =>
      this.#questions
        .at(record.name.key)
        .some(
          ({ question, unicastUntil }) =>
            unicastUntil !== undefined &&
            unicastUntil >= now &&
            (answersQuestion(question, record) || record.type === TYPE.NSEC),
        ),
    );
  }

  wants(set: Pick<RecordSet, "name" | "type" | "class">): boolean {
    const questions = this.#questions.at(set.name.key);
    return questions.length > 0 && questions.some(({ question }) => answersQuestion(question, set));
  }

  changed(change: AnswerChange, entry: Entry, now: Instant): void {
    const { set } = entry;
    const questions = this.#questions.at(set.name.key);
    for (let index = 0; index < questions.length; index++) {
      const active = questions[index] as ActiveQuestion;
      if (answersQuestion(active.question, set)) this.#report(active, change, entry, now);
      if (set.type === TYPE.NSEC && change !== "outdated") this.#heardDenial(active, change, now);
    }
  }

  confirmed(entry: Entry, now: Instant): void {
    for (const active of this.#questions.at(entry.set.name.key)) {
      if (this.#isAnswered(active, now)) this.#sender.satisfy(active);
    }
  }

  refresh(entry: Entry, now: Instant): void {
    const { name, type, class: recordClass } = entry.set;
    const question: Question = { name, type, class: recordClass, unicast: false };
    const active = this.#questions.find(question);
    const isSpared = (family: Family): boolean =>
      entry.recheck.length === 0 && active !== undefined && isRefreshSpared(active, family, entry, now);
    const families = this.#context.families.filter((family) => !isSpared(family));
    if (families.length > 0) this.#sender.refresh({ question, active, families }, now, refreshSpacing(entry));
  }

  full(): void {
    this.#context.emit({ kind: "overflow", what: "cached records", limit: this.#context.cacheRecords });
  }

  #begin(
    { id, parent }: Pick<Ask, "id" | "parent">,
    question: Question,
    now: Instant,
    options?: { readonly immediate: boolean },
  ): Ask {
    const known = this.#questions.find(question);
    const active = known ?? this.#questions.add(question);
    const ask: Ask = { id, active, parent, alias: undefined };
    active.asks = active.asks.concat(ask); // takes no more room than it needs, as a spread would
    const held = known === undefined ? this.cache.follow(question, now) : this.cache.matching(question);
    for (let index = 0; index < held.length; index++) this.#tell(ask, "added", held[index] as Entry, now);
    if (held.length === 0 && this.#isDenied(active, now)) this.#tellAbsent(ask);
    if (known === undefined && !this.#isAnswered(active, now, held)) this.#sender.begin(active, now, options);
    return ask;
  }

  #end(ask: Ask, now: Instant): void {
    const { active, alias } = ask;
    if (alias !== undefined) this.#end(alias.ask, now);
    active.asks = active.asks.filter((other) => other !== ask);
    if (active.asks.length > 0) return;
    this.#sender.end(active);
    this.#questions.delete(active, now);
    this.cache.unfollow(active.question, now);
  }

  /** A unique record or its denial is the whole answer: no further questions until it nears its end. RFC 6762 §5.2 */
  #isAnswered(active: ActiveQuestion, now: Instant, held?: readonly Entry[]): boolean {
    const { question } = active;
    if (!isUniqueByNature(question.name, question.type)) return false;
    const answers = held ?? this.cache.matching(question);
    return answers.some(({ standing, record }) => standing === "live" && record.flush) || this.#isDenied(active, now);
  }

  /** RFC 6762 §6.1: only where one owner holds the name can its NSEC speak for everybody. */
  #isDenied({ question }: ActiveQuestion, now: Instant): boolean {
    if (!isUniqueByNature(question.name, question.type)) return false;
    const denial = this.cache.denial(question.name, question);
    return denial !== undefined && (denial.expires === undefined || denial.expires > now);
  }

  #report(active: ActiveQuestion, change: AnswerChange, entry: Entry, now: Instant): void {
    for (const ask of active.asks) this.#tell(ask, change, entry, now);
    if (change === "added" || change === "renewed") {
      if (this.#isAnswered(active, now)) this.#sender.satisfy(active);
      return;
    }
    if (change === "removed" && this.#isDenied(active, now)) for (const ask of active.asks) this.#tellAbsent(ask);
    this.#askAgain(active, now);
  }

  #heardDenial(active: ActiveQuestion, change: AnswerChange, now: Instant): void {
    if (!this.#isDenied(active, now)) {
      if (change === "removed") this.#askAgain(active, now);
      return;
    }
    this.#sender.satisfy(active);
    if (change === "added") for (const ask of active.asks) this.#tellAbsent(ask);
  }

  /** What satisfied the question does so no more. */
  #askAgain(active: ActiveQuestion, now: Instant): void {
    if (active.series.phase === "satisfied" && !this.#isAnswered(active, now)) this.#sender.begin(active, now);
  }

  #tell(ask: Ask, change: AnswerChange, entry: Entry, now: Instant): void {
    this.#emit(ask, { change, record: entry.record, received: entry.received });
    if (!isAlias(ask, entry)) return;
    if (change === "added" || change === "renewed") this.#follow(ask, entry, now);
    else if (change === "removed" && ask.alias?.entry === entry) this.#follow(ask, this.#aliasOf(ask), now);
  }

  /** The answer is another name: ask for that, a bounded number of times. RFC 6762 §6 */
  #follow(ask: Ask, entry: Entry | undefined, now: Instant): void {
    if (entry === ask.alias?.entry) return;
    this.#unfollow(ask, now);
    if (entry === undefined) return;
    const name = aliasTarget(ask, entry);
    if (name === undefined) return;
    ask.alias = { entry, ask: this.#begin({ id: ask.id, parent: ask }, { ...ask.active.question, name }, now) };
  }

  #aliasOf(ask: Ask): Entry | undefined {
    for (const entry of this.cache.matching(ask.active.question)) {
      if (isAlias(ask, entry) && entry.standing === "live") return entry;
    }
    return undefined;
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
    this.#end(target, now);
  }

  #tellAbsent(ask: Ask): void {
    this.#emit(ask, { change: "absent", type: ask.active.question.type });
  }

  #emit(ask: Ask, answer: Answer): void {
    this.#context.emit({ kind: "answer", ask: ask.id, answer });
  }
}
