import { MONITOR } from "./monitor-spec.ts";
import { runCommand } from "./run-command.ts";

void runCommand(MONITOR, async () => (await import("./monitor/monitor.ts")).monitor);
