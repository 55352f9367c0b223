import type { Name } from "./name.ts";

const INITIAL_SLOTS = 32; // V8 keeps so few within its heap, where they cost next to nothing

/**
 * Where in a message names have been written: a hash table with linear probing that tells case apart. Only the newest
 * names can be forgotten, which is why no probe ever meets a gap.
 */
export class NameTable {
  /** How many names there are; the lists may be longer. */
  size = 0;
  readonly #names: Name[] = [];
  readonly #offsets: number[] = [];
  /** For each name, its slot. */
  readonly #slotOf: number[] = [];
  /** For each slot, the place of a name in the lists, counted from 1; 0 is free. */
  #slots: Uint16Array = new Uint16Array(INITIAL_SLOTS);

  /** The offset of a name, or -1. */
  find(name: Name): number {
    const slots = this.#slots;
    const last = slots.length - 1;
    for (let slot = hashOf(name) & last; ; slot = (slot + 1) & last) {
      const place = slots[slot] as number;
      if (place === 0) return -1;
      const known = this.#names[place - 1] as Name;
      if (known === name || known.wire === name.wire) return this.#offsets[place - 1] as number;
    }
  }

  /** Adds a name that is not in the table. */
  add(name: Name, offset: number): void {
    if (2 * this.size >= this.#slots.length) this.#grow();
    this.#names[this.size] = name;
    this.#offsets[this.size] = offset;
    this.#place(name, this.size);
    this.size += 1;
  }

  /** Forgets all names but the first `size`. */
  truncate(size: number): void {
    for (let index = size; index < this.size; index++) this.#slots[this.#slotOf[index] as number] = 0;
    this.size = size;
  }

  #place(name: Name, index: number): void {
    const last = this.#slots.length - 1;
    let slot = hashOf(name) & last;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
    this.#slots[slot] = index + 1;
    this.#slotOf[index] = slot;
  }

  #grow(): void {
    this.#slots = new Uint16Array(2 * this.#slots.length);
    for (let index = 0; index < this.size; index++) this.#place(this.#names[index] as Name, index);
  }
}

/** The endings of one name differ in length if they do not in their first label. */
function hashOf(name: Name): number {
  return name.hash + Math.imul(name.wire.length, 0x9e3779b1);
}
