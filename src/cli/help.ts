import { type CommandSpec, optionLabel } from "./command-spec.ts";

const WIDTH = 80;

/** What `--help` prints. */
export function helpText(command: CommandSpec): string {
  const labels = command.options.map(optionLabel);
  const column = Math.max(...labels.map((label) => label.length)) + 4;
  const options = command.options.flatMap(({ summary }, index) => {
    const lines = wrap(summary, WIDTH - column);
    return lines.map((line, at) => (at === 0 ? `  ${labels[index]}` : "").padEnd(column) + line);
  });
  return [
    `${command.name} - ${command.summary}`,
    "",
    ...command.synopsis.flatMap((form, index) => synopsisLines(command.name, form, index === 0)),
    ...command.description.flatMap((paragraph) => ["", ...wrap(paragraph, WIDTH)]),
    "",
    "Options:",
    ...options,
    "",
    "Exit status:",
    ...command.statuses.map(([status, meaning]) => `  ${status.padEnd(4)}${meaning}`),
    "",
    "Examples:",
    ...command.examples.flatMap(([example, effect]) => [`  ${example}`, `      ${effect}`]),
    "",
  ].join("\n");
}

function synopsisLines(name: string, form: string, isFirst: boolean): string[] {
  const head = `${isFirst ? "usage:" : "      "} ${name} `;
  return wrap(form, WIDTH - head.length).map((line, at) => (at === 0 ? head : " ".repeat(head.length)) + line);
}

/** Breaks at spaces; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
