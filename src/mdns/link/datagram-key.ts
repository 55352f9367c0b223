/** Text that is equal for equal bytes from or to one place, to look them up by. */
export function datagramKey(place: string, bytes: Uint8Array): string {
  return `${place} ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1")}`;
}
