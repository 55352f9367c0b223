import { decodeMessage } from "../wire/decode.ts";
import { glance } from "../wire/glance.ts";
import type { Message } from "../wire/message.ts";
import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { Claims } from "./claims.ts";
import type { CoreContext } from "./context.ts";
import { type Datagram, type Family, MDNS_PORT } from "./datagram.ts";
import { distinctQuestions } from "./distinct-questions.ts";
import type { HostState } from "./host-state.ts";
import { LIMITS } from "./limits.ts";
import { NameInterest } from "./name-interest.ts";
import type { AskId, ClaimId, Output } from "./output.ts";
import type { OwnRecord } from "./own-record.ts";
import { isTruncatedQuery, type PacketCounters, packetKind, zeroPackets } from "./packet-kind.ts";
import { payloadSize } from "./payload-size.ts";
import { Querier } from "./querier.ts";
import { ReceivedResponse, type ResponseReaders } from "./received-response.ts";
import { type DropReason, refusal } from "./refusal.ts";
import { Responder } from "./responder.ts";
import { earlier, type Instant } from "./timing.ts";
import { Zone } from "./zone.ts";

export interface CoreOptions {
  /** IP versions spoken on this link. */
  readonly families: readonly Family[];
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Shared by all cores of the host. */
  readonly host: HostState;
  /** The link's MTU in bytes, IP and UDP headers included; what the IP version guarantees at least. @default 1500 */
  readonly mtu?: number;
  /** Port 5353 is ours alone, so unicast responses reach us and QU questions make sense. RFC 6762 §15.1 */
  readonly unicast: boolean;
  /** Records of others that may be held. @default 10,000 */
  readonly cacheRecords?: number;
  /** Whether decisions are told as `trace` outputs. @default false */
  readonly tracing?: boolean;
}

/** A cached record with its times; `expires` is undefined for records of this host. */
export interface Known {
  readonly record: ResourceRecord;
  readonly received: Instant;
  readonly expires: Instant | undefined;
}

/** What a driver has to do: nothing, take the outputs, or see to the deadline as well. */
export type Due = "nothing" | "outputs" | "everything";

