import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { ROOT } from "./command.ts";

test("the demo shows four services arrive, one change and one goodbye, and ends with 0", async () => {
  const demo = spawn(process.execPath, ["examples/demo.mjs"], { cwd: ROOT });
  let output = "";
  for (const stream of [demo.stdout, demo.stderr]) stream.on("data", (data) => (output += data));
  const [status] = await once(demo, "close");
  expect(output).toContain("Office Printer, 2nd fl.");
  expect(output).toContain("key=0xdeadbeef");
  const signs = Array.from(output.matchAll(/^ {3}([+=-]) (.*) {2}_/gm), ([, sign]) => sign);
  expect([status, signs]).toEqual([0, ["+", "+", "+", "+", "=", "-"]]);
});
