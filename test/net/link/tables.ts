import { execFileSync } from "node:child_process";
import { createInterface } from "node:readline";
import { openKernelTables } from "../../../src/mdns/link/kernel-tables.ts";
import { PATIENCE } from "./patience.ts";

/** Runs each line of its input as a shell command, and prints whether the kernel's tables then differ: within a while. */
process.stdout.write("ready\n");
for await (const command of createInterface({ input: process.stdin })) {
  const tables = openKernelTables();
  if (tables === undefined) throw new Error("the tables cannot be opened");
  execFileSync("sh", ["-c", command]);
  const until = performance.now() + PATIENCE;
  let differs = tables.isChanged();
  while (!differs && performance.now() < until) differs = tables.isChanged();
  tables.close();
  process.stdout.write(`${differs}\n`);
}
