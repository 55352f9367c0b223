import { WireError } from "./wire-error.ts";

// Tables: number formatting takes as long as all the rest of reading an address.
const DECIMALS: readonly string[] = Array.from({ length: 256 }, (_, byte) => String(byte));
const HEXES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16));
const PADDED_HEXES: readonly string[] = HEXES.map((text) => text.padStart(2, "0"));

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
  if (gap.end - gap.start < 2) return joinGroups(bytes, start, 0, 8);
  return `${joinGroups(bytes, start, 0, gap.start)}::${joinGroups(bytes, start, gap.end, 8)}`;
}

function group(bytes: Uint8Array, start: number, index: number): number {
  return ((bytes[start + 2 * index] as number) << 8) | (bytes[start + 2 * index + 1] as number);
}

function joinGroups(bytes: Uint8Array, start: number, from: number, to: number): string {
  let text = "";
  for (let index = from; index < to; index++) {
    if (index > from) text += ":";
    const high = bytes[start + 2 * index] as number;
    const low = bytes[start + 2 * index + 1] as number;
    text += high === 0 ? HEXES[low] : `${HEXES[high]}${PADDED_HEXES[low]}`;
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
 * The 4 or 16 bytes of an address.
 * @throws {@link WireError} `ERR_WIRE_ADDRESS` for anything else, an address with a zone included
 */
export function parseAddress(text: string): Uint8Array {
  const bytes = text.includes(":") ? parseIpv6(text) : parseIpv4(text, 0);
  if (bytes === undefined) throw new WireError("ERR_WIRE_ADDRESS", `"${text}" is not an IPv4 or IPv6 address`);
  return bytes;
}

const DOT = 0x2e;
const COLON = 0x3a;

/** The address that fills the text from `start`. */
function parseIpv4(text: string, start: number): Uint8Array | undefined {
  const bytes = new Uint8Array(4);
  let at = start;
  for (let index = 0; index < 4; index++) {
    if (index > 0 && text.charCodeAt(at++) !== DOT) return undefined;
    const first = at;
    let value = 0;
    for (let digit = decimal(text, at); digit >= 0; digit = decimal(text, at)) {
      value = 10 * value + digit;
      at += 1;
      if (value > 255 || (at - first > 1 && text.charCodeAt(first) === 0x30)) return undefined;
    }
    if (at === first) return undefined;
    bytes[index] = value;
  }
  return at === text.length ? bytes : undefined;
}

function parseIpv6(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(16);
  let size = 0;
  let gap = -1;
  let at = 0;
  while (at < text.length) {
    if (text.charCodeAt(at) === COLON && text.charCodeAt(at + 1) === COLON) {
      if (gap >= 0) return undefined;
      gap = size;
      at += 2;
      continue;
    }
    if (size > 0 && size !== gap && text.charCodeAt(at++) !== COLON) return undefined;
    const first = at;
    let value = 0;
    for (let digit = hex(text, at); digit >= 0; digit = hex(text, at)) {
      value = 16 * value + digit;
      at += 1;
    }
    if (text.charCodeAt(at) === DOT) {
      const mapped = parseIpv4(text, first);
      if (mapped === undefined || size > 12) return undefined;
      bytes.set(mapped, size);
      size += 4;
      at = text.length;
    } else {
      if (at === first || at - first > 4 || size > 14) return undefined;
      bytes[size++] = value >> 8;
      bytes[size++] = value & 0xff;
    }
  }
  if (gap < 0) return size === 16 ? bytes : undefined;
  if (size > 14) return undefined;
  bytes.copyWithin(16 - (size - gap), gap, size);
  return bytes.fill(0, gap, 16 - (size - gap));
}

function decimal(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 0x30;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

function hex(text: string, at: number): number {
  const digit = decimal(text, at);
  if (digit >= 0) return digit;
  const letter = (text.charCodeAt(at) | 0x20) - 0x61;
  return letter >= 0 && letter <= 5 ? letter + 10 : -1;
}
