import { loadavg } from "node:os";
import { machine, replaceSection } from "../bench/results.ts";

const FILE = new URL("RESULTS.md", import.meta.url);
const HEAD = "# Under attack and over time";

/** Prints the section of one command, and puts it in the place of its last one in RESULTS.md. */
export function report(title: string, command: string, lines: readonly string[]): void {
  const load = (loadavg()[1] ?? 0).toFixed(1);
  replaceSection(FILE, HEAD, title, [`\`${command}\`; ${machine()}, load average ${load} at the end.`, "", ...lines]);
}
