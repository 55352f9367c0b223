import { Core, type CoreOptions, type Known } from "../core/core.ts";
import type { Datagram, Transmission } from "../core/datagram.ts";
import type { Answer, AskId, ClaimId, ClaimNews, Output, TraceEvent } from "../core/output.ts";
import type { OwnRecord } from "../core/own-record.ts";
import type { Instant } from "../core/timing.ts";
import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { sharedAddresses } from "./address-policy.ts";
import type { Clock } from "./clock.ts";
import type { LinkAddress } from "./link-address.ts";

export interface LinkOptions extends Omit<CoreOptions, "tracing"> {
  /** The interface's name. */
  readonly name: string;
  readonly addresses: readonly LinkAddress[];
  readonly clock: Clock;
  readonly transmit: (transmission: Transmission) => void;
  /** Told of decisions; without it none are traced. */
  readonly trace?: (event: TraceEvent) => void;
  /** For the first time something was left out, as what is held has a cap. */
  readonly overflow?: (what: string, limit: number) => void;
}

/** A claim on one link. Calls after `withdraw` do nothing. */
export interface Registered {
  /** The same name with other records (RFC 6762 §8.4): announced again, not probed. */
  update(records: readonly OwnRecord[]): void;
  /** Other names: goodbye for what was announced, then probing and announcing from the start. */
  replace(records: readonly OwnRecord[]): void;
  /** Goodbye for what was announced. */
  withdraw(): void;
}

/** One core with a clock and a way to transmit: the same class drives real sockets and the virtual LAN. */
export class Link {
  readonly name: string;
  readonly core: Core;
  readonly clock: Clock;
  #addresses: readonly LinkAddress[];
  readonly #transmit: (transmission: Transmission) => void;
  readonly #trace: ((event: TraceEvent) => void) | undefined;
  readonly #overflow: ((what: string, limit: number) => void) | undefined;
  readonly #asks = new Map<AskId, (answer: Answer) => void>();
  readonly #claims = new Map<ClaimId, (news: ClaimNews) => void>();
  #cancelWake: (() => void) | undefined;
  #wakeAt: Instant | undefined;
  #pumping = false;
  /** The core's deadline may be another than the one that is waited for. */
  #deadlineDue = false;
  #turnIsEnding = false;
  #sharesHost = false;
  #closed = false;

  constructor(options: LinkOptions) {
    this.name = options.name;
    this.clock = options.clock;
    this.#addresses = options.addresses;
    this.#transmit = options.transmit;
    this.#trace = options.trace;
    this.#overflow = options.overflow;
    this.core = new Core({ ...options, tracing: options.trace !== undefined }, options.clock.now());
  }

  /** This host's addresses on the link now. */
  get addresses(): readonly LinkAddress[] {
    return this.#addresses;
  }

  /** Those of {@link addresses} that belong into what is published for this host. */
  get publishable(): readonly LinkAddress[] {
    return this.#sharesHost ? sharedAddresses(this.#addresses) : this.#addresses;
  }

  /** Only the driver calls this, when another responder of this machine is heard. */
  shareHost(): void {
    this.#sharesHost = true;
  }

  /** Only the driver calls this, when the interface's addresses have changed. */
  setAddresses(addresses: readonly LinkAddress[]): void {
    this.#addresses = addresses;
  }

