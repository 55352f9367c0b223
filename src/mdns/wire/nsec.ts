/** One bit for each type, in windows of 256 types. RFC 4034 §4.1.2 */

const MAX_WINDOW = 32; // bytes

/** The types in the bitmap from `start` to `end`, ascending, or `undefined` if it is malformed. */
export function readTypeBitmap(bytes: Uint8Array, start: number, end: number): number[] | undefined {
  const types: number[] = [];
  let last = -1;
  let at = start;
  while (at < end) {
    const window = bytes[at] as number;
    const length = at + 1 < end ? (bytes[at + 1] as number) : 0;
    const next = at + 2 + length;
    if (window <= last || length === 0 || length > MAX_WINDOW || next > end) return undefined;
    for (let byte = 0; byte < length; byte++) {
      for (let bits = bytes[at + 2 + byte] as number; bits !== 0; ) {
        const bit = Math.clz32(bits) - 24;
        types.push((window << 8) | (byte << 3) | bit);
        bits &= ~(0x80 >> bit);
      }
    }
    last = window;
    at = next;
  }
  return types;
}

/**
 * The bitmap that has the bits of `types`, in any order. Types up to 255 give the restricted form of multicast DNS.
 * @see RFC 6762 §6.1
 */
export function typeBitmap(types: readonly number[]): Uint8Array {
  return Uint8Array.from(bitmapBytes(types));
}

/** What {@link typeBitmap} returns, as a plain list: that is made in a fraction of the time. */
export function bitmapBytes(types: readonly number[]): readonly number[] {
  const bytes: number[] = [];
  let window = -1;
  let start = 0;
  for (const type of ascending(types)) {
    if (type >> 8 !== window) {
      window = type >> 8;
      start = bytes.push(window, 0);
    }
    const at = start + ((type & 0xff) >> 3);
    while (bytes.length <= at) bytes.push(0);
    bytes[at] = (bytes[at] as number) | (0x80 >> (type & 7));
    bytes[start - 1] = bytes.length - start;
  }
  return bytes;
}

function ascending(types: readonly number[]): readonly number[] {
  for (let index = 1; index < types.length; index++) {
    if ((types[index] as number) < (types[index - 1] as number)) return [...types].sort((a, b) => a - b);
  }
  return types;
}
