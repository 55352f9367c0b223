import { expect, test } from "vitest";
import { PendingAnswers } from "../../../src/mdns/core/pending-answers.ts";

const window = (now: number, delay: number) => ({ earliest: now + 20, due: now + delay, latest: now + 120 });

test("an earlier answer waits for a later one as far as its own window allows (RFC 6762 §6.4, A-29)", () => {
  const pending = new PendingAnswers<string>();
  pending.add([["first", window(0, 22)]]);
  pending.add([["second", window(15, 90)]]);
  expect(pending.next).toBe(35);
  expect(pending.take(35)).toEqual(["first", "second"]);
  expect(pending.size).toBe(0);
});

test("an answer whose time has not begun stays behind (RFC 6762 §6)", () => {
  const pending = new PendingAnswers<string>();
  pending.add([["defence", { earliest: 0, due: 0, latest: 0 }]]);
  pending.add([["shared", window(0, 60)]]);
  expect(pending.take(0)).toEqual(["defence"]);
  expect(pending.take(59)).toEqual([]);
  expect(pending.take(60)).toEqual(["shared"]);
});

test("the same answer wanted twice goes at the earlier time, once", () => {
  const pending = new PendingAnswers<string>();
  pending.add([["answer", window(0, 100)]]);
  pending.add([["answer", window(10, 30)]]);
  expect(pending.next).toBe(40);
  expect(pending.take(40)).toEqual(["answer"]);
});
