import { EXIT, type ExitStatus } from "./exit-status.ts";
import { printable } from "./printable.ts";
import { UsageError } from "./usage-error.ts";

export interface Failure {
  readonly status: ExitStatus;
  /** One line. */
  readonly message: string;
}

/** What the library says when the caller gave it a wrong argument. */
const USAGE_CODES: ReadonlySet<string> = new Set(["ERR_MDNS_ARGUMENT", "ERR_MDNS_UNKNOWN_INTERFACE"]);

/** Status and sentence for whatever ended a command. */
export function failureOf(error: unknown): Failure {
  const message = printable((error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, " "));
  const usage = error instanceof UsageError || USAGE_CODES.has(codeOf(error));
  return { status: usage ? EXIT.usage : EXIT.refused, message };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
