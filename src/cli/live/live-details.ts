import { printable } from "../printable.ts";
import { txtDump, txtText } from "../txt-text.ts";
import { type LiveModel, visibleRows } from "./live-model.ts";

/** Everything about the row under the cursor, under a rule. */
export function detailLines(model: LiveModel, width: number): string[] {
  const service = visibleRows(model).find((row) => row.service.fullName === model.selected)?.service;
  if (service === undefined) return [];
  return [
    "─".repeat(width),
    printable(service.fullName),
    ...service.links.map((link) => {
      const where = `${printable(link.host)}:${link.port}  ${link.addresses.join(" ")}`;
      return `${printable(link.interface)}  ${where}  TTL ${link.ttl}s`;
    }),
    `TXT  ${txtText(service.txt.strings) || "none"}`,
    ...txtDump(service.txt.strings),
  ];
}
