#!/usr/bin/env node
import { RESOLVE } from "./resolve-spec.ts";
import { runCommand } from "./run-command.ts";

await runCommand(RESOLVE, async () => (await import("./resolve.ts")).resolve);
