import { Core, type CoreOptions } from "../../../src/mdns/core/core.ts";
import type { Datagram, Family } from "../../../src/mdns/core/datagram.ts";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import type { Answer, AskId, ClaimId, ClaimNews } from "../../../src/mdns/core/output.ts";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { typeName } from "../../../src/mdns/wire/record-type.ts";
import { brief } from "./records.ts";

/** A packet that the core sent. */
export interface Sent {
  /** Milliseconds since the log was last cleared. */
  readonly at: number;
  /** `group`, or `address:port`. */
  readonly to: string;
  readonly family: Family;
  readonly bytes: Uint8Array;
  readonly message: Message;
}

export interface Told {
  readonly at: number;
  readonly ask: AskId;
  readonly change: Answer["change"];
  /** {@link brief} of the record; empty for `absent`. */
  readonly record: string;
}

export interface PeerOptions {
  /** The last part of the peer's addresses. @default 2 */
  readonly peer?: number;
  readonly address?: string;
  readonly port?: number;
  readonly family?: Family;
  readonly to?: Datagram["to"];
  readonly onLink?: boolean;
  readonly fromThisHost?: boolean;
}

const EVENTS_PER_RUN = 200_000;

/** A core on a link in virtual time, with scripted peers: what they say is handed in, what it sends and tells is kept. */
export class CoreOnLink {
  readonly core: Core;
  readonly host: HostState;
  sent: Sent[] = [];
  told: Told[] = [];
  news: { readonly at: number; readonly claim: ClaimId; readonly news: ClaimNews }[] = [];
  /** Decisions, a line each, if they are traced. */
  traced: string[] = [];
  /** Hears each packet when it is sent, and may answer. */
  onSent: ((sent: Sent) => void) | undefined;
  /** Hears what becomes of claims, and may replace or withdraw them. */
  onNews: ((news: ClaimNews, claim: ClaimId) => void) | undefined;
  #now = 1_000_000;
  #origin = this.#now;
  #pumping = false;

