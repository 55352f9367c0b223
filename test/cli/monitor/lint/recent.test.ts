import { expect, test } from "vitest";
import { History } from "../../../../src/cli/monitor/lint/history.ts";
import { Recent } from "../../../../src/cli/monitor/lint/recent.ts";
import { packet, question } from "../packet-fixture.ts";

test("beyond the limit what was not seen for longest is forgotten, and counted", () => {
  const recent = new Recent<number>(2);
  for (const [key, value] of [
    ["a", 1],
    ["b", 2],
    ["a", 3],
    ["c", 4],
  ] as const) {
    recent.set(key, value);
  }
  expect([recent.get("a"), recent.get("b"), recent.get("c"), recent.forgotten]).toEqual([3, undefined, 4, 1]);
});

test("however many hosts ask, the history keeps to its limit and says what it forgot", () => {
  const history = new History(10);
  for (let host = 0; host < 100; host++) {
    history.add(packet({ questions: [question("_ipp._tcp.local")] }, { source: `10.77.1.${host}` }));
  }
  expect(history.forgotten).toBe(90);
});
