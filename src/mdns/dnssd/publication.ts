import { EventEmitter } from "eventemitter3";
import { Announcement } from "./announcement.ts";
import { argumentError } from "./argument-error.ts";
import { checkCallOptions } from "./call-options.ts";
import { guarded } from "./guarded.ts";
import { MdnsError, type MdnsErrorCode } from "./mdns-error.ts";
import type { WaitOptions } from "./pending.ts";
import type { Session } from "./session.ts";
import type { PublicationChanges, Subject, SubjectNews } from "./subject.ts";
import { unheeded } from "./unheeded.ts";

/** What a {@link Publication} tells. Nobody has to listen, not even to `error`. */
export interface PublicationEvents {
  /** It is announced: for the first time, or again after a conflict. */
  announced: () => void;
  /** It is announced under another name: the old one was taken, or it was changed by {@link Publication.update}. */
  renamed: (name: string, before: string) => void;
  /** Somebody else has this name. A service or host tries another one; custom records are withdrawn. */
  conflict: (name: string) => void;
  /**
   * No free name was found in a minute (`ERR_MDNS_UNSETTLED`), and the search goes on; or it cannot be published. When
   * the network could not be opened, it is closed.
   */
  error: (error: MdnsError) => void;
}

/** Where a publication stands. */
export type PublicationState = "probing" | "announced" | "closed";

/**
 * A service, host name or set of records that is published. It has one name on all interfaces: one that is taken
 * anywhere is given up everywhere, for "Name (2)" and so on.
 * @see RFC 6762 §8, §9; RFC 6763 §4
 */
export class Publication extends EventEmitter<PublicationEvents> {
  readonly #session: Session;
  readonly #subject: Subject;
  readonly #announcement: Announcement;
  readonly #leave: () => void;
  #toldName: string;
  #state: PublicationState = "probing";

  /** @internal */
  constructor(session: Session, requested: string | undefined, subject: (news: SubjectNews) => Subject) {
    super();
    session.openings.check();
    this.#session = session;
    this.#announcement = new Announcement(
      session,
      () => this.#subject.claims,
      () => this.#reached(),
    );
    this.#subject = subject(this.#news());
    this.#toldName = requested ?? this.name;
    this.#leave = session.openings.add((reason) => this.#over(reason));
    this.#subject.start();
  }

  /** The name that it has or is trying to get: of the service, of the host without `.local`, or of the first record. */
  get name(): string {
    return this.#subject.name;
  }

  /** As in `"_http._tcp"`; empty for what is no service. */
  get type(): string {
    return this.#subject.type;
  }

  /** 0 for what is no service. */
  get port(): number {
    return this.#subject.port;
  }

  /** As in `"nas.local"`; this machine's name may change. Empty for custom records. */
  get host(): string {
    return this.#subject.host;
  }

  /** `"probing"` until it is announced, and again while it looks for another name. */
  get state(): PublicationState {
    return this.#state;
  }

  /**
   * Changes what is published. Everything but the name takes effect at once, and is announced; of changes in rapid
   * succession (more than ten a minute) only the last ones are.
   * @param options - `signal` ends the wait for the announcement of a name; the change stays
   * @returns when the change holds; with a name, when that is announced, which may take as long as in publishing
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`, `ERR_MDNS_CLOSED`; with a name also `ERR_MDNS_NOT_ANNOUNCED`
   * @see RFC 6762 §8.4
   */
  update(changes: PublicationChanges, options: Pick<WaitOptions, "signal"> = {}): Promise<void> {
    return unheeded(() => {
      checkCallOptions("options", options);
      if (this.#state === "closed") {
        throw new MdnsError("ERR_MDNS_CLOSED", `the publication of "${this.name}" is closed`);
      }
      if (typeof changes !== "object" || changes === null) throw argumentError("changes", "an object", changes);
      const before = this.name;
      this.#subject.update(changes);
      if (this.name === before) return Promise.resolve();
      this.#state = "probing";
      return this.#announcement.wait(`"${this.name}"`, options.signal);
    });
  }

  /** Withdraws it: resolves when the goodbye is on its way. Idempotent. RFC 6762 §10.1 */
  async close(): Promise<void> {
    this.#end("withdraw");
  }

  /** {@link Publication.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** @internal */
  async announced(signal?: AbortSignal): Promise<this> {
    try {
      await this.#announcement.wait(`"${this.name}"`, signal);
      return this;
    } catch (error) {
      this.#end("withdraw");
      throw error;
    }
  }

  #news(): SubjectNews {
    return {
      advanced: () => this.#announcement.advanced(),
      conflict: (name) => {
        this.#state = "probing";
        guarded(() => this.emit("conflict", name));
      },
      lost: (name) => this.#lost(name),
      unsettled: (name) =>
        this.#fail("ERR_MDNS_UNSETTLED", `no free name like "${name}" was found in a minute (RFC 6762 §9)`),
      failed: (cause) =>
        this.#fail("ERR_MDNS_SYSTEM", `"${this.name}" could not be published: ${String(cause)}`, cause),
    };
  }

  #reached(): void {
    if (this.#state === "closed") return;
    const news = this.#state !== "announced";
    this.#state = "announced";
    const before = this.#toldName;
    this.#toldName = this.name;
    if (before !== this.name) {
      this.#subject.settled();
      guarded(() => this.emit("renamed", this.name, before));
    }
    if (news && this.state === "announced") guarded(() => this.emit("announced"));
  }

  #lost(name: string): void {
    this.#end("withdraw");
    guarded(() => this.emit("conflict", name));
    this.#announcement.fail(`somebody else has the name "${name}"`);
  }

  #fail(code: MdnsErrorCode, message: string, cause?: unknown): void {
    const error = new MdnsError(code, message, { cause });
    guarded(() => {
      if (!this.emit("error", error)) this.#session.tell({ kind: "error", error });
    });
  }

  /** The whole object is closed, or its network could not be opened. */
  #over(reason: MdnsError): void {
    this.#end("abandon");
    if (reason.code !== "ERR_MDNS_CLOSED") guarded(() => this.emit("error", reason));
  }

  #end(how: "withdraw" | "abandon"): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#leave();
    this.#announcement.cancel();
    this.#subject.end(how);
  }
}
