import { EventEmitter } from "eventemitter3";
import { Announcement } from "./announcement.ts";
import { type CustomRecord, customRecords } from "./custom-record.ts";
import { guarded } from "./guarded.ts";
import { LinkClaims } from "./link-claims.ts";
import { MdnsError } from "./mdns-error.ts";
import type { PublicationState } from "./publication.ts";
import { linkFilter } from "./publish-options.ts";
import type { Session } from "./session.ts";

/** How records are published. */
export interface PublishRecordsOptions {
  /** Interfaces to publish on, by name or with wildcards. @default all */
  readonly interfaces?: string | readonly string[] | undefined;
  /** Aborts the wait for the announcement: the records are withdrawn. */
  readonly signal?: AbortSignal | undefined;
}

/** What a {@link RecordPublication} tells. Nobody has to listen, not even to `error`. */
export interface RecordPublicationEvents {
  announced: () => void;
  /** Somebody else has this name: the records are not published any more, and the publication is closed. */
  conflict: (name: string) => void;
  error: (error: MdnsError) => void;
}

/** Published records of any type. Their names are fixed: one that is taken ends the publication. */
export class RecordPublication extends EventEmitter<RecordPublicationEvents> {
  readonly #session: Session;
  readonly #claims: LinkClaims;
  readonly #announcement: Announcement;
  readonly #leave: () => void;
  #records: ReturnType<typeof customRecords>;
  #state: PublicationState = "probing";

  /** @internal */
  constructor(session: Session, records: readonly CustomRecord[], { interfaces }: PublishRecordsOptions = {}) {
    super();
    this.#session = session;
    this.#records = customRecords(records);
    const accepts = linkFilter(interfaces);
    this.#claims = new LinkClaims(session.network, {
      records: (link) => (accepts(link) ? this.#records : []),
      lost: () => this.#lost(),
      announced: () => this.#announcement.advanced(),
      unsettled: () => this.#fail(new MdnsError("ERR_MDNS_UNSETTLED", `"${this.name}" could not be had in a minute`)),
      failed: (cause) => this.#fail(new MdnsError("ERR_MDNS_SYSTEM", `"${this.name}": ${String(cause)}`, { cause })),
    });
    this.#announcement = new Announcement(
      session,
      () => [this.#claims],
      () => this.#reached(),
    );
    this.#leave = session.openings.add(() => this.#end("abandon"));
    this.#claims.start();
  }

  /** The name of the first record. */
  get name(): string {
    return String(this.#records[0]?.record.name);
  }

  get state(): PublicationState {
    return this.#state;
  }

  /**
   * Replaces the records; new ones that are unique must have the name of the old ones.
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`, `ERR_MDNS_CLOSED`
   */
  async update(records: readonly CustomRecord[]): Promise<void> {
    if (this.#state === "closed") throw new MdnsError("ERR_MDNS_CLOSED", `the publication of "${this.name}" is closed`);
    this.#records = customRecords(records);
    this.#claims.update();
  }

  /** Withdraws the records. Idempotent. RFC 6762 §10.1 */
  async close(): Promise<void> {
    this.#end("withdraw");
  }

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

  #reached(): void {
    if (this.#state !== "probing") return;
    this.#state = "announced";
    guarded(() => this.emit("announced"));
  }

  #lost(): void {
    this.#end("withdraw");
    guarded(() => this.emit("conflict", this.name));
    this.#announcement.fail(new MdnsError("ERR_MDNS_NOT_ANNOUNCED", `somebody else has "${this.name}"`));
  }

  #fail(error: MdnsError): void {
    guarded(() => {
      if (!this.emit("error", error)) this.#session.tell({ kind: "error", error });
    });
  }

  #end(how: "withdraw" | "abandon"): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#leave();
    this.#announcement.cancel();
    this.#claims[how]();
  }
}
