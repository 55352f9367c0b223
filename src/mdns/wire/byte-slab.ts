import { copyBytes } from "./byte-string.ts";

const SLAB = 16_384;

let slab: Uint8Array = new Uint8Array(SLAB);
let used = 0;

/**
 * A copy of the first `size` bytes, cut from a larger piece of memory, no part of which is ever used twice: to allocate
 * a piece for each packet costs as much as to write the packet.
 */
export function cutCopy(bytes: Uint8Array, size: number): Uint8Array {
  if (size > SLAB / 4) return copyBytes(bytes, 0, size);
  if (used + size > SLAB) {
    slab = new Uint8Array(SLAB);
    used = 0;
  }
  const copy = slab.subarray(used, used + size);
  copy.set(bytes.subarray(0, size));
  used += size;
  return copy;
}
