const PRIME = 0x01000193; // of the FNV-1a hash

/** 32 bits in place of a `recordKey`, where an equal hash of another record does no harm. */
export function keyHash(key: string): number {
  let hash = 0;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), PRIME);
  return hash >>> 0;
}
