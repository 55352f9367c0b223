import type { Question } from "../wire/question.ts";
import { type ActiveQuestion, activeQuestion } from "./active-question.ts";
import type { NameInterest } from "./name-interest.ts";
import type { RecentQuestions } from "./recent-questions.ts";
import type { Instant } from "./timing.ts";

/** The questions that somebody here asks, by name. */
export class ActiveQuestions implements Iterable<ActiveQuestion> {
  readonly #interest: NameInterest;
  readonly #byName = new Map<string, readonly ActiveQuestion[]>();
  readonly #recent: RecentQuestions;
  #size = 0;

  constructor(interest: NameInterest, recent: RecentQuestions) {
    this.#interest = interest;
    this.#recent = recent;
  }

  get size(): number {
    return this.#size;
  }

  /** All of the name with this key. */
  at(nameKey: string): readonly ActiveQuestion[] {
    return this.#byName.get(nameKey) ?? NONE;
  }

  has(nameKey: string): boolean {
    return this.#byName.has(nameKey);
  }

  find({ name, type, class: questionClass }: Question): ActiveQuestion | undefined {
    const ofName = this.at(name.key);
    for (let index = 0; index < ofName.length; index++) {
      const { question } = ofName[index] as ActiveQuestion;
      if (question.type === type && question.class === questionClass) return ofName[index];
    }
    return undefined;
  }

  add(question: Question): ActiveQuestion {
    const active = activeQuestion(question, this.#recent.take(question));
    const { name } = question;
    const others = this.#byName.get(name.key);
    if (others === undefined) this.#interest.add(name);
    this.#byName.set(name.key, others === undefined ? [active] : others.concat(active));
    this.#size++;
    return active;
  }

  delete(active: ActiveQuestion, now: Instant): void {
    const { name } = active.question;
    const left = this.at(name.key).filter((other) => other !== active);
    if (left.length > 0) this.#byName.set(name.key, left);
    else if (this.#byName.delete(name.key)) this.#interest.remove(name);
    this.#size--;
    if (active.lastSent !== undefined) this.#recent.remember(active.question, active.lastSent, now);
  }

  *[Symbol.iterator](): Iterator<ActiveQuestion> {
    for (const ofName of this.#byName.values()) yield* ofName;
  }
}

const NONE: readonly ActiveQuestion[] = [];
