import { isatty } from "node:tty";
import type { ExitStatus } from "./exit-status.ts";

const terminals: readonly number[] = [0, 1, 2].filter((descriptor) => isatty(descriptor));

/** Whether a terminal that this process was started on is no longer there. */
export function isTerminalGone(): boolean {
  return !terminals.every((descriptor) => isatty(descriptor));
}

/**
 * Ends this process. Node.js aborts when it cannot reset a terminal that is gone; SIGHUP, which told of that, ends the
 * process then.
 */
export function endProcess(status: ExitStatus): never {
  if (isTerminalGone()) {
    process.removeAllListeners("SIGHUP");
    process.kill(process.pid, "SIGHUP");
  }
  process.exit(status);
}
