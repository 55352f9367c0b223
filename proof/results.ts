import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

const FILE = new URL("RESULTS.md", import.meta.url);
const TITLE = "# Under attack and over time";

/** Prints the section of one command, and puts it in the place of its last one in RESULTS.md. */
export function report(title: string, command: string, lines: readonly string[]): void {
  const machine = `${process.version}, ${process.platform}, ${cpus().length} × ${cpus()[0]?.model}`;
  const load = (loadavg()[1] ?? 0).toFixed(1);
  const head = `\`${command}\`; Node ${machine}, load average ${load} at the end.`;
  const section = [`## ${title}`, "", head, "", ...lines].join("\n");
  process.stdout.write(`${section}\n`);
  const known = existsSync(FILE) ? readFileSync(FILE, "utf8").trimEnd() : TITLE;
  const [, ...others] = known.split(/\n+(?=## )/);
  const kept = others.filter((other) => !other.startsWith(`## ${title}\n`));
  writeFileSync(FILE, `${[TITLE, ...[...kept, section].toSorted()].join("\n\n")}\n`);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
