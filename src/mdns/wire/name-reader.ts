import { toByteString } from "./byte-string.ts";
import { Name } from "./name.ts";

const POINTER = 0xc0; // RFC 1035 §4.1.4
const MAX_WIRE = 255; // without the final zero: RFC 6762 App. C
const MAX_POINTERS = 127; // a name has no more labels than that

/**
 * Reads the names of one message. A name that several pointers lead to is read once and is one object.
 * Nothing here throws: a name that cannot be read is `undefined`.
 */
export class NameReader {
  /** Offset after the name read last, in place; -1 when that name's end could not be found. */
  end = 0;
  readonly #bytes: Uint8Array;
  readonly #text: string;
  readonly #names = new Map<number, Name>();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#text = toByteString(bytes);
  }

  /** Reads the name at `start` and sets {@link end}. */
  read(start: number): Name | undefined {
    const runEnd = this.#runEnd(start);
    const closing = this.#bytes[runEnd];
    this.end = closing === undefined ? -1 : closing === 0 ? runEnd + 1 : runEnd + 2;
    if (closing === undefined || this.end > this.#bytes.length) {
      this.end = -1;
      return undefined;
    }
    return closing === 0 ? this.#remember(start, runEnd, Name.root) : this.#readPointing(start, runEnd);
  }

  /** Where the labels that begin at `start` end: at a zero, at a pointer, or past the message for what is neither. */
  #runEnd(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    for (let length = bytes[at]; length !== undefined; length = bytes[at]) {
      if (length === 0 || length >= POINTER) return at;
      if (length > 63) break;
      at += length + 1;
    }
    return bytes.length;
  }

  /** Follows the pointer at `runEnd` back to labels that are known or that end, then builds the names on the way. */
  #readPointing(start: number, runEnd: number): Name | undefined {
    const runs = [start, runEnd];
    let suffix: Name | undefined;
    for (let from = start, at = runEnd; suffix === undefined; ) {
      const target = (((this.#bytes[at] as number) & 0x3f) << 8) | (this.#bytes[at + 1] ?? 0);
      if (target >= from || runs.length > 2 * MAX_POINTERS) return undefined;
      suffix = this.#names.get(target);
      if (suffix !== undefined) break;
      from = target;
      at = this.#runEnd(from);
      const closing = this.#bytes[at];
      if (closing === undefined) return undefined;
      if (closing === 0) suffix = Name.root;
      runs.push(from, at);
    }
    for (let run = runs.length - 2; run >= 0 && suffix !== undefined; run -= 2) {
      suffix = this.#remember(runs[run] as number, runs[run + 1] as number, suffix);
    }
    return suffix;
  }

  #remember(start: number, end: number, suffix: Name): Name | undefined {
    if (end - start + suffix.wire.length > MAX_WIRE) return undefined;
    const name = end === start ? suffix : Name.fromWire(this.#text.slice(start, end) + suffix.wire);
    this.#names.set(start, name);
    return name;
  }
}
