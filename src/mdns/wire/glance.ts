import type { Name } from "./name.ts";
import { EMPTY_HASH, hashLabel } from "./name-hash.ts";

const HEADER = 12;
const POINTER = 0xc0; // RFC 1035 §4.1.4
const MAX_WIRE = 255;
const MAX_POINTERS = 127;

/** The names that somebody here cares about, as hashes by {@link nameHash}: a `Set<number>` will do. */
export interface Interest {
  has(hash: number): boolean;
}

/**
 * 32-bit hash of a name without regard to ASCII case, the same that {@link glance} computes from a packet.
 * Different names may share it.
 */
export function nameHash(name: Name): number {
  return name.hash;
}

/** Where a pointer can lead, the number of the glance that last found nothing of interest there. */
const judged = new Uint32Array(0x4000);
let glances = 0;

/**
 * Tells, without building anything, whether a packet can concern anybody here.
 *
 * `some`: the name of a question or of a record is (or may be) in `interest`; `none`: certainly none is;
 * `malformed`: none that can be read is, and something can't be read. Never throws.
 */
export function glance(bytes: Uint8Array, interest: Interest): "none" | "some" | "malformed" {
  if (bytes.length < HEADER) return "malformed";
  nextGlance();
  let malformed = false;
  const questions = uint16(bytes, 4);
  const entries = questions + uint16(bytes, 6) + uint16(bytes, 8) + uint16(bytes, 10);
  let at = HEADER;
  for (let entry = 0; entry < entries; entry++) {
    const nameEnd = skipName(bytes, at);
    if (nameEnd === 0) return "malformed";
    let end = nameEnd + 4;
    if (entry >= questions) {
      end = nameEnd + 10;
      if (end <= bytes.length) end += uint16(bytes, end - 2);
    }
    if (end > bytes.length) return "malformed";
    const verdict = judge(bytes, at, interest);
    if (verdict === "some") return "some";
    if (verdict === "malformed") malformed = true;
    at = end;
  }
  return malformed ? "malformed" : "none";
}

/** The offset after the name that stands at `start`, or 0 if it has no end. */
function skipName(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let length = bytes[at]; length !== undefined; length = bytes[at]) {
    if (length >= POINTER) return at + 2;
    if (length === 0) return at + 1;
    if (length > 63) return 0;
    at += length + 1;
  }
  return 0;
}

function judge(bytes: Uint8Array, start: number, interest: Interest): "none" | "some" | "malformed" {
  let hash = EMPTY_HASH;
  let barrier = start;
  let at = start;
  let pointers = 0;
  let total = 0;
  for (let length = bytes[at]; length !== 0; length = bytes[at]) {
    if (length === undefined) return "malformed";
    if (length >= POINTER) {
      const target = ((length & 0x3f) << 8) | (bytes[at + 1] ?? 0);
      if (target >= barrier || target < HEADER) return "malformed";
      if (total === 0 && judged[target] === glances) return "none";
      pointers += 1;
      if (pointers > MAX_POINTERS) return "some";
      at = target;
      barrier = target;
      if (total === 0) markJudged(target);
    } else {
      const next = at + 1 + length;
      total += length + 1;
      if (length > 63 || total > MAX_WIRE || next >= bytes.length) return "malformed";
      hash = hashLabel(hash, bytes, at);
      at = next;
    }
  }
  markJudged(start);
  return interest.has(hash) ? "some" : "none";
}

function markJudged(offset: number): void {
  if (offset < judged.length) judged[offset] = glances;
}

function nextGlance(): void {
  glances += 1;
  if (glances > 0xffffffff) {
    judged.fill(0);
    glances = 1;
  }
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}
