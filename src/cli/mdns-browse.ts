import { BROWSE } from "./browse-spec.ts";
import { runCommand } from "./run-command.ts";

void runCommand(BROWSE, async () => (await import("./browse.ts")).browse);
