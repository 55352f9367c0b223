import { foldBytes, toByteString } from "./byte-string.ts";

/** Strings cut from a text keep all of it alive, which is bearable up to a normal packet. */
const SMALL = 1500;

/** A packet as a byte string: to cut a name out of it is far cheaper than to make one from bytes. */
export class PacketText {
  readonly #bytes: Uint8Array;
  readonly #text: string | undefined;
  #lower: string | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#text = bytes.length <= SMALL ? toByteString(bytes) : undefined;
  }

  slice(start: number, end: number): string {
    return this.#text === undefined ? toByteString(this.#bytes, start, end) : this.#text.slice(start, end);
  }

  /** The bytes from `start` to `end` as {@link foldCase} leaves them; `text` is what {@link slice} gives for them. */
  fold(text: string, start: number, end: number): string {
    const bytes = this.#bytes;
    let upper = false;
    let seen = 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      seen |= byte;
      if (byte >= 0x41 && byte <= 0x5a) upper = true;
    }
    if (!upper) return text;
    if (seen > 0x7f || this.#text === undefined) return foldBytes(bytes, start, end);
    this.#lower ??= this.#text.toLowerCase(); // right only where there is nothing but ASCII
    return this.#lower.slice(start, end);
  }
}
