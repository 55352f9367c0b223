/** One option. Help, completions, manual page and parser all come from this. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** Placeholder of the value; without it the option is a switch. */
  readonly value?: string;
  readonly multiple?: boolean;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  /** What a shell completes the value with. */
  readonly completes?: "interface" | "file";
  /** One line, no full stop. */
  readonly summary: string;
}

/** What the command line calls an option of the library. */
export interface Spelling {
  readonly name: string;
  /** What its value must be, where a command line cannot hold all that the library takes. */
  readonly must?: string;
}

export interface CommandSpec {
  readonly name: string;
  /** What the command is for, after "NAME - ". */
  readonly summary: string;
  /** What may follow the name, one line for each form. */
  readonly synopsis: readonly string[];
  readonly description: readonly string[];
  readonly options: readonly OptionSpec[];
  /** Options of other programs, as they are typed, and what does here what they do there. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** By the name that an option has in the library, and in what that says of a wrong value. */
  readonly spelling: Readonly<Record<string, Spelling>>;
  /** What a shell completes an operand with. */
  readonly operands?: readonly string[];
  /** Exit statuses and when they come about. */
  readonly statuses: readonly (readonly [status: string, meaning: string])[];
  readonly examples: readonly (readonly [command: string, effect: string])[];
}

/** The option as people type it: `-i, --interface IFACE`. */
export function optionLabel(option: OptionSpec): string {
  const long = option.value === undefined ? `--${option.name}` : `--${option.name} ${option.value}`;
  return option.short === undefined ? `    ${long}` : `-${option.short}, ${long}`;
}

/** The first form of the command in one line. */
export function usageLine(command: CommandSpec): string {
  return `usage: ${command.name} ${command.synopsis[0] ?? ""}`.trimEnd();
}
