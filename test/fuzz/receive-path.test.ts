import fc from "fast-check";
import { expect, test } from "vitest";
import { Core } from "../../src/mdns/core/core.ts";
import type { Family } from "../../src/mdns/core/datagram.ts";
import { HostState } from "../../src/mdns/core/host-state.ts";
import { LIMITS } from "../../src/mdns/core/limits.ts";
import { datagram, own, question, record } from "./datagrams.ts";
import { effort } from "./effort.ts";
import { advanceTo, checkOutputs } from "./running-core.ts";

const RUNS = 400;

const step = fc.oneof(
  { weight: 12, arbitrary: datagram.map((value) => ({ kind: "receive" as const, value })) },
  { weight: 6, arbitrary: fc.nat({ max: 1_500 }).map((value) => ({ kind: "wait" as const, value })) },
  { weight: 1, arbitrary: fc.nat({ max: 100_000_000 }).map((value) => ({ kind: "wait" as const, value })) },
  { weight: 2, arbitrary: question.map((value) => ({ kind: "ask" as const, value })) },
  { weight: 1, arbitrary: fc.nat({ max: 20 }).map((value) => ({ kind: "stop" as const, value })) },
  { weight: 2, arbitrary: own.map((value) => ({ kind: "register" as const, value })) },
  { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 20 }), own).map((value) => ({ kind: "update" as const, value })) },
  { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 20 }), own).map((value) => ({ kind: "replace" as const, value })) },
  { weight: 1, arbitrary: fc.nat({ max: 20 }).map((value) => ({ kind: "withdraw" as const, value })) },
  { weight: 1, arbitrary: record.map((value) => ({ kind: "reconfirm" as const, value })) },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

test("any sequence of datagrams and calls leaves a core alive, within its caps and silent in the end (H-12, H-16, H-25, S-10)", () => {
  const families = fc.constantFrom<Family[]>(["ipv4"], ["ipv6"], ["ipv4", "ipv6"]);
  fc.assert(
    fc.property(families, fc.nat(), fc.array(step, { maxLength: 80, size: "max" }), (spoken, seed, steps) =>
      run(spoken, seed, steps),
    ),
    effort(RUNS),
  );
}, 600_000);

function run(families: readonly Family[], seed: number, steps: readonly Step[]): void {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const host = new HostState();
  const core = new Core({ families, random, host, unicast: true, tracing: true }, 0);
  const claims: number[] = [];
  const asks: number[] = [];
  let now = 0;
  for (const action of steps) {
    switch (action.kind) {
      case "receive":
        core.receive(action.value, now);
        break;
      case "wait":
        now = advanceTo(core, now, now + action.value);
        break;
      case "ask":
        asks.push(core.ask(action.value, now));
        break;
      case "stop":
        core.stop(asks[action.value] ?? -1, now);
        break;
      case "register":
        claims.push(core.register(action.value, now));
        break;
      case "update":
        core.update(claims[action.value[0]] ?? -1, action.value[1], now);
        break;
      case "replace":
        core.replace(claims[action.value[0]] ?? -1, action.value[1], now);
        break;
      case "withdraw":
        core.withdraw(claims[action.value] ?? -1, now);
        break;
      case "reconfirm":
        core.reconfirm(action.value, now);
        break;
      case "restart":
        core.restart(now);
        break;
    }
    checkOutputs(core);
    const { cache, responder } = core.counters;
    expect(cache.records).toBeLessThanOrEqual(LIMITS.cacheRecords);
    expect(responder.truncatedQueries).toBeLessThanOrEqual(LIMITS.truncatedSources);
  }
  for (const ask of asks) core.stop(ask, now);
  for (const claim of claims) core.withdraw(claim, now);
  checkOutputs(core);
  now = advanceTo(core, now, now + 10_000);
  core.forget(now);
  core.takeOutputs();
  expect(core.deadline).toBeUndefined();
  expect(core.counters.cache.records).toBe(0);
  expect(host.size).toBe(0);
}
