import { expect, test } from "vitest";
import { ChangeFeed, type ChangeKind } from "../../../src/mdns/dnssd/change-feed.ts";

function feed(left = (): void => {}): ChangeFeed<string, string> {
  return new ChangeFeed((kind: ChangeKind, item: string) => `${kind} ${item}`, left);
}

async function drained(source: ChangeFeed<string, string>): Promise<string[]> {
  const changes: string[] = [];
  while (source.backlog > 0) changes.push(String((await source.next()).value));
  return changes;
}

test.each([
  [["up", "update"], ["up 2"]],
  [["up", "down"], []],
  [["up", "down", "up"], ["up 3"]],
  [["update", "update"], ["update 2"]],
  [["update", "down"], ["down 2"]],
  [["down", "up"], ["update 2"]],
  [["down", "up", "down"], ["down 3"]],
] as const)("a slow reader gets %j of one thing as %j", async (kinds, expected) => {
  const slow = feed();
  for (const [index, kind] of kinds.entries()) slow.push("key", kind, String(index + 1));
  expect(await drained(slow)).toEqual(expected);
});

test("a reader that never reads holds no more than there is", () => {
  const slow = feed();
  for (let turn = 0; turn < 1_000; turn++) {
    for (let key = 0; key < 5; key++) slow.push(String(key), turn === 0 ? "up" : "update", String(turn));
  }
  expect(slow.backlog).toBe(5);
});

test("waiting reads are served in order, and end together", async () => {
  const fast = feed();
  const reads = [fast.next(), fast.next(), fast.next()];
  fast.push("a", "up", "a");
  fast.push("b", "up", "b");
  fast.end();
  expect((await Promise.all(reads)).map(({ value }) => value)).toEqual(["up a", "up b", undefined]);
  expect(await fast.next()).toEqual({ done: true, value: undefined });
});

test("a failure is told once, to whoever reads", async () => {
  const failed = feed();
  failed.push("a", "up", "a");
  failed.end({ reason: new Error("broken") });
  await expect(failed.next()).rejects.toThrow("broken");
  expect(await failed.next()).toEqual({ done: true, value: undefined });
});

test("leaving the loop tells the browser", async () => {
  let left = 0;
  const source = feed(() => left++);
  source.push("a", "up", "a");
  for await (const change of source) {
    expect(change).toBe("up a");
    break;
  }
  expect(left).toBe(1);
});
