import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { noNamespace, Program } from "../mdns/program.ts";

const PROGRAM = fileURLToPath(new URL("cycles.ts", import.meta.url));
const MARGIN = 1_500_000; // bytes: code that was compiled meanwhile; one thing that stays takes more than 1,500
const TIMERS = 3; // there is one for the next look at the interfaces, and one for each core

test("1,000 browsers, publications and lookups that ended leave nothing behind (N-10)", async ({ skip, annotate }) => {
  skip(noNamespace !== undefined, noNamespace);
  const { status, output } = await new Program(["--expose-gc", PROGRAM], { alone: true }).ended;
  expect(status, output).toBe(0);
  await annotate(output);
  const { before, after } = JSON.parse(output);
  expect(after).toMatchObject({
    open: 0,
    claims: 0,
    questions: 0,
    listeners: 0,
    reachable: 0,
    sockets: before.sockets,
  });
  expect(after.timers - before.timers).toBeLessThanOrEqual(TIMERS);
  expect(after.heap - before.heap).toBeLessThan(MARGIN);
}, 90_000);
