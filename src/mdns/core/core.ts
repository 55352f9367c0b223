import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import type { Datagram, Family } from "./datagram.ts";
import { HostState } from "./host-state.ts";
import type { AskId, ClaimId, Output } from "./output.ts";
import type { OwnRecord } from "./own-record.ts";
import type { Instant } from "./timing.ts";

export interface CoreOptions {
  /** IP versions spoken on this link. */
  readonly families: readonly Family[];
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Shared by all cores of the host. */
  readonly host: HostState;
  /** The link's MTU in bytes, IP and UDP headers included. @default 1500 */
  readonly mtu?: number;
  /** Port 5353 is ours alone, so unicast responses reach us and QU questions make sense. RFC 6762 §15.1 */
  readonly unicast: boolean;
}

/** Records that are claimed, announced and withdrawn together; the `unique` ones have one name. */
export interface Registration {
  readonly records: readonly OwnRecord[];
}

/** mDNS on one link, without I/O: bytes, calls and the time go in, {@link Output}s come out. */
export declare class Core {
  constructor(options: CoreOptions, now: Instant);
  /** When {@link Core.advance} wants to be called next. */
  get deadline(): Instant | undefined;
  receive(datagram: Datagram, now: Instant): void;
  advance(now: Instant): void;
  takeOutputs(): Output[];
  ask(question: Question, now: Instant, options?: { readonly immediate?: boolean }): AskId;
  stop(ask: AskId, now: Instant): void;
  known(
    question: Question,
    now: Instant,
  ): { record: ResourceRecord; received: Instant; expires: Instant | undefined }[];
  reconfirm(record: ResourceRecord, now: Instant): void;
  register(registration: Registration, now: Instant): ClaimId;
  update(claim: ClaimId, records: readonly OwnRecord[], now: Instant): void;
  replace(claim: ClaimId, records: readonly OwnRecord[], now: Instant): void;
  withdraw(claim: ClaimId, now: Instant): void;
  withdrawAll(now: Instant): void;
  restart(now: Instant): void;
  forget(now: Instant): void;
}
