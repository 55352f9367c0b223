import type { CommandSpec, OptionSpec } from "./command-spec.ts";

const INTERFACES = "$(ls /sys/class/net 2>/dev/null || ifconfig -l 2>/dev/null)";

export type Shell = "bash" | "zsh" | "fish";

/** The script that `--completions SHELL` prints: made from the option table, to be sourced or saved by the user. */
export const COMPLETIONS: Readonly<Record<Shell, (command: CommandSpec) => string>> = { bash, zsh, fish };

function bash(command: CommandSpec): string {
  const identifier = `_${command.name.replaceAll("-", "_")}`;
  const cases = command.options
    .filter((option) => option.value !== undefined)
    .map((option) => `    ${spellings(option).join("|")}) ${bashValues(option)}; return ;;`);
  return [
    `${identifier}() {`,
    '  local current="$2" previous="$3"',
    "  COMPREPLY=()",
    '  case "$previous" in',
    ...cases,
    "  esac",
    '  case "$current" in',
    `    -*) COMPREPLY=($(compgen -W "${command.options.flatMap(spellings).join(" ")}" -- "$current")) ;;`,
    `    *) COMPREPLY=($(compgen -W "${command.operands?.join(" ") ?? ""}" -- "$current")) ;;`,
    "  esac",
    "}",
    `complete -F ${identifier} ${command.name}`,
    "",
  ].join("\n");
}

function bashValues({ completes, choices }: OptionSpec): string {
  if (completes === "file") return 'COMPREPLY=($(compgen -f -- "$current"))';
  const words = completes === "interface" ? INTERFACES : (choices?.join(" ") ?? "");
  return words === "" ? ":" : `COMPREPLY=($(compgen -W "${words}" -- "$current"))`;
}

function zsh(command: CommandSpec): string {
  const entries = command.options.map((option) => {
    const names = spellings(option);
    const repeat = option.multiple === true ? "*" : `(${names.join(" ")})`;
    const head = names.length === 1 ? `'${repeat}${names[0]}` : `'${repeat}'{${names.join(",")}}'`;
    return `  ${head}[${zshText(option.summary)}]${zshValue(option)}' \\`;
  });
  const operands = command.operands === undefined ? "'*:: :'" : `'*::type:(${command.operands.join(" ")})'`;
  return [`#compdef ${command.name}`, "_arguments -s \\", ...entries, `  ${operands}`, ""].join("\n");
}

function zshValue({ value, completes, choices }: OptionSpec): string {
  if (value === undefined) return "";
  if (completes === "file") return `:${value}:_files`;
  if (completes === "interface") return `:${value}:(${INTERFACES})`;
  return choices === undefined ? `:${value}: ` : `:${value}:(${choices.join(" ")})`;
}

function zshText(text: string): string {
  return text.replaceAll("'", "'\\''").replace(/[[\]:]/g, "\\$&");
}

function fish(command: CommandSpec): string {
  const options = command.options.map((option) => {
    const short = option.short === undefined ? "" : ` -s ${option.short}`;
    return `complete -c ${command.name} -l ${option.name}${short}${fishValue(option)} -d '${fishText(option.summary)}'`;
  });
  const operands = command.operands === undefined ? "" : ` -a '${command.operands.join(" ")}'`;
  return [`complete -c ${command.name} -f${operands}`, ...options, ""].join("\n");
}

function fishValue({ value, completes, choices }: OptionSpec): string {
  if (value === undefined) return "";
  if (completes === "file") return " -r -F";
  if (completes === "interface") {
    return " -x -a '(ls /sys/class/net 2>/dev/null; or ifconfig -l 2>/dev/null | string split \" \")'";
  }
  return choices === undefined ? " -x" : ` -x -a '${choices.join(" ")}'`;
}

function fishText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
}

function spellings({ name, short }: OptionSpec): string[] {
  return short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`];
}
