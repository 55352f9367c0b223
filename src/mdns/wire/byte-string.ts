/** A byte string holds one byte in each character: it hashes, compares and joins as fast as text does. */

/** The bytes from `start` to `end` as a byte string. */
export function toByteString(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  return asBuffer(bytes).toString("latin1", start, end);
}

export function fromByteString(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

const UPPER = /[A-Z]/;
const NOT_ASCII = /[^\0-\x7f]/;

/** Folds A to Z and nothing else. RFC 6762 §16 */
export function foldCase(text: string): string {
  if (!UPPER.test(text)) return text;
  // The native fold would also change the bytes 0xC0 to 0xDE.
  return NOT_ASCII.test(text) ? foldBytes(fromByteString(text), 0, text.length) : text.toLowerCase();
}

/** The bytes from `start` to `end` as a byte string, folded as {@link foldCase} does. */
export function foldBytes(bytes: Uint8Array, start: number, end: number): string {
  const folded = end - start <= scratch.length ? scratch : Buffer.alloc(end - start);
  for (let at = start; at < end; at++) folded[at - start] = LOWER_OF_BYTE[bytes[at] as number] as number;
  return folded.toString("latin1", 0, end - start);
}

const LOWER_OF_BYTE = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte,
);
const scratch = Buffer.alloc(256);

/** A copy that keeps nothing else alive: `slice` of a Buffer would be a view. */
export function copyBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const copy = new Uint8Array(end - start);
  if (copy.length > 64) copy.set(bytes.subarray(start, end));
  else for (let at = 0; at < copy.length; at++) copy[at] = bytes[start + at] as number;
  return copy;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
