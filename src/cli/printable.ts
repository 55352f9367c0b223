import { utf8Text } from "./byte-text.ts";

// Joiners and tag characters stay: emoji and Persian need them, and alone they move nothing on a terminal.
const UNSAFE = /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Text from the network made safe for a terminal: control characters, escape sequences, bidirectional overrides and
 * line separators become visible as `\u{1b}`.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * The text form of domain names made safe in the same way: control characters, which it has as bytes, `\027` (RFC 1035
 * §5.1), become `\u{1b}` too. Bytes that are no text stay as they are.
 */
export function printableName(text: string): string {
  return printable(text.replace(/((?:\\\d{3})+)|\\./gs, (kept, bytes?: string) => (bytes && decoded(bytes)) ?? kept));
}

function decoded(escapes: string): string | undefined {
  return utf8Text(Uint8Array.from(escapes.match(/\d{3}/g) ?? [], Number));
}

/** JSON in one line that is as safe to print; reading it gives the exact value back. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
