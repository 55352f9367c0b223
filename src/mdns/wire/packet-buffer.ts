import { cutCopy } from "./byte-slab.ts";
import { LARGEST_POINTER, POINTER } from "./message-format.ts";
import type { Name } from "./name.ts";
import { NameTable } from "./name-table.ts";
import { WireError } from "./wire-error.ts";

const INITIAL = 1472;
const LARGEST = 0x20000; // a message, and the record that made it too large
const SHORT = 32;

/** A place in a {@link PacketBuffer} to come back to. */
export interface Mark {
  readonly size: number;
  readonly names: number;
}

/**
 * Bytes being written, and where in them names stand that a pointer can lead to. The memory need not be clean: nothing
 * is copied out of it but what was written.
 */
export class PacketBuffer {
  size = 0;
  #bytes: Buffer = Buffer.allocUnsafe(INITIAL);
  readonly #names = new NameTable();

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
    this.#reserve(4);
    this.#bytes[this.size++] = value >>> 24;
    this.#bytes[this.size++] = value >> 16;
    this.#bytes[this.size++] = value >> 8;
    this.#bytes[this.size++] = value;
  }

  raw(bytes: Uint8Array | readonly number[]): void {
    this.#reserve(bytes.length);
    if (bytes.length > SHORT) this.#bytes.set(bytes, this.size);
    else for (let at = 0; at < bytes.length; at++) this.#bytes[this.size + at] = bytes[at] as number;
    this.size += bytes.length;
  }

  /** Writes a length byte and as many bytes. */
  string(bytes: Uint8Array): void {
    this.byte(bytes.length);
    this.raw(bytes);
  }

  byteString(text: string): void {
    this.#reserve(text.length);
    this.size += this.#bytes.write(text, this.size, "latin1");
  }

  /** Puts a value of 16 bits where two bytes were written before. */
  patchUint16(at: number, value: number): void {
    this.#bytes[at] = value >> 8;
    this.#bytes[at + 1] = value;
  }

  /** Writes a name whole; later names may point at it. */
  name(name: Name): void {
    this.#reserve(name.wireLength);
    for (let rest = name; !rest.isRoot; rest = rest.parent()) {
      if (this.#names.find(rest) < 0) this.#remember(rest);
      this.#label(rest.wire);
    }
    this.#bytes[this.size++] = 0;
  }

  /** Writes a name with its longest known ending as a pointer. Only an ending in the same case is used. */
  compressedName(name: Name): void {
    this.#reserve(name.wireLength + 1);
    for (let rest = name; !rest.isRoot; rest = rest.parent()) {
      const known = this.#names.find(rest);
      if (known >= 0) {
        this.uint16((POINTER << 8) | known);
        return;
      }
      this.#remember(rest);
      this.#label(rest.wire);
    }
    this.#bytes[this.size++] = 0;
  }

  /** The present place, for {@link rewind}. */
  mark(): Mark {
    return { size: this.size, names: this.#names.size };
  }

  /** Takes back all that was written since the mark. */
  rewind(mark: Mark): void {
    this.size = mark.size;
    this.#names.truncate(mark.names);
  }

  /** A copy of what was written. */
  copy(): Uint8Array {
    return cutCopy(this.#bytes, this.size);
  }

  #remember(name: Name): void {
    if (this.size <= LARGEST_POINTER) this.#names.add(name, this.size);
  }

  /** Writes the first label of a wire form. */
  #label(wire: string): void {
    const end = wire.charCodeAt(0);
    for (let at = 0; at <= end; at++) this.#bytes[this.size + at] = wire.charCodeAt(at);
    this.size += end + 1;
  }

  #reserve(count: number): void {
    const needed = this.size + count;
    if (needed > this.#bytes.length) this.#grow(needed);
  }

  #grow(needed: number): void {
    if (needed > LARGEST) throw new WireError("ERR_WIRE_SIZE", "A message has at most 65,535 bytes");
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
