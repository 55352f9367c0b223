import { describe, expect, test } from "vitest";
import type { Datagram } from "../../../src/mdns/core/datagram.ts";
import { bytesHash } from "../../../src/mdns/core/fnv-hash.ts";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { NameInterest } from "../../../src/mdns/core/name-interest.ts";
import { type KnownReply, ReplyMemo } from "../../../src/mdns/core/reply-memo.ts";
import { type Owned, Zone } from "../../../src/mdns/core/zone.ts";
import { V4 } from "./printer.ts";

const REPLY = Uint8Array.of(0, 0, 0x84, 0);
const LEGACY_PORT = 40_000;

const QUARTER = (V4.ttl * 1_000) / 4;

function memoOf(zone = new Zone(new NameInterest())): {
  memo: ReplyMemo;
  zone: Zone;
  first: Owned;
  reply: KnownReply;
} {
  const first = zone.hold(1, { record: V4, ownership: "unique" });
  first.lastMulticast.ipv4 = 0;
  return { memo: new ReplyMemo(zone), zone, first, reply: { bytes: REPLY, answers: [first] } };
}

/** Of as many bytes as wanted, of which the last four tell queries apart. */
function query(id: number, question: number, { port = LEGACY_PORT, length = 40 } = {}): Datagram {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, id);
  view.setUint32(length - 4, question);
  const source = { family: "ipv4", address: "10.77.0.2", port } as const;
  return { bytes, source, to: "group", onLink: true, fromThisHost: false };
}

describe("a query that differs in its ID alone", () => {
  test("has the same reply with its own ID when it is a legacy one (U-03)", () => {
    const { memo, reply } = memoOf();
    memo.set(query(1, 7), reply);
    expect(memo.get(query(0xbeef, 7), 0)?.bytes).toEqual(Uint8Array.of(0xbe, 0xef, 0x84, 0));
    expect(memo.get(query(1, 8), 0)).toBeUndefined();
  });

  test("has the very same reply when it comes from port 5353 (A-38)", () => {
    const { memo, reply } = memoOf();
    memo.set(query(1, 7, { port: 5_353 }), reply);
    expect(memo.get(query(0xbeef, 7, { port: 5_353 }), 0)?.bytes).toEqual(REPLY);
  });
});

test("what one kind of client gets, or one IP version, is not given to another (A-36, U-03)", () => {
  const { memo, reply } = memoOf();
  const multicast = query(1, 7, { port: 5_353 });
  memo.set(multicast, reply);
  expect(memo.get(query(1, 7), 0)).toBeUndefined();
  expect(memo.get({ ...multicast, source: { ...multicast.source, family: "ipv6" } }, 0)).toBeUndefined();
});

test("queries that share a hash are told apart (A-36)", () => {
  const { memo, reply } = memoOf();
  const [one, other] = sharingHash();
  memo.set(query(1, one), reply);
  expect(memo.get(query(1, one), 0)).toBeDefined();
  expect(memo.get(query(1, other), 0)).toBeUndefined();
});

/** Of so many queries, two are sure to be alike in that. */
function sharingHash(): [number, number] {
  const seen = new Map<number, number>();
  for (let spread = 1; ; spread++) {
    const question = Math.imul(spread, 0x9e3779b1) >>> 0;
    const hash = bytesHash(query(1, question).bytes, 2, 0);
    const known = seen.get(hash);
    if (known !== undefined) return [known, question];
    seen.set(hash, question);
  }
}

test("a reply is given until it is due for the group, and again once that has had it (RFC 6762 §5.4; A-36)", () => {
  const { memo, first, reply } = memoOf();
  const asked = query(1, 7, { port: 5_353 });
  memo.set(asked, reply);
  expect(memo.get(asked, QUARTER)).toBeDefined();
  expect(memo.get(asked, QUARTER + 1)).toBeUndefined();
  first.lastMulticast.ipv4 = QUARTER + 1;
  expect(memo.get(asked, 2 * QUARTER)).toBeDefined();
  expect(memo.get(asked, 2 * QUARTER + 2)).toBeUndefined();
});

test("a legacy reply has no such end (U-03)", () => {
  const { memo, reply } = memoOf();
  memo.set(query(1, 7), reply);
  expect(memo.get(query(1, 7), 10 * QUARTER)).toBeDefined();
});

test("replies are kept for a bounded number of queries, none of them long (S-11)", () => {
  const { memo, reply } = memoOf();
  for (let question = 0; question < 3 * LIMITS.replyMemo; question++) {
    memo.set(query(1, question), reply);
    expect(memo.size).toBeLessThanOrEqual(LIMITS.replyMemo);
  }
  const { size } = memo;
  memo.set(query(1, 0, { length: LIMITS.replyMemoQuery + 1 }), reply);
  expect(memo.size).toBe(size);
});

test("nothing is kept when the zone changes (P-46)", () => {
  const { memo, zone, first, reply } = memoOf();
  memo.set(query(1, 7), reply);
  zone.win(1, first);
  expect(memo.get(query(1, 7), 0)).toBeUndefined();
  expect(memo.size).toBe(0);
});