  /**
   * Asks one or more questions continuously until the returned function is called. What is known already may be told
   * before this returns.
   */
  ask(
    questions: Question | readonly Question[],
    handler: (answer: Answer) => void,
    options?: { readonly immediate?: boolean },
  ): () => void {
    if (this.#closed) return () => {};
    const id = this.core.ask(questions, this.clock.now(), options);
    this.#asks.set(id, handler);
    this.pump();
    return () => {
      if (!this.#asks.delete(id) || this.#closed) return;
      this.core.stop(id, this.clock.now());
      this.pump();
    };
  }

  /** What the cache holds for a question, own records included. */
  known(question: Question): readonly Known[] {
    return this.core.known(question, this.clock.now());
  }

  /** Claims records on this link. @throws {@link CoreError} when a record cannot be published */
  register(records: readonly OwnRecord[], handler: (news: ClaimNews) => void): Registered {
    if (this.#closed) return { update() {}, replace() {}, withdraw() {} };
    const id = this.core.register(records, this.clock.now());
    this.#claims.set(id, handler);
    this.#wakeAfterTurn();
    const whileClaimed = (change: (now: Instant) => void): void => {
      if (this.#closed || !this.#claims.has(id)) return;
      change(this.clock.now());
      this.#wakeAfterTurn();
    };
    return {
      update: (records) => whileClaimed((now) => this.core.update(id, records, now)),
      replace: (records) => whileClaimed((now) => this.core.replace(id, records, now)),
      withdraw: () =>
        whileClaimed((now) => {
          this.#claims.delete(id);
          this.core.withdraw(id, now);
        }),
    };
  }

  /** A record turned out to be stale (RFC 6762 §10.4): it is asked for again and dropped if nobody answers. */
  reconfirm(record: ResourceRecord): void {
    if (this.#closed) return;
    this.core.reconfirm(record, this.clock.now());
    this.pump();
  }

  /** The driver hands in what arrived on this link and is not ignored by its core. */
  receive(datagram: Datagram): void {
    if (this.#closed) return;
    const due = this.core.receive(datagram, this.clock.now());
    if (due === "everything") this.pump();
    else if (due === "outputs") this.#carryOutAll();
  }

  /** Connectivity may have changed (RFC 6762 §8): every claim is probed again, every question asked anew. */
  restart(): void {
    if (this.#closed) return;
    this.core.restart(this.clock.now());
    this.pump();
  }

  /**
   * Ends this link. With `goodbye` the records announced here are withdrawn on the wire first (RFC 6762 §10.1);
   * without (the interface is gone), every cached answer is reported removed (RFC 6762 §10.3).
   */
  close({ goodbye }: { readonly goodbye: boolean }): void {
    if (this.#closed) return;
    if (goodbye) this.core.withdrawAll(this.clock.now());
    else this.core.forget(this.clock.now());
    this.#closed = true;
    this.#cancelWake?.();
    this.pump();
  }

  /** Carries out what the core wants and arranges the next wake. */
  pump(): void {
    this.#deadlineDue = true;
    this.#carryOutAll();
  }

  /** Handlers may call back into this link. */
  #carryOutAll(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    for (let outputs = this.core.takeOutputs(); outputs.length > 0; outputs = this.core.takeOutputs()) {
      for (let index = 0; index < outputs.length; index++) this.#attempt(outputs[index] as Output);
    }
    this.#pumping = false;
    if (this.#closed) {
      this.#asks.clear();
      this.#claims.clear();
    } else if (this.#deadlineDue) {
      this.#deadlineDue = false;
      this.#schedule();
    }
  }

  /** A handler that throws is the caller's fault; it must not keep the protocol from going on. */
  #attempt(output: Output): void {
    try {
      this.#carryOut(output);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  #carryOut(output: Output): void {
    switch (output.kind) {
      case "send":
        this.#transmit(output.transmission);
        return;
      case "answer":
        this.#asks.get(output.ask)?.(output.answer);
        return;
      case "claim":
        this.#claims.get(output.claim)?.(output.news);
        return;
      case "overflow":
        this.#overflow?.(output.what, output.limit);
        return;
      case "trace":
        this.#trace?.(output.event);
        return;
    }
  }

  #schedule(): void {
    const deadline = this.core.deadline;
    if (deadline === this.#wakeAt) return;
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    this.#wakeAt = deadline;
    if (deadline === undefined) return;
    this.#cancelWake = this.clock.at(deadline, () => {
      this.#wakeAt = undefined;
      this.#cancelWake = undefined;
      this.#wake();
    });
  }

  #wake(): void {
    this.core.advance(this.clock.now());
    this.pump();
  }

  /** What is claimed, changed and withdrawn in one turn of the event loop shares its packets. */
  #wakeAfterTurn(): void {
    this.pump();
    if (this.#turnIsEnding) return;
    this.#turnIsEnding = true;
    queueMicrotask(() => {
      this.#turnIsEnding = false;
      if (!this.#closed) this.#wake();
    });
  }
}
