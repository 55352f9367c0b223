import { expect, test } from "vitest";
import { nextUpdate, noteUpdate, UNUSED, type UpdateRate } from "../../../src/mdns/core/update-rate.ts";

test("data that changes all the time is told at most ten times in any minute, and never waits longer than 10 s (P-49)", () => {
  let rate: UpdateRate = UNUSED;
  const bursts: number[] = [];
  for (let now = 0; now < 300_000; ) {
    const due = nextUpdate(rate, now);
    expect(due - now).toBeLessThanOrEqual(10_000);
    rate = noteUpdate(rate, due);
    bursts.push(due);
    now = due + 10;
  }
  for (const start of bursts) {
    expect(bursts.filter((time) => time >= start && time < start + 60_000).length).toBeLessThanOrEqual(10);
  }
});
