import { EventEmitter } from "eventemitter3";
import type { Link } from "../link/link.ts";
import type { RecordData, ResourceRecord } from "../wire/record.ts";
import { rdataBytes } from "../wire/record-key.ts";
import { typeName } from "../wire/record-type.ts";
import { Feeds } from "./feeds.ts";
import { checkedFlag } from "./flag.ts";
import { guarded } from "./guarded.ts";
import { LIMITS } from "./limits.ts";
import type { MdnsError } from "./mdns-error.ts";
import { askedName, recordType } from "./multicast-name.ts";
import { listRecords } from "./record-list.ts";
import type { Session } from "./session.ts";

/** How records are asked for. */
export interface QueryOptions {
  /** Ask at once instead of after the random delay of 20 to 120 ms. RFC 6762 §5.2 @default false */
  readonly immediate?: boolean | undefined;
  /** Ends the browser: its iterators reject with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A record as it was heard on one link. */
export interface FoundRecord {
  /** With dots and backslashes in labels escaped. */
  readonly name: string;
  /** As in `"AAAA"`; `"TYPE65280"` for one without a name. */
  readonly type: string;
  /** 1 (IN) nearly always. */
  readonly class: number;
  /** Seconds. */
  readonly ttl: number;
  /** The data, read as far as its type is known here. */
  readonly data: RecordData;
  /** The data byte for byte, names uncompressed. */
  readonly rdata: Uint8Array;
  /** The interface of the link where it was heard. */
  readonly interface: string;
}

/** A change in the list of records. */
export interface RecordChange {
  /** `"up"` or `"down"`. */
  readonly kind: "up" | "down";
  /** The record; with `"down"` as it was last. */
  readonly record: FoundRecord;
}

/** What a {@link RecordBrowser} tells. */
export interface RecordBrowserEvents {
  /** A record was heard on a link. */
  up: (record: FoundRecord) => void;
  /** It expired, or was withdrawn or replaced. */
  down: (record: FoundRecord) => void;
  /** The network could not be opened; the browser is closed. */
  error: (error: MdnsError) => void;
}

/** The records of one name and type, kept up to date until it is closed; the same record on two links is there twice. */
export class RecordBrowser extends EventEmitter<RecordBrowserEvents> implements AsyncIterable<RecordChange> {
  readonly #records = new Map<string, FoundRecord>();
  readonly #feeds: Feeds<FoundRecord, RecordChange>;
  readonly #stop: () => void;

  /** @internal */
  constructor(session: Session, name: string, type: string | number, options: QueryOptions = {}) {
    super();
    const question = { name: askedName(name), type: recordType(type) };
    const immediate = checkedFlag("immediate", options.immediate, false);
    this.#feeds = new Feeds({
      session,
      signal: options.signal,
      shape: (kind, record) => ({ kind: kind === "down" ? "down" : "up", record }),
      stop: () => this.#stop(),
      failed: (error) => guarded(() => this.emit("error", error)),
    });
    this.#stop = listRecords(session.network, {
      ...question,
      immediate,
      added: (key, record, link) => this.#added(`${link.name} ${key}`, record, link),
      removed: (key, _record, link) => this.#removed(`${link.name} ${key}`),
      overflow: ({ name: on }) => session.tell({ kind: "overflow", what: `records on ${on}`, limit: LIMITS.answers }),
    });
  }

  /** The records there are now. */
  get records(): readonly FoundRecord[] {
    return [...this.#records.values()];
  }

  /** Whether it was closed, by whatever means; it then tells nothing more. */
  get closed(): boolean {
    return this.#feeds.closed;
  }

  /** What is there, then every change. Leaving the loop closes the browser. */
  [Symbol.asyncIterator](): AsyncIterableIterator<RecordChange, undefined> {
    return this.#feeds.read(this.#records);
  }

  /** Stops asking. Idempotent. */
  close(): void {
    this.#feeds.close();
  }

  /** {@link RecordBrowser.close}, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #added(key: string, record: ResourceRecord, link: Link): void {
    const found = foundRecord(record, link);
    this.#records.set(key, found);
    this.#feeds.push(key, "up", found);
    guarded(() => this.emit("up", found));
  }

  #removed(key: string): void {
    const found = this.#records.get(key);
    if (found === undefined) return;
    this.#records.delete(key);
    this.#feeds.push(key, "down", found);
    guarded(() => this.emit("down", found));
  }
}

function foundRecord(record: ResourceRecord, link: Link): FoundRecord {
  const { ttl, data } = record;
  const name = record.name.toString();
  const rdata = Uint8Array.from(rdataBytes(record));
  return { name, type: typeName(record.type), class: record.class, ttl, data, rdata, interface: link.name };
}
