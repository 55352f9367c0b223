import { expect, test } from "vitest";
import { LegacyMemo } from "../../../src/mdns/core/legacy-memo.ts";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { NameInterest } from "../../../src/mdns/core/name-interest.ts";
import { Zone } from "../../../src/mdns/core/zone.ts";
import { V4 } from "./printer.ts";

const REPLY = Uint8Array.of(0, 0, 0x84, 0);

function memoOf(zone = new Zone(new NameInterest())): {
  memo: LegacyMemo;
  zone: Zone;
  reply: Parameters<LegacyMemo["set"]>[1];
} {
  const first = zone.hold(1, { record: V4, ownership: "unique" });
  return { memo: new LegacyMemo(zone), zone, reply: { bytes: REPLY, first } };
}

/** As many bytes as wanted, of which the last four tell queries apart. */
function query(id: number, question: number, length = 40): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, id);
  view.setUint32(length - 4, question);
  return bytes;
}

test("a query that differs in its ID alone has the same reply with its own ID (U-03)", () => {
  const { memo, reply } = memoOf();
  memo.set(query(1, 7), reply);
  expect(memo.get(query(0xbeef, 7))?.bytes).toEqual(Uint8Array.of(0xbe, 0xef, 0x84, 0));
  expect(memo.get(query(1, 8))).toBeUndefined();
});

test("replies are kept for a bounded number of queries, none of them long (S-11)", () => {
  const { memo, reply } = memoOf();
  for (let question = 0; question < 3 * LIMITS.legacyMemo; question++) {
    memo.set(query(1, question), reply);
    expect(memo.size).toBeLessThanOrEqual(LIMITS.legacyMemo);
  }
  const { size } = memo;
  memo.set(query(1, 0, LIMITS.legacyPayload + 1), reply);
  expect(memo.size).toBe(size);
});

test("nothing is kept when the zone changes (P-46)", () => {
  const { memo, zone, reply } = memoOf();
  memo.set(query(1, 7), reply);
  zone.win(1, reply.first);
  expect(memo.get(query(1, 7))).toBeUndefined();
  expect(memo.size).toBe(0);
});
