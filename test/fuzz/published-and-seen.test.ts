import fc from "fast-check";
import { test } from "vitest";
import { effort } from "./effort.ts";
import { LanRun } from "./lan/run.ts";
import { type Step, step } from "./lan/steps.ts";

const families = fc.constantFrom(["ipv4"] as const, ["ipv6"] as const, ["ipv4", "ipv6"] as const);
const steps = fc.array(step, { maxLength: 60, size: "max" });

test("whatever programs on a link publish, change and withdraw, each sees what there is, and nothing false is said (RFC 6762 §5.2, §6, §7, §8.4, §10)", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), families, steps, async (seed, spoken, taken) => run(new LanRun(seed, spoken), taken)),
    effort(400),
  );
}, 1_200_000);

function run(programs: LanRun, taken: readonly Step[]): void {
  try {
    for (const one of taken) programs.take(one);
    programs.rest();
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${programs.lan.log.format(80)}`, {
      cause: error,
    });
  }
}
