import { cutCopy } from "../wire/byte-slab.ts";
import type { Owned, Zone } from "./zone.ts";
import { ZoneMemo } from "./zone-memo.ts";

const ID = 2; // bytes that a message begins with, RFC 1035 §4.1.1

/** Replies with a single answer, each to the last query that it was for: another host's differs in the id alone. */
export class LegacyMemo {
  readonly #replies: ZoneMemo<{ readonly query: Uint8Array; readonly reply: Uint8Array }>;

  constructor(zone: Zone) {
    this.#replies = new ZoneMemo(zone);
  }

  get(answer: Owned, query: Uint8Array): Uint8Array | undefined {
    const known = this.#replies.get(answer);
    if (known === undefined || !isSameButId(known.query, query)) return undefined;
    const reply = cutCopy(known.reply, known.reply.length);
    reply[0] = query[0] as number;
    reply[1] = query[1] as number;
    return reply;
  }

  set(answer: Owned, query: Uint8Array, reply: Uint8Array): void {
    this.#replies.set(answer, { query: query.slice(), reply: reply.slice() });
  }
}

function isSameButId(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = ID; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
