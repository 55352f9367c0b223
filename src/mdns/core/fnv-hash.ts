const PRIME = 0x01000193;

/** 32-bit FNV-1a of the bytes from `start` on, begun with a seed of the caller's. */
export function bytesHash(bytes: Uint8Array, start: number, seed: number): number {
  let hash = seed;
  for (let at = start; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] as number), PRIME);
  return hash;
}

/** The same of a `recordKey`, not negative, where an equal hash of another record does no harm. */
export function keyHash(key: string): number {
  let hash = 0;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), PRIME);
  return hash >>> 0;
}
