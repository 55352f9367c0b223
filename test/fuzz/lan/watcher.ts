import type { Answer } from "../../../src/mdns/core/output.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { describeQuestion } from "../../sim/describe-message.ts";
import type { SimHost } from "../../sim/sim-host.ts";
import type { SimLan } from "../../sim/sim-lan.ts";
import { identity, type Model } from "./model.ts";

const PROMPT = 3_500; // ms for a claim, a withdrawal or a question on a link that loses nothing
const PACED = 14_000; // ms for an update, which waits its turn (RFC 6762 §8.4), or where one has to ask (§10.4)

/** A program that asks a question all the time, on the link that there is, and believes what it is told. */
export class Watcher {
  readonly host: SimHost;
  readonly question: Question;
  readonly #lan: SimLan;
  readonly #view = new Map<string, "live" | "outdated">();
  readonly #wrong = new Map<string, number>();
  #stop = (): void => {};

  constructor(lan: SimLan, host: SimHost, question: Question) {
    this.#lan = lan;
    this.host = host;
    this.question = question;
    this.ask();
  }

  /** A new link is up: nothing is known. */
  ask(): void {
    this.#view.clear();
    this.#wrong.clear();
    const [link] = this.host.links;
    if (link !== undefined) this.#stop = link.ask(this.question, (answer) => this.#onAnswer(answer));
  }

  stop(): void {
    this.#stop();
  }

  /** What differs from the truth, each with its sign. */
  differences(model: Model): readonly string[] {
    const truth = model.answersTo(this.question);
    const missing = [...truth].filter((key) => this.#view.get(key) !== "live").map((key) => `-${key}`);
    const stale = [...this.#view.keys()].filter((key) => !truth.has(key)).map((key) => `+${key}`);
    return [...missing, ...stale];
  }

  /** Remembers since when something differs. @throws Error when it has for too long on a link that loses nothing */
  check(model: Model, now: number, isPaced: (key: string) => boolean): void {
    const differences = new Set(this.differences(model));
    for (const key of this.#wrong.keys()) if (!differences.has(key)) this.#wrong.delete(key);
    for (const key of differences) {
      const since = this.#wrong.get(key) ?? now;
      this.#wrong.set(key, since);
      if (now - since > (isPaced(key) ? PACED : PROMPT)) throw new Error(`${this}: ${key} for ${now - since} ms`);
    }
  }

  /** What was wrong on a link with faults is forgiven. */
  forgive(): void {
    this.#wrong.clear();
  }

  toString(): string {
    return `${this.host.name} asks ${describeQuestion(this.question)}`;
  }

  #onAnswer(answer: Answer): void {
    if (answer.change === "absent" || answer.record.type === TYPE.NSEC) return;
    const key = identity(answer.record);
    const before = this.#view.get(key);
    const possible = { added: undefined, outdated: "live", renewed: "outdated", removed: before }[answer.change];
    const isGone = answer.change === "removed" && before === undefined;
    if (before !== possible || isGone) {
      this.#lan.violate(`${this}: ${key} is ${answer.change}, but was ${before ?? "unknown"}`);
    }
    if (answer.change === "removed") this.#view.delete(key);
    else this.#view.set(key, answer.change === "outdated" ? "outdated" : "live");
  }
}
