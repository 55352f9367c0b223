import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

const FILE = new URL("RESULTS.md", import.meta.url);
const HEAD = `# Figures

Each section is written by the command that stands in it, after \`npm run build\`. [How they are made, and why some bounds are
missed](README.md).`;

/** Prints the section of one benchmark, and puts it in the place of its last one in RESULTS.md. */
export function report(title: string, command: string, lines: readonly string[]): void {
  replaceSection(FILE, HEAD, title, [`\`${command}\`; ${machine()}.`, "", ...lines]);
}

/** Prints a section, and puts it in the place of the one with the same title, among others in the order of their titles. */
export function replaceSection(file: URL, head: string, title: string, lines: readonly string[]): void {
  const section = [`## ${title}`, "", ...lines].join("\n");
  process.stdout.write(`${section}\n`);
  const known = existsSync(file) ? readFileSync(file, "utf8").trimEnd() : head;
  const [, ...others] = known.split(/\n+(?=## )/);
  const kept = others.filter((other) => !other.startsWith(`## ${title}\n`));
  writeFileSync(file, `${[head, ...[...kept, section].toSorted()].join("\n\n")}\n`);
}

export function machine(): string {
  return `Node ${process.version}, ${process.platform}, ${cpus().length} × ${cpus()[0]?.model}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

export function verdict(value: number, bound: number, digits = 2): string {
  return `${value.toFixed(digits)} (bound ${bound}: ${value <= bound ? "holds" : "**missed**"})`;
}
