import { messageKind } from "./describe-message.ts";
import type { Packet, PacketLog } from "./packet-log.ts";

/** The packets noted since `start` in ms, a line each: time, sender, kind, the names that it is about. */
export function outline(log: PacketLog, start = 0): readonly string[] {
  return log.packets.filter(({ time }) => time >= start).map(outlineOf);
}

function outlineOf({ time, from, message, frame }: Packet): string {
  const sender = `${Number(time.toFixed(3))} ${from.label}`;
  if (message === undefined) return `${sender} unreadable`;
  const about = message.response ? message.answers : message.questions;
  const names = [...new Set(about.map(({ name }) => name.toString()))];
  const kind = messageKind(message) + (frame.destination === "group" ? "" : ` to ${frame.destination.address}`);
  return `${sender} ${kind} ${names.join(" ")}`.trim();
}
