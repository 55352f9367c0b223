// Only the first label counts: it is what tells names apart, and to follow the rest would take most of the time.
// It is read four bytes at a time with bit 5 of each set: that folds ASCII case, and makes a few other pairs equal.
const FACTOR = 0x9e3779b1;
const FOLD = 0x20202020;

/** The hash of the root. */
export const ROOT_HASH = 0;

/** The hash of a name given as its wire form. */
export function hashWire(wire: string): number {
  if (wire === "") return ROOT_HASH;
  const length = wire.charCodeAt(0);
  let hash = length;
  let at = 1;
  for (; at + 3 <= length; at += 4) {
    const low = wire.charCodeAt(at) | (wire.charCodeAt(at + 1) << 8);
    hash = mix(hash, low | (wire.charCodeAt(at + 2) << 16) | (wire.charCodeAt(at + 3) << 24) | FOLD);
  }
  let last = length;
  for (; at <= length; at++) last = (last << 8) | wire.charCodeAt(at) | 0x20;
  return mix(hash, last);
}

/** The hash of a name whose first label begins at `start` with its length; the label must lie within `bytes`. */
export function hashLabelAt(bytes: Uint8Array, start: number): number {
  const length = bytes[start] as number;
  const end = start + length;
  let hash = length;
  let at = start + 1;
  for (; at + 3 <= end; at += 4) {
    const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    hash = mix(hash, low | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24) | FOLD);
  }
  let last = length;
  for (; at <= end; at++) last = (last << 8) | (bytes[at] as number) | 0x20;
  return mix(hash, last);
}

function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, FACTOR);
  return product ^ (product >>> 15);
}
