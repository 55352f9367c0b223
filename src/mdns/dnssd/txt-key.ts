const EQUALS = 0x3d;

/** How many bytes of a TXT string are its key: those before the first `=`, or all. RFC 6763 §6.4 */
export function keyLength(string: Uint8Array): number {
  const end = string.indexOf(EQUALS);
  return end < 0 ? string.length : end;
}
