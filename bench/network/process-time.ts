import { readFileSync } from "node:fs";
import type { Host } from "../../test/interop/host.ts";
import { ip } from "../../test/interop/namespace.ts";

/** Finds the one process of that name on a host; the result reads its CPU time so far, in microseconds. */
export function processTime(host: Host, name: string): () => number {
  const pids = ip("netns", "pids", host.namespace.name).split("\n").filter(Boolean);
  const pid = pids.find((candidate) => readFileSync(`/proc/${candidate}/comm`, "utf8").trim() === name);
  if (pid === undefined) throw new Error(`no process ${name} runs on ${host.name}`);
  return () => Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1_000;
}
