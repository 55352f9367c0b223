import { copyBytes } from "./byte-string.ts";
import type { Name } from "./name.ts";
import { WireError } from "./wire-error.ts";

const LARGEST_POINTER = 0x3fff; // RFC 1035 §4.1.4
const INITIAL = 1472;

/** Bytes being written, and where in them names stand that a pointer can lead to. */
export class PacketBuffer {
  size = 0;
  #bytes: Uint8Array;
  readonly #offsets = new Map<string, number>();
  /** Keys of `#offsets` in the order they came, so that {@link rewind} can take them back. */
  readonly #written: string[] = [];

  constructor(bytes: Uint8Array = new Uint8Array(INITIAL)) {
    this.#bytes = bytes;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.size++] = value;
  }

  uint16(value: number): void {
    this.#reserve(2);
    this.#bytes[this.size++] = value >> 8;
    this.#bytes[this.size++] = value;
  }

  uint32(value: number): void {
    this.uint16(value >>> 16);
    this.uint16(value & 0xffff);
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.size);
    this.size += bytes.length;
  }

  /** Puts a value of 16 bits where two bytes were written before. */
  patchUint16(at: number, value: number): void {
    this.#bytes[at] = value >> 8;
    this.#bytes[at + 1] = value;
  }

  /** Writes a name whole; later names may point at it. */
  name(name: Name): void {
    this.#labels(name, { compress: false });
  }

  /** Writes a name with its longest known ending as a pointer. Only an ending in the same case is used. */
  compressedName(name: Name): void {
    this.#labels(name, { compress: true });
  }

  #labels(name: Name, { compress }: { compress: boolean }): void {
    this.#reserve(name.wireLength);
    let rest = name;
    while (!rest.isRoot) {
      const { wire } = rest;
      const known = this.#offsets.get(wire);
      if (known !== undefined && compress) {
        this.uint16(0xc000 | known);
        return;
      }
      if (known === undefined && this.size <= LARGEST_POINTER) {
        this.#offsets.set(wire, this.size);
        this.#written.push(wire);
      }
      const length = wire.charCodeAt(0);
      for (let at = 0; at <= length; at++) this.#bytes[this.size++] = wire.charCodeAt(at);
      rest = rest.parent();
    }
    this.byte(0);
  }

  /** A place to come back to by {@link rewind}. */
  mark(): { readonly size: number; readonly names: number } {
    return { size: this.size, names: this.#written.length };
  }

  /** Takes back all that was written since the mark. */
  rewind(mark: { readonly size: number; readonly names: number }): void {
    this.size = mark.size;
    for (const wire of this.#written.splice(mark.names)) this.#offsets.delete(wire);
  }

  /** A copy of what was written. */
  copy(): Uint8Array {
    return copyBytes(this.#bytes, 0, this.size);
  }

  #reserve(count: number): void {
    const needed = this.size + count;
    if (needed <= this.#bytes.length) return;
    if (needed > 0x20000) throw new WireError("ERR_WIRE_SIZE", "A message has at most 65,535 bytes");
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
