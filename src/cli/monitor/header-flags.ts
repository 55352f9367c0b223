import type { ReadablePacket } from "./packet.ts";

const FLAGS = [
  ["QR", "response"],
  ["AA", "authoritative"],
  ["TC", "truncated"],
  ["RD", "recursionDesired"],
  ["RA", "recursionAvailable"],
  ["AD", "authenticData"],
  ["CD", "checkingDisabled"],
] as const;

/** The names of the flags that are set. */
export function flagNames({ message }: ReadablePacket): readonly string[] {
  return FLAGS.filter(([, flag]) => message[flag]).map(([name]) => name);
}
