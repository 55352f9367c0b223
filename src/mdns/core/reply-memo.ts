import { cutCopy } from "../wire/byte-slab.ts";
import { toByteString } from "../wire/byte-string.ts";
import { type Datagram, MDNS_PORT } from "./datagram.ts";
import { LIMITS } from "./limits.ts";
import type { Instant } from "./timing.ts";
import type { Owned, Zone } from "./zone.ts";

const ID = 2; // bytes that a message begins with, RFC 1035 §4.1.1

/** A unicast reply that is all there is to say to its query. */
export interface KnownReply {
  readonly bytes: Uint8Array;
  readonly first: Owned;
  /** The last moment at which the same query gets it again. */
  readonly until: Instant;
}

/** Unicast replies by the query that each is for, until anything in the zone changes. */
export class ReplyMemo {
  readonly #zone: Zone;
  readonly #replies = new Map<string, KnownReply>();
  #revision: number;

  constructor(zone: Zone) {
    this.#zone = zone;
    this.#revision = zone.revision;
  }

  /** Replies kept at present. */
  get size(): number {
    this.#forgetStale();
    return this.#replies.size;
  }

  get({ bytes, source }: Datagram, now: Instant): KnownReply | undefined {
    this.#forgetStale();
    if (this.#replies.size === 0 || bytes.length > LIMITS.replyMemoQuery) return undefined;
    const known = this.#replies.get(keyOf(bytes, source));
    if (known === undefined || now > known.until) return undefined;
    return source.port === MDNS_PORT ? known : withId(known, bytes);
  }

  set({ bytes, source }: Datagram, reply: KnownReply): void {
    if (bytes.length > LIMITS.replyMemoQuery) return;
    if (this.size >= LIMITS.replyMemo) this.clear();
    this.#replies.set(keyOf(bytes, source), { ...reply, bytes: reply.bytes.slice() }); // not cut from shared memory
  }

  clear(): void {
    this.#replies.clear();
    this.#revision = this.#zone.revision;
  }

  #forgetStale(): void {
    if (this.#revision !== this.#zone.revision) this.clear();
  }
}

/** Equal for queries that differ in their ID alone, which says nothing in mDNS (RFC 6762 §18.1). */
function keyOf(query: Uint8Array, { family, port }: Datagram["source"]): string {
  const kind = port === MDNS_PORT ? family : "legacy";
  return kind + toByteString(query, ID, query.length);
}

/** A legacy reply repeats the ID. RFC 6762 §6.7 */
function withId(reply: KnownReply, query: Uint8Array): KnownReply {
  const bytes = cutCopy(reply.bytes, reply.bytes.length);
  bytes[0] = query[0] as number;
  bytes[1] = query[1] as number;
  return { ...reply, bytes };
}
