import { expect, test } from "vitest";
import { awakeWait } from "../../../src/mdns/dnssd/awake-wait.ts";
import { LateClock } from "./late-clock.ts";

function waiting(): { clock: LateClock; ended: number[]; cancel: () => void } {
  const clock = new LateClock();
  const ended: number[] = [];
  const cancel = awakeWait(clock, 5_000, () => ended.push(clock.now()));
  return { clock, ended, cancel };
}

test("a wait ends when its time is up, on a busy machine a little later (L-24)", () => {
  for (const late of [0, 499]) {
    const { clock, ended } = waiting();
    clock.turn(4_999);
    expect(ended).toEqual([]);
    clock.turn(5_000 + late);
    expect(ended).toEqual([5_000 + late]);
  }
});

test("a wait during which the process stood still starts over, once (L-24)", () => {
  const { clock, ended } = waiting();
  clock.turn(10_000);
  clock.turn(14_999);
  expect(ended).toEqual([]);
  clock.turn(30_000);
  expect(ended).toEqual([30_000]);
});

test("a wait that started over is cancelled like any other", () => {
  const { clock, ended, cancel } = waiting();
  clock.turn(10_000);
  cancel();
  clock.turn(20_000);
  expect(ended).toEqual([]);
});
