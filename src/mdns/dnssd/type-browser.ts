import { EventEmitter } from "eventemitter3";
import type { ResourceRecord } from "../wire/record.ts";
import { TYPE } from "../wire/record-type.ts";
import { Feeds } from "./feeds.ts";
import { checkedFlag } from "./flag.ts";
import { guarded } from "./guarded.ts";
import { enumeratedType } from "./instance-name.ts";
import { LIMITS } from "./limits.ts";
import type { MdnsError } from "./mdns-error.ts";
import type { QueryOptions } from "./record-browser.ts";
import { listRecords } from "./record-list.ts";
import { ALL_TYPES, isServiceType } from "./service-type.ts";
import type { Session } from "./session.ts";

/** A change in the list of service types. */
export interface TypeChange {
  /** `"up"` or `"down"`. */
  readonly kind: "up" | "down";
  /** As in `"_http._tcp"`. */
  readonly type: string;
}

/** What a {@link TypeBrowser} tells. */
export interface TypeBrowserEvents {
  /** Somebody offers services of this type, as in `"_http._tcp"`. */
  up: (type: string) => void;
  /** Nobody does any more. */
  down: (type: string) => void;
  /** The network could not be opened; the browser is closed. */
  error: (error: MdnsError) => void;
}

/**
 * The types of services that there are, kept up to date until it is closed. Each can be browsed: what is no service type
 * is left out.
 * @see RFC 6763 §9
 */
export class TypeBrowser extends EventEmitter<TypeBrowserEvents> implements AsyncIterable<TypeChange> {
  readonly #types = new Map<string, { readonly text: string; readonly sources: Set<string> }>();
  readonly #feeds: Feeds<string, TypeChange>;
  readonly #stop: () => void;

  /** @internal */
  constructor(session: Session, options: QueryOptions = {}) {
    super();
    const immediate = checkedFlag("immediate", options.immediate, false);
    this.#feeds = new Feeds({
      session,
      signal: options.signal,
      shape: (kind, type) => ({ kind: kind === "down" ? "down" : "up", type }),
      stop: () => this.#stop(),
      failed: (error) => guarded(() => this.emit("error", error)),
    });
    this.#stop = listRecords(session.network, {
      name: ALL_TYPES,
      type: TYPE.PTR,
      immediate,
      added: (key, record, { name }) => this.#added(`${name} ${key}`, record),
      removed: (key, record, { name }) => this.#removed(`${name} ${key}`, record),
      overflow: ({ name }) =>
        session.tell({ kind: "overflow", what: `service types on ${name}`, limit: LIMITS.answers }),
    });
  }

  /** The types there are now, as in `"_http._tcp"`. */
  get types(): readonly string[] {
    return [...this.#types.values()].map(({ text }) => text);
  }

  /** Whether it was closed, by whatever means; it then tells nothing more. */
  get closed(): boolean {
    return this.#feeds.closed;
  }

  /** What is there, then every change. Leaving the loop closes the browser. */
  [Symbol.asyncIterator](): AsyncIterableIterator<TypeChange, undefined> {
    return this.#feeds.read([...this.#types].map(([key, { text }]) => [key, text] as const));
  }

  /** Stops asking. Idempotent. */
  close(): void {
    this.#feeds.close();
  }

  /** {@link TypeBrowser.close}, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #added(source: string, record: ResourceRecord): void {
    const text = typeOf(record);
    if (text === undefined) return;
    const key = text.toLowerCase();
    const known = this.#types.get(key);
    if (known !== undefined) {
      known.sources.add(source);
      return;
    }
    this.#types.set(key, { text, sources: new Set([source]) });
    this.#report("up", key, text);
  }

  #removed(source: string, record: ResourceRecord): void {
    const key = typeOf(record)?.toLowerCase();
    const known = key === undefined ? undefined : this.#types.get(key);
    if (key === undefined || known === undefined) return;
    known.sources.delete(source);
    if (known.sources.size > 0) return;
    this.#types.delete(key);
    this.#report("down", key, known.text);
  }

  #report(kind: "up" | "down", key: string, type: string): void {
    this.#feeds.push(key, kind, type);
    guarded(() => this.emit(kind, type));
  }
}

function typeOf({ data }: ResourceRecord): string | undefined {
  const text = data.kind === "name" ? enumeratedType(data.target) : undefined;
  return text !== undefined && isServiceType(text) ? text : undefined;
}
