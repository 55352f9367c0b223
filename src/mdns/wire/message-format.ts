/** What a message is made of beside names and data. RFC 1035 §4.1 */

/** Bytes of the header, where no name can stand. */
export const HEADER_SIZE = 12;

/** Bytes of a question behind its name: type and class. */
export const QUESTION_FIELDS = 4;

/** Bytes of a record between its name and its data: type, class, TTL and the length of the data. */
export const RECORD_FIELDS = 10;

/** Bits of the flag word, which is the second one of the header. RFC 6762 §18.2 to §18.11 */
export const RESPONSE = 0x8000;
export const OPCODE = 0x7800;
export const AUTHORITATIVE = 0x0400;
export const TRUNCATED = 0x0200;
export const RECURSION_DESIRED = 0x0100;
export const RECURSION_AVAILABLE = 0x0080;
export const AUTHENTIC_DATA = 0x0020;
export const CHECKING_DISABLED = 0x0010;
export const RCODE = 0x000f;

/** A length byte from here on is none, but half of a pointer. RFC 1035 §4.1.4 */
export const POINTER = 0xc0;

/** The furthest that a pointer leads to, in bytes from the start of the message. */
export const LARGEST_POINTER = 0x3fff;

/** Bytes of a pointer. */
export const POINTER_SIZE = 2;

/** A name has no more labels than that. */
export const MAX_POINTERS = 127;

/** The word at `at`, which must lie within the bytes. */
export function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

export function flagsOf(bytes: Uint8Array): number {
  return uint16(bytes, 2);
}
