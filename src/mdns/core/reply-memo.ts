import { cutCopy } from "../wire/byte-slab.ts";
import { copyBytes } from "../wire/byte-string.ts";
import { type Datagram, type Family, MDNS_PORT } from "./datagram.ts";
import { bytesHash } from "./fnv-hash.ts";
import { LIMITS } from "./limits.ts";
import type { Instant } from "./timing.ts";
import { type Owned, recentUntil, type Zone } from "./zone.ts";

const ID = 2; // bytes that a message begins with, RFC 1035 §4.1.1
const SEEDS = { ipv4: 4, ipv6: 6, legacy: 0 } as const;

/** A unicast reply that is all there is to say to its query. */
export interface KnownReply {
  readonly bytes: Uint8Array;
  readonly answers: readonly Owned[];
}

/** Who gets equal replies to equal queries. */
type Audience = Family | "legacy";

interface Remembered {
  readonly audience: Audience;
  readonly query: Uint8Array;
  readonly reply: KnownReply;
  /** The last moment at which the query gets it again, as long as no answer is multicast anew. */
  until: Instant;
}

/** Unicast replies by the query that each is for, until anything in the zone changes. */
export class ReplyMemo {
  readonly #zone: Zone;
  /** By hash: of queries that share one, the last is kept. */
  readonly #replies = new Map<number, Remembered>();
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
    const audience = audienceOf(source);
    const known = this.#replies.get(hashOf(bytes, audience));
    if (known === undefined || known.audience !== audience || !isSameQuery(known.query, bytes)) return undefined;
    if (now > known.until) known.until = repeatableUntil(known.reply, audience);
    if (now > known.until) return undefined;
    return audience === "legacy" ? withId(known.reply, bytes) : known.reply;
  }

  set({ bytes, source }: Datagram, reply: KnownReply): void {
    if (bytes.length > LIMITS.replyMemoQuery) return;
    if (this.size >= LIMITS.replyMemo) this.clear();
    const audience = audienceOf(source);
    const query = copyBytes(bytes, 0, bytes.length);
    const kept = { ...reply, bytes: reply.bytes.slice() }; // not cut from shared memory
    const until = repeatableUntil(kept, audience);
    this.#replies.set(hashOf(bytes, audience), { audience, query, reply: kept, until });
  }

  clear(): void {
    this.#replies.clear();
    this.#revision = this.#zone.revision;
  }

  #forgetStale(): void {
    if (this.#revision !== this.#zone.revision) this.clear();
  }
}

function audienceOf({ family, port }: Datagram["source"]): Audience {
  return port === MDNS_PORT ? family : "legacy";
}

/** What is due for the group again is not for one peer alone. RFC 6762 §5.4 */
function repeatableUntil({ answers }: KnownReply, audience: Audience): Instant {
  if (audience === "legacy") return Number.POSITIVE_INFINITY;
  return Math.min(...answers.map((owned) => recentUntil(owned, audience)));
}

// The ID says nothing in mDNS (RFC 6762 §18.1): queries that differ in it alone are the same.

function hashOf(query: Uint8Array, audience: Audience): number {
  return bytesHash(query, ID, SEEDS[audience]);
}

function isSameQuery(known: Uint8Array, query: Uint8Array): boolean {
  if (known.length !== query.length) return false;
  for (let at = ID; at < query.length; at++) if (known[at] !== query[at]) return false;
  return true;
}

/** A legacy reply repeats the ID. RFC 6762 §6.7 */
function withId(reply: KnownReply, query: Uint8Array): KnownReply {
  const bytes = cutCopy(reply.bytes, reply.bytes.length);
  bytes[0] = query[0] as number;
  bytes[1] = query[1] as number;
  return { ...reply, bytes };
}
