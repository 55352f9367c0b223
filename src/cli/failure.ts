import type { CommandSpec, Spelling } from "./command-spec.ts";
import { errorCode } from "./error-code.ts";
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

/**
 * Status and sentence for whatever ended a command.
 * @param spelling - what the command line calls the options of the library
 */
export function failureOf(error: unknown, spelling: CommandSpec["spelling"] = {}): Failure {
  const text = (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, " ");
  const code = errorCode(error);
  const isArgument = code === "ERR_MDNS_ARGUMENT";
  const message = printable(isArgument ? respelled(text, spelling) : text);
  const usage = error instanceof UsageError || USAGE_CODES.has(code);
  return { status: usage ? EXIT.usage : EXIT.refused, message };
}

/** What the library says of a wrong value: `hostName must be …, got …`. */
const WRONG_VALUE = /^(\w+)( must be .*)(, got .*)$/s;

function respelled(text: string, spelling: CommandSpec["spelling"]): string {
  const [, option = "", requirement = "", value = ""] = WRONG_VALUE.exec(text) ?? [];
  if (!Object.hasOwn(spelling, option)) return text;
  const { name, must } = spelling[option] as Spelling;
  return `${name}${must === undefined ? requirement : ` must be ${must}`}${value}`;
}
