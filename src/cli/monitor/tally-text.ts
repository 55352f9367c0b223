import { printableName } from "../printable.ts";
import type { History } from "./lint/history.ts";
import { PACKET_KINDS, type PacketKind } from "./packet.ts";
import type { HostTally, Tally } from "./tally.ts";

/** The counters for reading. */
export function tallyLines(tally: Tally, history: History): string[] {
  const { hosts, rules, skipped } = tally;
  const kinds = PACKET_KINDS.filter((kind) => hosts.some((host) => host.kinds.has(kind)));
  const rows = hosts.map((host) => hostRow(host, kinds));
  const table = [["host", "packets", "bytes", ...kinds, "findings"], ...rows];
  const others = [...skipped].map(([reason, count]) => `${reason} ${count}`);
  return [
    "",
    `packets: ${tally.packets}, hosts: ${hosts.length}`,
    ...(hosts.length === 0 ? [] : ["", ...aligned(table)]),
    ...(rules.length === 0 ? [] : ["", ...aligned(ruleRows(tally)), ...sharingNote(tally)]),
    ...(others.length === 0 ? [] : ["", `not looked into: ${others.join(", ")}`]),
    ...(history.forgotten === 0
      ? []
      : ["", `forgotten for want of room: ${history.forgotten}; repeats of those went unnoticed`]),
  ];
}

/** The counters as the last object of `--json`. */
export function tallyJson(tally: Tally, history: History): object {
  return {
    event: "summary",
    packets: tally.packets,
    hosts: tally.hosts.map(({ kinds, names, ...host }) => ({
      ...host,
      kinds: Object.fromEntries(kinds),
      names: [...names],
    })),
    rules: tally.rules.map(([{ section, level, title }, packets]) => ({ section, level, title, packets })),
    skipped: Object.fromEntries(tally.skipped),
    forgotten: history.forgotten,
  };
}

function hostRow(host: HostTally, kinds: readonly PacketKind[]): string[] {
  const counts = kinds.map((kind) => host.kinds.get(kind) ?? 0);
  return [host.host, ...[host.packets, host.bytes, ...counts, host.findings].map(String)];
}

function ruleRows({ rules }: Tally): string[][] {
  return [["rule", "packets"], ...rules.map(([{ section, title }, packets]) => [`${section}: ${title}`, `${packets}`])];
}

/** Who comes too early may be two. */
function sharingNote({ hosts, rules }: Tally): string[] {
  if (!rules.some(([{ bySender }]) => bySender === true)) return [];
  return [
    "",
    'What came "again" too early may be two programs: those that share an address look like one sender.',
    ...hosts
      .filter(({ names }) => names.size > 1)
      .map(
        ({ host, names }) => `${host} is ${[...names].map(printableName).join(" and ")}, so probably more than one.`,
      ),
  ];
}

/** The first column to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}
