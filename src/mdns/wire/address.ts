import { WireError } from "./wire-error.ts";

const DECIMALS: readonly string[] = Array.from({ length: 256 }, (_, byte) => String(byte));
const HEX_CODES: Uint8Array = new TextEncoder().encode("0123456789abcdef");
const DOT = 0x2e;
const COLON = 0x3a;
const ZERO = 0x30;

/** The text of the IPv4 address at `start`. */
export function formatIpv4(bytes: Uint8Array, start: number): string {
  const high = `${DECIMALS[bytes[start] as number]}.${DECIMALS[bytes[start + 1] as number]}`;
  return `${high}.${DECIMALS[bytes[start + 2] as number]}.${DECIMALS[bytes[start + 3] as number]}`;
}

const text = Buffer.alloc(39);

/** The text of the IPv6 address at `start`. RFC 5952 §4, §5 */
export function formatIpv6(bytes: Uint8Array, start: number): string {
  const gap = longestZeroRun(bytes, start);
  if (gap.start === 0 && gap.end === 5 && group(bytes, start, 5) === 0xffff) {
    return `::ffff:${formatIpv4(bytes, start + 12)}`;
  }
  let size = 0;
  for (let index = 0; index < 8; index++) {
    if (index > 0) text[size++] = COLON;
    if (index === gap.start && gap.end - gap.start > 1) {
      if (index === 0) text[size++] = COLON;
      if (gap.end === 8) text[size++] = COLON;
      index = gap.end - 1;
    } else {
      size = writeHex(group(bytes, start, index), size);
    }
  }
  return text.toString("latin1", 0, size);
}

function writeHex(value: number, at: number): number {
  let size = at;
  if (value > 0xfff) text[size++] = HEX_CODES[value >> 12] as number;
  if (value > 0xff) text[size++] = HEX_CODES[(value >> 8) & 0xf] as number;
  if (value > 0xf) text[size++] = HEX_CODES[(value >> 4) & 0xf] as number;
  text[size++] = HEX_CODES[value & 0xf] as number;
  return size;
}

function group(bytes: Uint8Array, start: number, index: number): number {
  return ((bytes[start + 2 * index] as number) << 8) | (bytes[start + 2 * index + 1] as number);
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
  const size = parse(text, bytes);
  if (size === 0) throw new WireError("ERR_WIRE_ADDRESS", `"${text}" is not an IPv4 or IPv6 address`);
  return size;
}

const unread = new Uint8Array(16);

/**
 * How many bytes an address has: 4, 16, or 0 for text that is no address, one with a zone included. The pattern behind
 * Node's isIP takes 5 ms to compile.
 */
export function addressSize(text: string): number {
  return parse(text, unread);
}

function parse(text: string, bytes: Uint8Array): number {
  return text.includes(":") ? parseIpv6(text, bytes) : parseIpv4(text, 0, bytes, 0);
}

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
