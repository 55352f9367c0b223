import { WireError } from "./wire-error.ts";

// Tables: number formatting takes as long as all the rest of reading an address.
const DECIMALS: readonly string[] = Array.from({ length: 256 }, (_, byte) => String(byte));
const COLON_HEXES: readonly string[] = Array.from({ length: 256 }, (_, byte) => `:${byte.toString(16)}`);
const PADDED_HEXES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The text of the IPv4 address at `start`. */
export function formatIpv4(bytes: Uint8Array, start: number): string {
  const high = `${DECIMALS[bytes[start] as number]}.${DECIMALS[bytes[start + 1] as number]}`;
  return `${high}.${DECIMALS[bytes[start + 2] as number]}.${DECIMALS[bytes[start + 3] as number]}`;
}

/** The text of the IPv6 address at `start`. RFC 5952 §4, §5 */
export function formatIpv6(bytes: Uint8Array, start: number): string {
  const gap = longestZeroRun(bytes, start);
  if (gap.start === 0 && gap.end === 5 && group(bytes, start, 5) === 0xffff) {
    return `::ffff:${formatIpv4(bytes, start + 12)}`;
  }
  if (gap.end - gap.start < 2) return groupsText(bytes, start, 0, 8).slice(1);
  const tail = gap.end === 8 ? ":" : groupsText(bytes, start, gap.end, 8);
  return gap.start === 0 ? `:${tail}` : `${groupsText(bytes, start, 0, gap.start).slice(1)}:${tail}`;
}

function group(bytes: Uint8Array, start: number, index: number): number {
  return ((bytes[start + 2 * index] as number) << 8) | (bytes[start + 2 * index + 1] as number);
}

/** Each group behind a colon. */
function groupsText(bytes: Uint8Array, start: number, from: number, to: number): string {
  let text = "";
  for (let at = start + 2 * from; at < start + 2 * to; at += 2) {
    const high = bytes[at] as number;
    const low = bytes[at + 1] as number;
    text += high === 0 ? COLON_HEXES[low] : `${COLON_HEXES[high]}${PADDED_HEXES[low]}`;
  }
  return text;
}

/** The first of the longest runs of zero groups. RFC 5952 §4.2.3 */
function longestZeroRun(bytes: Uint8Array, start: number): { start: number; end: number } {
  const best = { start: 0, end: 0 };
  for (let index = 0; index < 8; index++) {
    const first = index;
    while (index < 8 && group(bytes, start, index) === 0) index++;
    if (index - first > best.end - best.start) {
      best.start = first;
      best.end = index;
    }
  }
  return best;
}

/**
 * Puts the bytes of an address at the start of `bytes`, which has room for 16.
 * @returns 4 or 16
 * @throws {@link WireError} `ERR_WIRE_ADDRESS` for text that is no address, one with a zone included
 */
export function parseAddress(text: string, bytes: Uint8Array): number {
  const size = text.includes(":") ? parseIpv6(text, bytes) : parseIpv4(text, 0, bytes, 0);
  if (size === 0) throw new WireError("ERR_WIRE_ADDRESS", `"${text}" is not an IPv4 or IPv6 address`);
  return size;
}

const DOT = 0x2e;
const COLON = 0x3a;
const ZERO = 0x30;

/** Reads the address that fills the text from `start`; 0 if there is none. */
function parseIpv4(text: string, start: number, bytes: Uint8Array, offset: number): number {
  let at = start;
  for (let index = 0; index < 4; index++) {
    if (index > 0 && text.charCodeAt(at++) !== DOT) return 0;
    const first = at;
    let value = 0;
    for (let digit = digitAt(text, at); digit < 10; digit = digitAt(text, at)) {
      value = 10 * value + digit;
      at += 1;
      if (value > 255 || (at - first > 1 && text.charCodeAt(first) === ZERO)) return 0;
    }
    if (at === first) return 0;
    bytes[offset + index] = value;
  }
  return at === text.length ? 4 : 0;
}

function parseIpv6(text: string, bytes: Uint8Array): number {
  let size = 0;
  let gap = -1;
  for (let at = 0; at < text.length; ) {
    if (text.charCodeAt(at) === COLON && text.charCodeAt(at + 1) === COLON) {
      if (gap >= 0) return 0;
      gap = size;
      at += 2;
      continue;
    }
    if (size > 0 && size !== gap && text.charCodeAt(at++) !== COLON) return 0;
    const first = at;
    let value = 0;
    for (let digit = digitAt(text, at); digit < 16; digit = digitAt(text, at)) {
      value = 16 * value + digit;
      at += 1;
    }
    if (text.charCodeAt(at) === DOT) {
      if (size > 12 || parseIpv4(text, first, bytes, size) === 0) return 0;
      size += 4;
      at = text.length;
    } else {
      if (at === first || at - first > 4 || size > 14) return 0;
      bytes[size++] = value >> 8;
      bytes[size++] = value;
    }
  }
  if (gap < 0) return size === 16 ? 16 : 0;
  if (size > 14) return 0;
  openGap(bytes, gap, size);
  return 16;
}

/** RFC 4291 §2.2: `::` stands for as many zeros as are missing. */
function openGap(bytes: Uint8Array, gap: number, size: number): void {
  const missing = 16 - size;
  for (let at = 15; at >= gap + missing; at--) bytes[at] = bytes[at - missing] as number;
  for (let at = gap; at < gap + missing; at++) bytes[at] = 0;
}

/** The value of each hexadecimal digit by its character code; 16 for other characters. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 16 : value;
});

/** The value of the digit at `at`, 16 if there is none. */
function digitAt(text: string, at: number): number {
  const code = at < text.length ? text.charCodeAt(at) : 128;
  return code < 128 ? (DIGITS[code] as number) : 16;
}
