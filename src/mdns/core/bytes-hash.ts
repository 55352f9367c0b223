const PRIME = 0x01000193;

/** 32-bit hash of the bytes from `start` on: FNV-1a, begun with a seed of the caller's. */
export function bytesHash(bytes: Uint8Array, start: number, seed: number): number {
  let hash = seed;
  for (let at = start; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] as number), PRIME);
  return hash;
}
