import type { CommandSpec, OptionSpec } from "./command-spec.ts";

/** Where to look, and how to print: what all commands have. */
export const NETWORK_OPTIONS: readonly OptionSpec[] = [
  {
    name: "interface",
    short: "i",
    value: "IFACE",
    multiple: true,
    completes: "interface",
    summary: "Use this interface only: a name (veth* for several), an address or a subnet; repeatable",
  },
];

export const OUTPUT_OPTIONS: readonly OptionSpec[] = [
  { name: "json", summary: "Print one JSON object a line" },
  { name: "no-color", summary: "Print no colours; NO_COLOR does the same" },
];

export const VERBOSE: OptionSpec = {
  name: "verbose",
  short: "v",
  summary: "Tell on stderr what happens on the network",
};

export const QUIET: OptionSpec = {
  name: "quiet",
  short: "q",
  summary: "Say nothing on stderr but what the command failed of",
};

export const INFORMATION_OPTIONS: readonly OptionSpec[] = [
  { name: "help", short: "h", summary: "Show this help" },
  { name: "version", short: "V", summary: "Show the version" },
  {
    name: "completions",
    value: "SHELL",
    choices: ["bash", "zsh", "fish"],
    summary: "Print a completion script for bash, zsh or fish",
  },
  { name: "man", summary: "Print the manual page; read it with: | man -l -" },
];

/** What the options above are called in the library. */
export const SPELLING: CommandSpec["spelling"] = {
  interfaces: { name: "--interface", must: "a name, an address or a subnet such as 192.0.2.0/24" },
};

export const STATUSES: CommandSpec["statuses"] = [
  ["0", "found, or done"],
  ["1", "nothing was found by the end"],
  ["2", "wrong usage"],
  ["3", "the network or the system refused"],
  ["130", "interrupted twice"],
];
