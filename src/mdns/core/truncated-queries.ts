import type { Message } from "../wire/message.ts";
import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { recordKey } from "../wire/record-key.ts";
import { type Datagram, type Family, sourceKey } from "./datagram.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { distinctQuestions } from "./distinct-questions.ts";
import { LIMITS } from "./limits.ts";
import { type Instant, TIMING } from "./timing.ts";

/** A query whose known answers go on in further packets of the same host. RFC 6762 §7.2 */
export interface CollectedQuery {
  readonly source: string;
  readonly first: Datagram;
  questions: readonly Question[];
  /** TTLs in seconds of those known answers that are ours, by `recordKey`. */
  readonly known: Map<string, number>;
  packets: number;
}

/** Truncated queries by the host that sends them, each until 400 to 500 ms after its last packet with TC. */
export class TruncatedQueries {
  readonly #isOurs: (record: ResourceRecord) => boolean;
  readonly #bySource = new Map<string, CollectedQuery>();
  readonly #due = new DeadlineQueue<CollectedQuery>();
  #dropped = 0;

  /** @param isOurs - whether a known answer is one that we could give; only those are kept */
  constructor(isOurs: (record: ResourceRecord) => boolean) {
    this.#isOurs = isOurs;
  }

  get next(): Instant | undefined {
    return this.#due.next;
  }

  get counters(): { readonly waiting: number; readonly dropped: number } {
    return { waiting: this.#bySource.size, dropped: this.#dropped };
  }

  /**
   * Takes in one packet of a query.
   * @param asksUs - whether the packet asks something that we can answer; only then is a new host's query kept
   * @returns whether its questions will be answered later
   */
  collect(
    message: Message,
    datagram: Datagram,
    now: Instant,
    { asksUs, random }: { readonly asksUs: boolean; readonly random: number },
  ): boolean {
    if (!message.truncated && this.#bySource.size === 0) return false;
    const source = sourceKey(datagram.source);
    const mayBegin = message.truncated && asksUs;
    const query = this.#bySource.get(source) ?? (mayBegin ? this.#begin(source, datagram) : undefined);
    if (query === undefined) return false;
    this.#addKnown(query, message.answers);
    if (!message.truncated) return message.questions.length === 0;
    const questions = distinctQuestions([...query.questions, ...message.questions]);
    query.questions = questions.slice(0, LIMITS.truncatedQuestions);
    this.#putOff(query, now, random);
    return true;
  }

  /** Somebody else gave this answer meanwhile, so nobody waits for it any more. RFC 6762 §7.4 */
  answered(recordKey: string, ttl: number, family: Family): void {
    for (const { first, known } of this.#bySource.values()) {
      if (first.source.family !== family) continue;
      if (known.size < LIMITS.truncatedKnownAnswers || known.has(recordKey)) known.set(recordKey, ttl);
    }
  }

  clear(): void {
    this.#bySource.clear();
    this.#due.clear();
  }

  takeDue(now: Instant): CollectedQuery | undefined {
    const query = this.#due.takeDue(now);
    if (query !== undefined) this.#bySource.delete(query.source);
    return query;
  }

  /** @returns undefined when too many are collected already */
  #begin(source: string, first: Datagram): CollectedQuery | undefined {
    if (this.#bySource.size >= LIMITS.truncatedSources) {
      this.#dropped++;
      return undefined;
    }
    const query: CollectedQuery = { source, first, questions: [], known: new Map(), packets: 0 };
    this.#bySource.set(source, query);
    return query;
  }

  #addKnown({ known }: CollectedQuery, answers: readonly ResourceRecord[]): void {
    for (const record of answers) {
      if (known.size >= LIMITS.truncatedKnownAnswers) return;
      if (this.#isOurs(record)) known.set(recordKey(record), record.ttl);
    }
  }

  #putOff(query: CollectedQuery, now: Instant, random: number): void {
    if (query.packets === LIMITS.truncatedPackets) {
      this.#dropped++; // it must not put the answer off any longer
      return;
    }
    query.packets++;
    const wait = TIMING.truncatedWaitMin + random * (TIMING.truncatedWaitMax - TIMING.truncatedWaitMin);
    this.#due.set(query, now + wait);
  }
}
