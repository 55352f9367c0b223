import { hex, utf8Text } from "./byte-text.ts";
import { printable } from "./printable.ts";

const EQUALS = 0x3d;
const BYTES_PER_ROW = 16;

/** TXT for reading: `rp=ipp/print note="second floor" key=0x00ff flag`. */
export function txtText(strings: readonly Uint8Array[]): string {
  return txtWords(strings).join(" ");
}

/** The same, one word for each string. */
export function txtWords(strings: readonly Uint8Array[]): string[] {
  return strings.filter(({ length }) => length > 0).map(stringText);
}

function stringText(bytes: Uint8Array): string {
  const { key, value } = split(bytes);
  if (value === undefined) return word(key);
  const text = utf8Text(value);
  return `${word(key)}=${text === undefined ? `0x${hex(value)}` : word(text)}`;
}

/** Bare where nothing can be mistaken for the next pair, else in quotes with what is inside made safe. */
function word(text: string): string {
  const safe = printable(text);
  return safe === text && !/["\s]/u.test(text) ? text : `"${safe.replace(/["\\](?!u\{)/g, "\\$&")}"`;
}

/** Values that are not printable text, as text and in hexadecimal side by side. RFC 6763 §6.5 */
export function txtDump(strings: readonly Uint8Array[]): string[] {
  return strings.flatMap((bytes) => {
    const { key, value } = split(bytes);
    if (value === undefined) return [];
    const text = utf8Text(value);
    if (text !== undefined && printable(text) === text) return [];
    const rows = Array.from({ length: Math.ceil(value.length / BYTES_PER_ROW) }, (_, row) =>
      dumpRow(value.subarray(row * BYTES_PER_ROW, (row + 1) * BYTES_PER_ROW), row * BYTES_PER_ROW),
    );
    return [`${word(key)}: ${value.length} bytes`, ...rows];
  });
}

function dumpRow(bytes: Uint8Array, offset: number): string {
  const columns = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
  return `  ${offset.toString(16).padStart(4, "0")}  ${columns.padEnd(BYTES_PER_ROW * 3 - 1)}  ${text}`;
}

function split(bytes: Uint8Array): { readonly key: string; readonly value: Uint8Array | undefined } {
  const at = bytes.indexOf(EQUALS);
  const key = at === -1 ? bytes : bytes.subarray(0, at);
  const value = at === -1 ? undefined : bytes.subarray(at + 1);
  return { key: utf8Text(key) ?? `0x${hex(key)}`, value };
}
