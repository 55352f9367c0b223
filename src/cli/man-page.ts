import type { CommandSpec, OptionSpec } from "./command-spec.ts";

/** The manual page in roff, for section 1. */
export function manPage(command: CommandSpec, version: string): string {
  return [
    `.TH ${command.name.toUpperCase()} 1 "" "earshot ${version}" "User Commands"`,
    ".SH NAME",
    `${roff(command.name)} \\- ${roff(command.summary)}`,
    ".SH SYNOPSIS",
    ...command.synopsis.flatMap((form) => [`.B ${roff(command.name)}`, roff(form), ".br"]),
    ".SH DESCRIPTION",
    ...command.description.flatMap((paragraph) => [".PP", roff(paragraph)]),
    ".SH OPTIONS",
    ...command.options.flatMap((option) => [".TP", optionTag(option), roff(`${option.summary}.`)]),
    ".SH EXIT STATUS",
    ...command.statuses.flatMap(([status, meaning]) => [".TP", `.B ${status}`, roff(meaning)]),
    ".SH EXAMPLES",
    ...command.examples.flatMap(([example, effect]) => [".TP", `.B ${roff(example)}`, roff(effect)]),
    ".SH SEE ALSO",
    "RFC 6762 (Multicast DNS), RFC 6763 (DNS\\-Based Service Discovery)",
    "",
  ].join("\n");
}

function optionTag({ name, short, value }: OptionSpec): string {
  const long = `\\fB${roff(`--${name}`)}\\fR${value === undefined ? "" : ` \\fI${value}\\fR`}`;
  return short === undefined ? long : `\\fB\\-${short}\\fR, ${long}`;
}

function roff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^([.'])/, "\\&$1");
}
