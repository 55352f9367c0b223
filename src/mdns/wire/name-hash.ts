// Both functions read four bytes at a time, label by label, and set bit 5 of each byte: that folds ASCII case (and
// makes a few other pairs equal, which costs a false alarm at most).
const SEED = 0x811c9dc5;
const FACTOR = 0x9e3779b1;
const FOLD = 0x20202020;

/** The hash of a name given as its wire form. */
export function hashWire(wire: string): number {
  let hash = EMPTY_HASH;
  for (let at = 0; at < wire.length; ) {
    const length = wire.charCodeAt(at++);
    hash = mix(hash, length);
    const end = at + length;
    for (; at + 4 <= end; at += 4) {
      const low = wire.charCodeAt(at) | (wire.charCodeAt(at + 1) << 8);
      hash = mix(hash, low | (wire.charCodeAt(at + 2) << 16) | (wire.charCodeAt(at + 3) << 24) | FOLD);
    }
    for (; at < end; at++) hash = mix(hash, wire.charCodeAt(at) | 0x20);
  }
  return hash;
}

/** Takes a label, whose length byte is at `at`, into the hash of a name; the label must lie within `bytes`. */
export function hashLabel(hash: number, bytes: Uint8Array, at: number): number {
  const length = bytes[at] as number;
  const end = at + 1 + length;
  let result = mix(hash, length);
  let next = at + 1;
  for (; next + 4 <= end; next += 4) {
    const low = (bytes[next] as number) | ((bytes[next + 1] as number) << 8);
    result = mix(result, low | ((bytes[next + 2] as number) << 16) | ((bytes[next + 3] as number) << 24) | FOLD);
  }
  for (; next < end; next++) result = mix(result, (bytes[next] as number) | 0x20);
  return result;
}

/** The hash of the root, and the start of every other. */
export const EMPTY_HASH: number = SEED | 0;

function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, FACTOR);
  return product ^ (product >>> 15);
}
