import { parseArgs } from "node:util";
import type { CommandSpec, OptionSpec } from "./command-spec.ts";
import { nearestName } from "./nearest-name.ts";
import { UsageError } from "./usage-error.ts";

/** One word group of the command line, in the order it was typed. */
export type Argument =
  | { readonly kind: "option"; readonly name: string; readonly value: string | undefined }
  | { readonly kind: "operand"; readonly value: string };

/** A command line that fits its table. */
export interface Arguments {
  readonly ordered: readonly Argument[];
  readonly operands: readonly string[];
  has(option: string): boolean;
  /** The last value given, which wins. */
  value(option: string): string | undefined;
  values(option: string): readonly string[];
}

/** Reads a command line by its table. @throws {@link UsageError} when it does not fit */
export function parseArguments(command: CommandSpec, argv: readonly string[]): Arguments {
  const options = Object.fromEntries(command.options.map((option) => [option.name, parserOption(option)]));
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  const ordered: Argument[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") ordered.push({ kind: "operand", value: token.value });
    if (token.kind !== "option") continue;
    checkOption(command, token.name, token.rawName, token.value, token.inlineValue === true);
    ordered.push({ kind: "option", name: token.name, value: token.value });
  }
  return argumentsOf(ordered);
}

/** The view on a part of a command line. */
export function argumentsOf(ordered: readonly Argument[]): Arguments {
  const given = (option: string) => ordered.filter((item) => item.kind === "option" && item.name === option);
  const values = (option: string) => given(option).flatMap((item) => (item.value === undefined ? [] : [item.value]));
  return {
    ordered,
    operands: ordered.filter((item) => item.kind === "operand").map((item) => item.value),
    has: (option) => given(option).length > 0,
    value: (option) => values(option).at(-1),
    values,
  };
}

function parserOption({ value, short }: OptionSpec): { type: "string" | "boolean"; short?: string } {
  const type = value === undefined ? "boolean" : "string";
  return short === undefined ? { type } : { type, short };
}

function checkOption(
  command: CommandSpec,
  name: string,
  typed: string,
  value: string | undefined,
  inline: boolean,
): void {
  const option = command.options.find((candidate) => candidate.name === name);
  if (option === undefined) throw new UsageError(unknownOption(command, typed));
  if (option.value === undefined) {
    if (value !== undefined) throw new UsageError(`option ${typed} takes no value, but got "${value}"`);
    return;
  }
  if (value === undefined || value === "") throw new UsageError(`option ${typed} needs a value: ${option.value}`);
  if (!inline && value.length > 1 && value.startsWith("-")) {
    throw new UsageError(
      `option ${typed} needs a value but "${value}" follows; write --${name}=${value} if that is it`,
    );
  }
  if (option.choices !== undefined && !option.choices.includes(value)) {
    throw new UsageError(`option ${typed} is one of ${option.choices.join(", ")}, not "${value}"`);
  }
}

function unknownOption(command: CommandSpec, typed: string): string {
  const { elsewhere = {} } = command;
  if (Object.hasOwn(elsewhere, typed)) return `unknown option ${typed}; ${elsewhere[typed]}`;
  const names = command.options.map((option) => option.name);
  const nearest = typed.startsWith("--") ? nearestName(typed.slice(2), names) : undefined;
  return nearest === undefined
    ? `unknown option ${typed}; --help lists all`
    : `unknown option ${typed}; did you mean --${nearest}?`;
}
