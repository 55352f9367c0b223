import type { Message } from "../wire/message.ts";
import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { recordKey } from "../wire/record-key.ts";
import { type Datagram, sourceKey } from "./datagram.ts";
import { LIMITS } from "./limits.ts";
import { type Instant, TIMING } from "./timing.ts";

/** A query of another host with its whole list of known answers. */
export interface HeardQuery {
  readonly questions: readonly Question[];
  readonly answers: readonly ResourceRecord[];
  /** TTLs of the answers in seconds, by `recordKey`. */
  readonly known: ReadonlyMap<string, number>;
}

interface OpenQuery {
  readonly questions: Question[];
  readonly answers: ResourceRecord[];
  readonly until: Instant;
}

/** Puts together queries whose known answers come in several packets, back to back. RFC 6762 §7.2 */
export class HeardQueries {
  readonly #open = new Map<string, OpenQuery>();

  /** Queries whose last packet is still to come. */
  get size(): number {
    return this.#open.size;
  }

  /** @returns the query, once its last packet is here; undefined before that, or when it is too long to follow */
  collect(message: Message, { source }: Datagram, now: Instant): HeardQuery | undefined {
    if (!message.truncated && this.#open.size === 0) return complete(message.questions, message.answers);
    const key = sourceKey(source);
    this.#forgetStale(now);
    const open = this.#open.get(key);
    if (!message.truncated) {
      this.#open.delete(key);
      return complete(
        [...(open?.questions ?? []), ...message.questions],
        [...(open?.answers ?? []), ...message.answers],
      );
    }
    const query = open ?? { questions: [], answers: [], until: now + TIMING.truncatedWaitMax };
    query.questions.push(...message.questions);
    query.answers.push(...message.answers);
    this.#open.delete(key);
    if (query.answers.length + query.questions.length > LIMITS.heardRecords) return undefined;
    if (this.#open.size >= LIMITS.heardQueries) this.#forgetOldest();
    this.#open.set(key, query);
    return undefined;
  }

  #forgetStale(now: Instant): void {
    for (const [key, { until }] of this.#open) if (until <= now) this.#open.delete(key);
  }

  #forgetOldest(): void {
    const oldest = this.#open.keys().next();
    if (!oldest.done) this.#open.delete(oldest.value);
  }
}

function complete(questions: readonly Question[], answers: readonly ResourceRecord[]): HeardQuery {
  return { questions, answers, known: new Map(answers.map((record) => [recordKey(record), record.ttl])) };
}
