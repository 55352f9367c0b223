import { pad } from "../display-width.ts";
import type { Colour, Paint } from "../paint.ts";
import { printable, printableName } from "../printable.ts";
import type { Finding } from "./lint/rule.ts";
import { MDNS_PORT, type Packet, type PacketKind, type ReadablePacket } from "./packet.ts";
import { treeLines } from "./packet-tree.ts";
import { questionText, shortRecordText } from "./record-summary.ts";
import { wallTime } from "./wall-time.ts";

export interface PacketStyle {
  readonly paint: Paint;
  /** All that a packet holds, not its gist in one line. */
  readonly tree: boolean;
}

/** Characters of questions or records that one line shows, if it shows more than the first. */
const ROOM = 60;

const COLOURS: Readonly<Record<PacketKind, Colour>> = {
  query: "cyan",
  probe: "yellow",
  "known answers": "cyan",
  "legacy query": "cyan",
  response: "green",
  goodbye: "red",
  "legacy reply": "green",
  unreadable: "red",
};

/** A packet for reading, and below it what is wrong with it. */
export function packetLines(packet: Packet, findings: readonly Finding[], style: PacketStyle): string[] {
  const { paint } = style;
  const from = packet.sourcePort === MDNS_PORT ? packet.source : `${packet.source}#${packet.sourcePort}`;
  const head = [
    wallTime(packet.at),
    pad(printable(packet.interface ?? "-"), 6),
    pad(printable(from), 15),
    paint(COLOURS[packet.kind], pad(packet.kind, 13)),
  ].join(" ");
  const body = packet.message === undefined ? `${packet.payload.length} bytes` : gist(packet);
  const tree = style.tree && packet.message !== undefined ? treeLines(packet) : [];
  return [`${head} ${body}`.trimEnd(), ...tree, ...findings.map((finding) => findingLine(finding, paint))];
}

function findingLine({ rule: { section, level, title }, blame }: Finding, paint: Paint): string {
  const sign = paint(level === "must" ? "red" : "yellow", level === "must" ? "!" : "?");
  return `    ${sign} ${section}: ${title}: ${printableName(blame)}`;
}

/** Known answers and additional records are only counted: they repeat what other packets say. */
function gist({ kind, message }: ReadablePacket): string {
  const { questions, answers, authorities, additionals } = message;
  return [
    items(questions.map(questionText)),
    kind === "query" ? counted("knows", answers.length) : items(answers.map(shortRecordText)),
    items(authorities.map(shortRecordText)),
    counted("and", additionals.length, " more"),
  ]
    .filter((part) => part !== "")
    .join("; ");
}

function counted(before: string, count: number, after = ""): string {
  return count === 0 ? "" : `${before} ${count}${after}`;
}

/** The first one, as many others as there is room for, and how many more. */
function items(texts: readonly string[]): string {
  let shown = texts[0] ?? "";
  for (const [index, text] of texts.entries()) {
    if (index === 0) continue;
    if (shown.length + text.length > ROOM) return `${shown} and ${texts.length - index} more`;
    shown += `, ${text}`;
  }
  return shown;
}
