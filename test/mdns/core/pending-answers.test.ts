import { expect, test } from "vitest";
import { addPending, type PendingAnswers, pendingDue, takePending } from "../../../src/mdns/core/pending-answers.ts";

const window = (now: number, delay: number) => ({ earliest: now + 20, due: now + delay, latest: now + 120 });

test("an earlier answer waits for a later one as far as its own window allows (RFC 6762 §6.4, A-29)", () => {
  const pending: PendingAnswers<string> = new Map();
  addPending(pending, [["first", window(0, 22)]]);
  addPending(pending, [["second", window(15, 90)]]);
  expect(pendingDue(pending)).toBe(35);
  expect(takePending(pending, 35)).toEqual(["first", "second"]);
  expect(pending.size).toBe(0);
});

test("an answer whose time has not begun stays behind (RFC 6762 §6)", () => {
  const pending: PendingAnswers<string> = new Map();
  addPending(pending, [["defence", { earliest: 0, due: 0, latest: 0 }]]);
  addPending(pending, [["shared", window(0, 60)]]);
  expect(takePending(pending, 0)).toEqual(["defence"]);
  expect(takePending(pending, 59)).toEqual([]);
  expect(takePending(pending, 60)).toEqual(["shared"]);
});

test("the same answer wanted twice goes at the earlier time, once", () => {
  const pending: PendingAnswers<string> = new Map();
  addPending(pending, [["answer", window(0, 100)]]);
  addPending(pending, [["answer", window(10, 30)]]);
  expect(pendingDue(pending)).toBe(40);
  expect(takePending(pending, 40)).toEqual(["answer"]);
});
