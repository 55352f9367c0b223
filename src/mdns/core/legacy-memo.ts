import { cutCopy } from "../wire/byte-slab.ts";
import { toByteString } from "../wire/byte-string.ts";
import { LIMITS } from "./limits.ts";
import type { Owned, Zone } from "./zone.ts";
import { ZoneMemo } from "./zone-memo.ts";

const ID = 2; // bytes that a message begins with, RFC 1035 §4.1.1

/** A reply, and what it answers with first. */
export interface KnownReply {
  readonly bytes: Uint8Array;
  readonly first: Owned;
}

/** Replies by the query that each is for: the next host's query differs in its ID. */
export class LegacyMemo {
  readonly #replies: ZoneMemo<string, KnownReply>;

  constructor(zone: Zone) {
    this.#replies = new ZoneMemo(zone);
  }

  /** Replies kept at present. */
  get size(): number {
    return this.#replies.size;
  }

  get(query: Uint8Array): KnownReply | undefined {
    if (this.#replies.size === 0 || query.length > LIMITS.legacyPayload) return undefined;
    const known = this.#replies.get(questionOf(query));
    if (known === undefined) return undefined;
    const bytes = cutCopy(known.bytes, known.bytes.length);
    bytes[0] = query[0] as number;
    bytes[1] = query[1] as number;
    return { ...known, bytes };
  }

  /** Only after {@link get} has found nothing. */
  set(query: Uint8Array, { bytes, first }: KnownReply): void {
    if (query.length > LIMITS.legacyPayload) return;
    if (this.#replies.size >= LIMITS.legacyMemo) this.clear();
    this.#replies.set(questionOf(query), { bytes: bytes.slice(), first }); // not cut from memory that packets share
  }

  clear(): void {
    this.#replies.clear();
  }
}

function questionOf(query: Uint8Array): string {
  return toByteString(query, ID, query.length);
}
