import { RESOLVE } from "./resolve-spec.ts";
import { runCommand } from "./run-command.ts";

void runCommand(RESOLVE, async () => (await import("./resolve.ts")).resolve);
