import { flagNames } from "./header-flags.ts";
import type { ReadablePacket } from "./packet.ts";
import { fullRecordText, questionText } from "./record-summary.ts";

/** All that a packet holds: its header, then a line for each question and record. */
export function treeLines(packet: ReadablePacket): string[] {
  const { message, source, sourcePort, destination, destinationPort, ttl, payload } = packet;
  const header = [
    `${payload.length} bytes`,
    `${source}#${sourcePort} to ${destination ?? "the group"}#${destinationPort}`,
    `TTL ${ttl ?? "—"}`,
    `ID ${message.id}`,
    ...flagNames(packet),
    ...(message.opcode === 0 ? [] : [`opcode ${message.opcode}`]),
    ...(message.rcode === 0 ? [] : [`rcode ${message.rcode}`]),
  ];
  return [
    header.join(", "),
    ...section("question", message.questions.map(questionText)),
    ...section("answer", message.answers.map(fullRecordText)),
    ...section("authority", message.authorities.map(fullRecordText)),
    ...section("additional", message.additionals.map(fullRecordText)),
  ].map((line) => `    ${line}`);
}

function section(name: string, entries: readonly string[]): string[] {
  return entries.map((entry, index) => `${index === 0 ? name.padEnd(10) : " ".repeat(10)} ${entry}`);
}
