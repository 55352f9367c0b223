import { PUBLISH } from "./publish-spec.ts";
import { runCommand } from "./run-command.ts";

void runCommand(PUBLISH, async () => (await import("./publish.ts")).publish);