/** mDNS on one link, without I/O: bytes, calls and the time go in, {@link Output}s come out. */
export class Core {
  readonly #context: CoreContext;
  readonly #querier: Querier;
  readonly #responder: Responder;
  readonly #claims: Claims;
  readonly #readers: ResponseReaders;
  readonly #sent = zeroPackets();
  readonly #received = zeroPackets();
  readonly #drops: Record<DropReason, number> = {
    malformed: 0,
    irrelevant: 0,
    opcode: 0,
    source: 0,
    port: 0,
    "off-link": 0,
    unicast: 0,
  };
  /** What arrived last, if it was found to be of interest: it need not be looked at again. */
  #relevant: Uint8Array | undefined;
  #outputs: Output[] = [];
  #nextId = 1;

  constructor(options: CoreOptions, now: Instant) {
    const { families, random, host, unicast } = options;
    const { mtu = 1_500, cacheRecords = LIMITS.cacheRecords, tracing = false } = options;
    this.#context = {
      families,
      random,
      host,
      unicast,
      cacheRecords,
      tracing,
      interest: new NameInterest(),
      ...payloadSize(families, mtu),
      emit: (output) => this.#outputs.push(output),
      send: (transmission) => {
        this.#sent[packetKind(transmission.bytes)]++;
        this.#outputs.push({ kind: "send", transmission });
      },
      trace: (what, name, why) => {
        if (!tracing) return;
        const event = { what, ...(name && { name }), ...(why !== undefined && { why }) };
        this.#outputs.push({ kind: "trace", event });
      },
    };
    const zone = new Zone(this.#context.interest);
    this.#querier = new Querier(this.#context, now);
    this.#responder = new Responder(this.#context, zone);
    this.#claims = new Claims(this.#context, zone, this.#querier.cache, this.#responder);
    this.#readers = {
      host,
      zone,
      claims: this.#claims,
      responder: this.#responder,
      querier: this.#querier,
    };
  }

  /** When {@link Core.advance} wants to be called next. */
  get deadline(): Instant | undefined {
    return earlier(this.#claims.next, earlier(this.#querier.next, this.#responder.next));
  }

  /** How much is held and what was dropped. */
  get counters(): {
    /** What was heard. */
    readonly cache: Querier["cache"]["counters"];
    /** Questions that are asked continuously. */
    readonly questions: number;
    /** Sets of records that are published or being probed. */
    readonly claims: number;
    /** What answering holds and left out. */
    readonly responder: Responder["counters"];
    /** Packets to be sent, by kind; one to the group counts for each family. */
    readonly sent: Readonly<PacketCounters>;
    /** Packets that were of interest here, by kind. */
    readonly received: Readonly<PacketCounters>;
    /** Datagrams that were dropped, by reason. */
    readonly drops: Readonly<Record<DropReason, number>>;
  } {
    return {
      cache: this.#querier.cache.counters,
      questions: this.#querier.size,
      claims: this.#claims.size,
      responder: this.#responder.counters,
      sent: { ...this.#sent },
      received: { ...this.#received },
      drops: { ...this.#drops },
    };
  }

  takeOutputs(): readonly Output[] {
    const outputs = this.#outputs;
    if (outputs.length === 0) return NOTHING;
    this.#outputs = [];
    return outputs;
  }

  /**
   * Whether what arrived names nothing that anybody here cares about, as most does not; it is counted as dropped then.
   * While decisions are traced {@link Core.receive} has to see everything.
   */
  ignores(bytes: Uint8Array): boolean {
    if (this.#context.tracing) return false;
    const relevance = this.#relevance(bytes);
    if (relevance === "some") this.#relevant = bytes;
    if (relevance !== "none") return false;
    this.#drops.irrelevant++;
    return true;
  }

  /** Takes in whatever arrived; never throws. @returns what there is to do then */
  receive(datagram: Datagram, now: Instant): Due {
    const refused = refusal(datagram);
    const isRepeated = refused === undefined && this.#responder.repeat(datagram, now);
    const dropped = isRepeated ? undefined : (refused ?? this.#take(datagram, now));
    if (dropped !== undefined) {
      this.#drops[dropped]++;
      this.#context.trace("dropped", undefined, dropped);
      return this.#outputs.length > 0 ? "outputs" : "nothing";
    }
    this.#received[packetKind(datagram.bytes)]++;
    return isRepeated ? "outputs" : "everything";
  }

  /** Does whatever has become due. */
  advance(now: Instant): void {
    this.#claims.advance(now);
    this.#querier.advance(now);
    this.#responder.advance(now);
  }

  /** Asks one or more questions continuously; `immediate` leaves out the random delay of the first. RFC 6762 §5.2 */
  ask(questions: Question | readonly Question[], now: Instant, options?: { readonly immediate?: boolean }): AskId {
    const id = this.#nextId++;
    const asked = "name" in questions ? [questions] : questions;
    const immediate = options?.immediate === true;
    this.#querier.ask(id, asked, now, { immediate });
    if (immediate) this.advance(now); // else nothing is due yet
    return id;
  }

  stop(ask: AskId, now: Instant): void {
    this.#querier.stop(ask, now);
    this.advance(now);
  }

  /** What the cache holds for a question, own records included. */
  known(question: Question, now: Instant): Known[] {
    const known: Known[] = [];
    for (const { record, received, expires } of this.#querier.cache.matching(question)) {
      if (expires === undefined || expires > now) known.push({ record, received, expires });
    }
    return known;
  }

  /** A record turned out to be stale. RFC 6762 §10.4 */
  reconfirm(record: ResourceRecord, now: Instant): void {
    this.#querier.cache.reconfirm(record, now);
    this.advance(now);
  }

  /**
   * Claims records, which are announced and withdrawn together; the `unique` ones have one name. What is due at once
   * waits for {@link Core.advance}, as after every change of claims: all changes until then share packets.
   * @throws {@link CoreError} when a record cannot be published; nothing is changed then
   */
  register(records: readonly OwnRecord[], now: Instant): ClaimId {
    const id = this.#nextId++;
    this.#claims.register(id, records, now);
    return id;
  }

  /** Other records under the same name, announced without probing. RFC 6762 §8.4 @throws {@link CoreError} */
  update(claim: ClaimId, records: readonly OwnRecord[], now: Instant): void {
    this.#claims.update(claim, records, now);
  }

  /** Other names, probed and announced; the old ones are withdrawn. @throws {@link CoreError} */
  replace(claim: ClaimId, records: readonly OwnRecord[], now: Instant): void {
    this.#claims.replace(claim, records, now);
  }

  /** Goodbye for what nobody else here holds. RFC 6762 §10.1 */
  withdraw(claim: ClaimId, now: Instant): void {
    this.#claims.withdraw(claim, now);
  }

  /** Goodbye for everything, now. */
  withdrawAll(now: Instant): void {
    this.#claims.withdrawAll(now);
    this.advance(now);
  }

  /** Connectivity may have changed. RFC 6762 §8 */
  restart(now: Instant): void {
    this.#claims.restart(now);
    this.#querier.restart(now);
    this.advance(now);
  }

  /** The link is gone: claims end without a goodbye, cached answers are reported removed. RFC 6762 §10.3 */
  forget(now: Instant): void {
    this.#claims.clear(now);
    this.#responder.clear();
    this.#querier.clear(now);
  }

  #take(datagram: Datagram, now: Instant): DropReason | undefined {
    const relevance = datagram.bytes === this.#relevant ? "some" : this.#relevance(datagram.bytes);
    this.#relevant = undefined;
    if (relevance !== "some") return relevance === "none" ? "irrelevant" : "malformed";
    const message = decode(datagram.bytes);
    if (message === undefined) return "malformed";
    if (!message.response) {
      this.#receiveQuery(message, datagram, now);
      return undefined;
    }
    if (datagram.to === "host" && !this.#isExpected(message, now)) return "unicast"; // RFC 6762 §6
    const isAboutUs = new ReceivedResponse(datagram, now, this.#readers).handOn(message);
    if (isAboutUs) this.advance(now); // what is only news makes nothing due yet
    return undefined;
  }

  /** A packet may put off the answer to a query that it goes on with, whatever it lists. RFC 6762 §7.2 */
  #relevance(bytes: Uint8Array): "none" | "some" | "malformed" {
    const relevance = glance(bytes, this.#context.interest);
    return relevance === "none" && isTruncatedQuery(bytes) && this.#responder.awaitsMore ? "some" : relevance;
  }

  #receiveQuery(message: Message, datagram: Datagram, now: Instant): void {
    const questions = distinctQuestions(message.questions);
    const query = questions === message.questions ? message : { ...message, questions };
    if (datagram.source.port === MDNS_PORT) {
      if (datagram.to === "group") this.#querier.observeQuery(query, datagram, now);
      this.#claims.handleProbe(query, datagram, now);
    }
    this.#responder.handleQuery(query, datagram, now);
    this.advance(now);
  }

  #isExpected(message: Message, now: Instant): boolean {
    return this.#querier.expectsUnicast(message, now) || this.#claims.expectsUnicast(message);
  }
}

const NOTHING: readonly Output[] = [];

function decode(bytes: Uint8Array): Message | undefined {
  try {
    return decodeMessage(bytes);
  } catch {
    return undefined; // the codec's one typed error; counted by the caller
  }
}
