import { afterEach, beforeEach, expect, test } from "vitest";
import { Lan } from "../../interop/lan.ts";
import { noNamespaces } from "../link/namespaces.ts";
import { Churn } from "./churn.ts";

const MARGIN = 1.5; // a leak of what one call makes is far beyond it

let lan: Lan | undefined;
beforeEach(({ skip }) => {
  skip(noNamespaces !== undefined, noNamespaces);
  lan = new Lan();
});
afterEach(() => lan?.remove());

test("thousands of calls beside peers that are killed and unplugged leave nothing behind (N-20, S-10)", async () => {
  const churn = new Churn(lan as Lan, 100);
  await churn.run(6, 3);
  const early = await churn.report();
  await churn.run(12, 4);
  const late = await churn.report();
  expect(late.calls).toBeGreaterThan(early.calls);
  expect(late.heap).toBeLessThan(early.heap * MARGIN);
  await churn.rest();
  const { counters, escaped } = await churn.report();
  expect(counters.open).toBe(0);
  expect(counters.links.map(({ questions, claims }) => ({ questions, claims }))).toEqual([{ questions: 0, claims: 0 }]);
  expect(escaped).toEqual([]);
  expect(await churn.close()).toBe(0);
}, 180_000);
