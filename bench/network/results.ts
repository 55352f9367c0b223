import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

const FILE = new URL("RESULTS.md", import.meta.url);
const TITLE = "# On the network: earshot beside its peers";

/** Prints the section of one benchmark, and puts it in the place of its last one in RESULTS.md. */
export function report(title: string, command: string, lines: readonly string[]): void {
  const machine = `${process.version}, ${process.platform}, ${cpus().length} × ${cpus()[0]?.model}`;
  const section = [`## ${title}`, "", `\`${command}\` after \`npm run build\`; Node ${machine}.`, "", ...lines].join(
    "\n",
  );
  console.log(section);
  const [, ...others] = existsSync(FILE)
    ? readFileSync(FILE, "utf8")
        .trimEnd()
        .split(/\n+(?=## )/)
    : [];
  const kept = others.filter((other) => !other.startsWith(`## ${title}\n`));
  const sections = [...kept, section].toSorted();
  writeFileSync(FILE, `${[TITLE, ...sections].join("\n\n")}\n`);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

export function verdict(value: number, bound: number, digits = 2): string {
  return `${value.toFixed(digits)} (bound ${bound}: ${value <= bound ? "holds" : "**missed**"})`;
}
