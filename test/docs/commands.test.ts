import { expect, test } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { BROWSE } from "../../src/cli/browse-spec.ts";
import { MONITOR } from "../../src/cli/monitor-spec.ts";
import { PUBLISH } from "../../src/cli/publish-spec.ts";
import { RESOLVE } from "../../src/cli/resolve-spec.ts";
import { codeBlocks, page, pages } from "./markdown.ts";

const COMMANDS = [BROWSE, PUBLISH, RESOLVE, MONITOR];
const EXAMPLES = COMMANDS.flatMap(({ examples }) => examples.map(([line]) => ({ place: "--help", line })));

/** Words as a shell reads them, as far as the documents need: quotes, comments, redirections. */
function words(line: string): string[] {
  const [command = ""] = line.split(/\s[#>|]/);
  return Array.from(command.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, bare]) => quoted ?? bare ?? "");
}

const shown = codeBlocks("sh").flatMap(({ place, code }) => code.split("\n").map((line) => ({ place, line })));
const inline = pages().flatMap((place) =>
  Array.from(page(place).matchAll(/`(mdns-(?:browse|publish|resolve|monitor) [^`…]+)`/g), ([, line = ""]) => ({
    place,
    line,
  })),
);
const lines = [...shown, ...inline, ...EXAMPLES].filter(({ line }) => line.startsWith("mdns-"));

test.each(lines)("$place: $line", ({ line }) => {
  const [name, ...argv] = words(line);
  const command = COMMANDS.find((candidate) => candidate.name === name);
  expect(command).toBeDefined();
  if (command !== undefined)
    expect(parseArguments(command, argv).ordered.length).toBeGreaterThanOrEqual(argv.length > 0 ? 1 : 0);
});

test("the npm commands in the documents exist", () => {
  const { scripts } = JSON.parse(page("package.json")) as { scripts: Record<string, string> };
  const named = pages().flatMap((file) =>
    Array.from(page(file).matchAll(/npm run ([\w:-]+)/g), ([, name = ""]) => name),
  );
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});
