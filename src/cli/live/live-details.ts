import { displayWidth } from "../display-width.ts";
import { printable, printableName } from "../printable.ts";
import { txtDump, txtWords } from "../txt-text.ts";
import { cursorAt, type LiveModel, visibleRows } from "./live-model.ts";

/** Everything about the row under the cursor, under a rule. */
export function detailLines(model: LiveModel, width: number): string[] {
  const service = visibleRows(model)[cursorAt(model)]?.service;
  if (service === undefined) return [];
  return [
    "─".repeat(width),
    printableName(service.fullName),
    ...service.links.map((link) => {
      const where = `${printableName(link.host)}:${link.port}  ${link.addresses.join(" ")}`;
      return `${printable(link.interface)}  ${where}  TTL ${link.ttl}s`;
    }),
    ...flowed("TXT  ", txtWords(service.txt.strings), width),
    ...txtDump(service.txt.strings),
  ];
}

/** Words in as many lines as they need, under one another. */
function flowed(heading: string, words: readonly string[], width: number): string[] {
  const lines = [`${heading}${words[0] ?? "none"}`];
  for (const word of words.slice(1)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (displayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(`${" ".repeat(heading.length)}${word}`);
  }
  return lines;
}
