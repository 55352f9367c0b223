import { foldBytes, toByteString } from "./byte-string.ts";

/** Strings cut from a text keep all of it alive, which is bearable up to a normal packet. */
const SMALL = 1500;

const UPPER = 1;
const NOT_ASCII = 2;
const KIND_OF_BYTE = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > 0x7f ? NOT_ASCII : byte >= 0x41 && byte <= 0x5a ? UPPER : 0,
);

/** A packet as a byte string: to cut a name out of it is far cheaper than to make one from bytes. */
export class PacketText {
  readonly #bytes: Uint8Array;
  readonly #text: string | undefined;
  #lower: string | undefined;
  #folds = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#text = bytes.length <= SMALL ? toByteString(bytes) : undefined;
  }

  slice(start: number, end: number): string {
    return this.#text === undefined ? toByteString(this.#bytes, start, end) : this.#text.slice(start, end);
  }

  /** What {@link slice} gave, with A to Z folded; `undefined` if there are none. */
  folded(text: string, start: number, end: number): string | undefined {
    const bytes = this.#bytes;
    let seen = 0;
    for (let at = start; at < end; at++) seen |= KIND_OF_BYTE[bytes[at] as number] as number;
    if ((seen & UPPER) === 0) return undefined;
    if ((seen & NOT_ASCII) !== 0) return foldBytes(bytes, start, end);
    // The whole text in lower case is right only where it is ASCII, and pays only from the third use.
    this.#folds += 1;
    if (this.#folds < 3 || this.#text === undefined) return text.toLowerCase();
    this.#lower ??= this.#text.toLowerCase();
    return this.#lower.slice(start, end);
  }
}
