import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BROWSE } from "../../src/cli/browse-spec.ts";
import type { CommandSpec } from "../../src/cli/command-spec.ts";
import { COMPLETIONS } from "../../src/cli/completions.ts";
import { helpText } from "../../src/cli/help.ts";
import { manPage } from "../../src/cli/man-page.ts";
import { MONITOR } from "../../src/cli/monitor-spec.ts";
import { PUBLISH } from "../../src/cli/publish-spec.ts";
import { RESOLVE } from "../../src/cli/resolve-spec.ts";

const ROOT = new URL("../../", import.meta.url);
const { version } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8")) as { version: string };
const COMMANDS: readonly CommandSpec[] = [BROWSE, PUBLISH, RESOLVE, MONITOR];

test.each(COMMANDS)("$name: names and letters of the options are unique", ({ options }) => {
  const spellings = options.flatMap(({ name, short }) => (short === undefined ? [name] : [name, short]));
  expect(new Set(spellings).size).toBe(spellings.length);
});

test.each(COMMANDS)("$name: what wrong values are told by can be typed", ({ spelling, synopsis, options }) => {
  const typed = [
    ...options.map(({ name }) => `--${name}`),
    ...synopsis.flatMap((form) => form.match(/[A-Z=]+/g) ?? []),
  ];
  for (const { name } of Object.values(spelling)) expect(typed).toContain(name);
});

test.each(COMMANDS)("$name: what is said of other programs' options is so", ({ name, options, elsewhere = {} }) => {
  const typed = options.flatMap((option) => [`--${option.name}`, `-${option.short}`]);
  for (const [option, here] of Object.entries(elsewhere)) {
    expect(typed).not.toContain(option);
    const named = /\bmdns-\w+/.exec(here)?.[0] ?? name;
    const theirs = COMMANDS.find((command) => command.name === named)?.options ?? [];
    const known = theirs.flatMap((known) => [`--${known.name}`, `-${known.short}`]);
    for (const word of here.match(/(?<!\S)--?[a-z]+\b/g) ?? []) expect(known).toContain(word);
  }
});

test.each(COMMANDS)("$name: the help fits 80 columns and names every option", (command) => {
  const help = helpText(command);
  expect(help.split("\n").filter((line) => line.length > 80)).toEqual([]);
  for (const { name } of command.options) expect(help).toContain(`--${name}`);
});

test.each(COMMANDS)("$name: the manual page in man/ is what --man prints", (command) => {
  expect(readFileSync(new URL(`man/${command.name}.1`, ROOT), "utf8")).toBe(manPage(command, version));
});

test.for(COMMANDS)("$name: the manual page formats without a warning", ({ name }, { skip }) => {
  const groff = spawnSync("groff", ["-man", "-Tutf8", "-ww", "-z", `man/${name}.1`], { cwd: ROOT, encoding: "utf8" });
  if (groff.error !== undefined) skip("groff is not installed");
  expect([groff.stderr, groff.status]).toEqual(["", 0]);
});

test.each(COMMANDS.flatMap((command) => (["bash", "zsh", "fish"] as const).map((shell) => ({ command, shell }))))(
  "$command.name: the $shell completion offers every option",
  ({ command, shell }) => {
    const script = COMPLETIONS[shell](command);
    for (const { name, short } of command.options) {
      expect(script).toContain(shell === "fish" ? ` -l ${name} ` : `--${name}`);
      if (short !== undefined) expect(script).toContain(shell === "fish" ? ` -s ${short} ` : `-${short}`);
    }
  },
);

test.for(["bash", "zsh", "fish"] as const)("%s accepts the completion scripts", (shell, { skip }) => {
  if (spawnSync(shell, ["--version"]).error !== undefined) skip(`${shell} is not installed`);
  for (const command of COMMANDS) {
    // fish reads scripts from files and pipes; what Node gives a child as input is a socket.
    const checked = spawnSync("sh", ["-c", `cat | ${shell} -n`], {
      input: COMPLETIONS[shell](command),
      encoding: "utf8",
    });
    expect([checked.stderr, checked.status]).toEqual(["", 0]);
  }
});

test("bash completes options, interfaces and types", () => {
  const ask = (...words: string[]) => {
    const quoted = words.map((word) => `'${word}'`).join(" ");
    const script = `${COMPLETIONS.bash(BROWSE)}
      COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}
      _mdns_browse mdns-browse "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}"; echo "\${COMPREPLY[*]}"`;
    return spawnSync("bash", ["-c", script], { encoding: "utf8" }).stdout.trim();
  };
  expect(ask("mdns-browse", "--per")).toBe("--per-interface");
  expect(ask("mdns-browse", "_ip")).toBe("_ipp._tcp _ipps._tcp");
  expect(ask("mdns-browse", "--completions", "f")).toBe("fish");
});