  constructor(options: Partial<CoreOptions> = {}) {
    this.host = options.host ?? new HostState();
    const defaults = { families: ["ipv4"], random: () => 0.5, unicast: true } as const;
    this.core = new Core({ ...defaults, ...options, host: this.host }, this.#now);
  }

  /** Absolute virtual time. */
  get now(): number {
    return this.#now;
  }

  /** Empties the logs and counts time from here. */
  clear(): this {
    this.#origin = this.#now;
    this.sent = [];
    this.told = [];
    this.news = [];
    this.traced = [];
    return this;
  }

  /** Lets `ms` pass without waking the core, as a suspended process does, then wakes it. */
  sleep(ms: number): this {
    this.#now += ms;
    this.core.advance(this.#now);
    return this.#pump();
  }

  /** Lets `ms` pass; the core is woken when it wants to be, or late by what `lag` says, never earlier. */
  run(ms: number, lag: () => number = () => 0): this {
    const end = this.#now + ms;
    for (let left = EVENTS_PER_RUN; ; left--) {
      const deadline = this.core.deadline;
      if (deadline === undefined || deadline > end) break;
      if (left === 0) throw new Error(`the core does not come to rest: woken ${EVENTS_PER_RUN} times in ${ms} ms`);
      this.#now = Math.max(this.#now, deadline) + lag();
      this.core.advance(this.#now);
      this.#pump();
    }
    this.#now = Math.max(this.#now, end);
    return this;
  }

  /** Claims the records and lets ten quiet seconds pass, then clears the logs. */
  settled(...claims: readonly (readonly OwnRecord[])[]): this {
    for (const records of claims) this.register(records);
    return this.run(10_000).clear();
  }

  register(records: readonly OwnRecord[]): ClaimId {
    const id = this.core.register(records, this.#now);
    this.#endTurn();
    return id;
  }

  update(claim: ClaimId, records: readonly OwnRecord[]): this {
    this.core.update(claim, records, this.#now);
    return this.#endTurn();
  }

  replace(claim: ClaimId, records: readonly OwnRecord[]): this {
    this.core.replace(claim, records, this.#now);
    return this.#endTurn();
  }

  withdraw(claim: ClaimId): this {
    this.core.withdraw(claim, this.#now);
    return this.#endTurn();
  }

  withdrawAll(): this {
    this.core.withdrawAll(this.#now);
    return this.#pump();
  }

  restart(): this {
    this.core.restart(this.#now);
    return this.#pump();
  }

  forget(): this {
    this.core.forget(this.#now);
    return this.#pump();
  }

  reconfirm(record: ResourceRecord): this {
    this.core.reconfirm(record, this.#now);
    return this.#pump();
  }

  ask(question: Question, options?: { readonly immediate?: boolean }): AskId {
    const id = this.core.ask(question, this.#now, options);
    this.#pump();
    return id;
  }

  stop(ask: AskId): this {
    this.core.stop(ask, this.#now);
    return this.#pump();
  }

  /** A peer's query; without options it comes from 10.77.0.2 port 5353 to the group. */
  query(questions: Question | readonly Question[], content: Partial<Message> = {}, options?: PeerOptions): this {
    return this.receive({ ...content, questions: [questions].flat() }, options);
  }

  /** A peer's response. */
  respond(
    answers: ResourceRecord | readonly ResourceRecord[],
    content: Partial<Message> = {},
    options?: PeerOptions,
  ): this {
    return this.receive({ ...content, response: true, answers: [answers].flat() }, options);
  }

  receive(content: Partial<Message> | Uint8Array, options: PeerOptions = {}): this {
    const { peer = 2, port = 5353, family = "ipv4", to = "group", onLink = true, fromThisHost = false } = options;
    const address = options.address ?? (family === "ipv4" ? `10.77.0.${peer}` : `fe80::${peer}`);
    const bytes = content instanceof Uint8Array ? content : encodeMessage(content);
    this.core.receive({ bytes, source: { family, address, port }, to, onLink, fromThisHost }, this.#now);
    return this.#pump();
  }

  /** What was sent, a line each: time, destination, questions or answers, `+` additional records. */
  get transcript(): string[] {
    return this.sent.map(({ at, to, message }) => {
      const asked = message.questions.map(
        ({ name, type, unicast }) => `${name} ${typeName(type)}${unicast ? " QU" : ""}?`,
      );
      const parts = [...asked, ...message.answers.map(brief), ...message.authorities.map(brief)];
      return [at, to, parts.join(", "), ...message.additionals.map((extra) => `+ ${brief(extra)}`)].join(" ");
    });
  }

  /** What askers were told, a line each. */
  get events(): string[] {
    return this.told.map(({ at, change, record }) => `${at} ${change} ${record}`.trimEnd());
  }

  /** Responses sent so far. */
  get responses(): Sent[] {
    return this.sent.filter(({ message }) => message.response);
  }

  /** Queries without proposed records. */
  get queries(): Sent[] {
    return this.sent.filter(({ message }) => !message.response && message.authorities.length === 0);
  }

  get probes(): Sent[] {
    return this.sent.filter(({ message }) => !message.response && message.authorities.length > 0);
  }

  #endTurn(): this {
    this.core.advance(this.#now);
    return this.#pump();
  }

  #pump(): this {
    if (this.#pumping) return this;
    this.#pumping = true;
    const at = this.#now - this.#origin;
    for (let outputs = this.core.takeOutputs(); outputs.length > 0; outputs = this.core.takeOutputs()) {
      for (const output of outputs) {
        if (output.kind === "claim") {
          this.news.push({ at, claim: output.claim, news: output.news });
          this.onNews?.(output.news, output.claim);
        }
        if (output.kind === "trace") {
          const { what, name = "", why = "" } = output.event;
          this.traced.push(`${what} | ${name} | ${why}`);
        }
        if (output.kind === "answer") {
          const { ask, answer } = output;
          const text = answer.change === "absent" ? "" : brief(answer.record);
          this.told.push({ at, ask, change: answer.change, record: text });
        }
        if (output.kind !== "send") continue;
        const { bytes, to } = output.transmission;
        const group = "group" in to;
        const family = group ? to.group : to.family;
        const sent = {
          at,
          to: group ? "group" : `${to.address}:${to.port}`,
          family,
          bytes,
          message: decodeMessage(bytes),
        };
        this.sent.push(sent);
        this.onSent?.(sent);
      }
    }
    this.#pumping = false;
    return this;
  }
}

/** When each of the packets went. */
export function times(sent: readonly Sent[]): number[] {
  return sent.map(({ at }) => at);
}

/** `brief` of each answer, in order. */
export function answersOf({ message }: Sent): string[] {
  return message.answers.map(brief);
}

/** `brief` of each additional record, sorted. */
export function additionalsOf({ message }: Sent): string[] {
  return message.additionals.map(brief).sort();
}

/** Intervals between the packets. */
export function gaps(sent: readonly Sent[]): number[] {
  return sent.slice(1).map(({ at }, index) => at - (sent[index] as Sent).at);
}
