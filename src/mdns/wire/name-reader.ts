import { HEADER_SIZE, LARGEST_POINTER, MAX_POINTERS, POINTER } from "./message-format.ts";
import { Name } from "./name.ts";
import type { PacketText } from "./packet-text.ts";

const ROOT = Name.root;
const MAX_WIRE = 255; // without the final zero: RFC 6762 App. C
const LATEST = 3; // the names of the record before, or of the service that it belongs to

/**
 * The list of names by offset, and the offset by place in the list. What an earlier message left in the one counts only
 * if the other agrees, so nothing is cleared; nothing else reads while one message is read.
 */
const indexAt = new Uint16Array(LARGEST_POINTER + 1);
const startOf = new Uint16Array(LARGEST_POINTER + 1);

/**
 * Reads the names of one message. A name that several pointers lead to is read once and is one object.
 * Nothing here throws: a name that cannot be read is `undefined`.
 */
export class NameReader {
  /** Offset after the name read last, in place; -1 when that name's end could not be found. */
  end = 0;
  readonly #bytes: Uint8Array;
  readonly #text: PacketText;
  readonly #names: Name[] = [];

  constructor(bytes: Uint8Array, text: PacketText) {
    this.#bytes = bytes;
    this.#text = text;
  }

  /** Reads the name at `start` and sets {@link end}. */
  read(start: number): Name | undefined {
    const bytes = this.#bytes;
    const runEnd = skipLabels(bytes, start, bytes.length);
    const closing = bytes[runEnd];
    if (closing === 0) {
      this.end = runEnd + 1;
      return this.#remember(start, runEnd, ROOT);
    }
    if (closing === undefined || runEnd + 2 > bytes.length) {
      this.end = -1;
      return undefined;
    }
    this.end = runEnd + 2;
    const target = ((closing << 8) | (bytes[runEnd + 1] as number)) & LARGEST_POINTER;
    if (target >= start || target < HEADER_SIZE) return undefined;
    const suffix = this.#find(target) ?? this.#readBehind(target);
    if (suffix === undefined || runEnd === start) return suffix;
    return this.#remember(start, runEnd, suffix);
  }

  /** Reads a name that a pointer leads to: back to labels that are known or that end, then again forward. */
  #readBehind(start: number): Name | undefined {
    const bytes = this.#bytes;
    const runs: number[] = [];
    let from = start;
    let left = MAX_WIRE;
    let suffix: Name | undefined;
    while (suffix === undefined) {
      const runEnd = skipLabels(bytes, from, Math.min(from + left + 1, bytes.length));
      const closing = bytes[runEnd];
      left -= runEnd - from;
      if (closing === undefined || runs.length > 2 * MAX_POINTERS) return undefined;
      runs.push(from, runEnd);
      if (closing === 0) {
        suffix = ROOT;
      } else {
        const target = ((closing << 8) | (bytes[runEnd + 1] ?? 0)) & LARGEST_POINTER;
        if (target >= from || target < HEADER_SIZE) return undefined;
        suffix = this.#find(target);
        from = target;
      }
    }
    for (let run = runs.length - 2; run >= 0 && suffix !== undefined; run -= 2) {
      suffix = this.#remember(runs[run] as number, runs[run + 1] as number, suffix);
    }
    return suffix;
  }

  #find(start: number): Name | undefined {
    const index = indexAt[start] as number;
    return index < this.#names.length && startOf[index] === start ? this.#names[index] : undefined;
  }

  #join(start: number, end: number, suffix: Name): Name {
    const labels = this.#text.slice(start, end);
    const wire = labels + suffix.wire;
    const isWhole = suffix === ROOT; // what ends with a pointer is compressed
    const repeated = isWhole ? this.#amongLatest(wire) : undefined;
    if (repeated !== undefined) return repeated;
    const folded = this.#text.folded(labels, start, end);
    const first = (this.#bytes[start] as number) + 1;
    const rest = isWhole ? this.#amongLatest(wire.slice(first)) : undefined;
    const parent = first === end - start ? suffix : rest;
    if (folded !== undefined) return Name.fromWire(wire, folded + suffix.key, parent);
    return Name.fromWire(wire, suffix.key === suffix.wire ? wire : labels + suffix.key, parent);
  }

  /** Some senders compress nothing: what they write again is one object here all the same. */
  #amongLatest(wire: string): Name | undefined {
    for (let left = LATEST, at = this.#names.length - 1; left > 0 && at >= 0; left--, at--) {
      const name = this.#names[at] as Name;
      if (name.wire === wire) return name;
    }
    return undefined;
  }

  #remember(start: number, end: number, suffix: Name): Name | undefined {
    if (end - start + suffix.wire.length > MAX_WIRE) return undefined;
    const name = end === start ? suffix : this.#join(start, end, suffix);
    if (start < indexAt.length) {
      indexAt[start] = this.#names.length;
      startOf[this.#names.length] = start;
      this.#names.push(name);
    }
    return name;
  }
}

/** Where the labels that begin at `start` end: at a zero or a pointer before `end`; past the bytes for what is neither. */
function skipLabels(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const length = bytes[at] as number;
    if (length === 0 || length >= POINTER) return at;
    if (length > 63) break;
    at += length + 1;
  }
  return bytes.length;
}
