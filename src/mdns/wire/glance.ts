import {
  HEADER_SIZE,
  LARGEST_POINTER,
  MAX_POINTERS,
  POINTER,
  QUESTION_FIELDS,
  RECORD_FIELDS,
  uint16,
} from "./message-format.ts";
import type { Name } from "./name.ts";
import { hashLabelAt, ROOT_HASH } from "./name-hash.ts";

/** The names that somebody here cares about, as hashes by {@link nameHash}: a `Set<number>` will do. */
export interface Interest {
  /** Whether this hash of a name is of interest; see {@link nameHash}. */
  has(hash: number): boolean;
}

/**
 * 32-bit hash of a name without regard to ASCII case, the same that {@link glance} computes from a packet.
 * Different names may share it; those with the same first label do.
 */
export function nameHash(name: Name): number {
  return name.hash;
}

/**
 * Tells, without building anything, whether a packet can concern anybody here.
 *
 * `some`: the name of a question or of a record is (or may be) in `interest`; `none`: certainly none is; `malformed`:
 * none is, and the packet cannot be walked to its end. Never throws. What is wrong with a name that nobody asked for
 * may go unnoticed.
 */
export function glance(bytes: Uint8Array, interest: Interest): "none" | "some" | "malformed" {
  const size = bytes.length;
  if (size < HEADER_SIZE) return "malformed";
  nextGlance();
  const questions = uint16(bytes, 4);
  const entries = questions + uint16(bytes, 6) + uint16(bytes, 8) + uint16(bytes, 10);
  let malformed = false;
  let at = HEADER_SIZE;
  for (let entry = 0; entry < entries; entry++) {
    let end = skipName(bytes, at);
    if (end === 0) return "malformed";
    end += entry < questions ? QUESTION_FIELDS : RECORD_FIELDS;
    if (end > size) return "malformed";
    if (entry >= questions) end += uint16(bytes, end - 2);
    if (end > size) return "malformed";
    const start = firstLabel(bytes, at);
    if (start === UNSURE) return "some";
    if (start === MALFORMED) {
      malformed = true;
    } else if (judgedAt[start] !== glances) {
      if (interest.has(bytes[start] === 0 ? ROOT_HASH : hashLabelAt(bytes, start))) return "some";
      if (start <= LARGEST_POINTER) judgedAt[start] = glances;
    }
    at = end;
  }
  return malformed ? "malformed" : "none";
}

/** The offset after the name that stands at `start`, or 0 if it has no end. */
function skipName(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const length = bytes[at] as number;
    if (length >= POINTER) return at + 2;
    if (length === 0) return at + 1;
    if (length > 63) return 0;
    at += length + 1;
  }
  return 0;
}

/** For each place that a pointer can lead to, the last glance that found there a label for which nobody cares. */
const judgedAt = new Int32Array(LARGEST_POINTER + 1);
let glances = 0;

function nextGlance(): void {
  glances += 1;
  if (glances < 0x7fffffff) return;
  judgedAt.fill(0);
  glances = 1;
}

const MALFORMED = -1;
const UNSURE = -2;

/** Where the first label of the name at `start` is; {@link UNSURE} behind more pointers than are worth following. */
function firstLabel(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let pointers = 0; pointers <= MAX_POINTERS; pointers++) {
    const head = bytes[at] as number;
    if (head < 64) return at + head < bytes.length ? at : MALFORMED;
    if (head < POINTER || at + 1 >= bytes.length) return MALFORMED;
    const target = uint16(bytes, at) & LARGEST_POINTER;
    if (target >= at || target < HEADER_SIZE) return MALFORMED;
    at = target;
  }
  return UNSURE;
}
