import { expect, test } from "vitest";
import { SendHealth } from "../../../src/mdns/link/send-health.ts";

test("a failure is news once; each look then tries, until a trial is not refused", () => {
  const health = new SendHealth();
  expect([health.isWell, health.look()]).toEqual([true, "well"]);
  expect([health.failed(), health.failed()]).toEqual([true, false]);
  expect([health.isWell, health.look()]).toEqual([false, "try"]);
  expect(health.isWell).toBe(false);
  expect(health.failed()).toBe(false);
  expect(health.look()).toBe("try");
  expect(health.look()).toBe("recovered");
  expect([health.isWell, health.look()]).toEqual([true, "well"]);
  expect(health.failed()).toBe(true);
});
