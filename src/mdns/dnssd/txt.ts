import { inspect } from "node:util";
import { keyLength } from "./txt-key.ts";

/** A value of a TXT attribute: its bytes, or `true` for one that is present without a value. RFC 6763 §6.4 */
export type TxtValue = Uint8Array | true;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The attributes of a service. Keys are compared without regard to ASCII case; values are bytes.
 * @see RFC 6763 §6
 */
export class Txt implements Iterable<readonly [key: string, value: TxtValue]> {
  #source: { readonly strings: readonly Uint8Array[] };
  #read: ReadonlyMap<string, readonly [key: string, value: TxtValue]> | undefined;

  /** @param strings - those of a TXT record; of a key that occurs again only the first counts (RFC 6763 §6.4) */
  constructor(strings: readonly Uint8Array[] = []) {
    this.#source = { strings };
  }

  /** The attributes of a TXT record, whose strings are made when they are asked for. @internal */
  static of(source: { readonly strings: readonly Uint8Array[] }): Txt {
    const txt = new Txt(NONE);
    txt.#source = source;
    return txt;
  }

  /** The strings as they are in the record, those that are no attributes included. */
  get strings(): readonly Uint8Array[] {
    return this.#source.strings;
  }

  /** How many attributes there are. */
  get size(): number {
    return this.#attributes.size;
  }

  /** Whether the key is there, with or without a value. */
  has(key: string): boolean {
    return this.#attributes.has(fold(key));
  }

  /** The bytes of the value (none for `key=`), `true` for a key without one, `undefined` when the key is absent. */
  get(key: string): TxtValue | undefined {
    return this.#attributes.get(fold(key))?.[1];
  }

  /** The value as text, U+FFFD for what is not UTF-8; `undefined` when the key is absent or has no value. */
  text(key: string): string | undefined {
    const value = this.get(key);
    return value === undefined || value === true ? undefined : decoder.decode(value);
  }

  /** Keys as published, in the order of the record. */
  keys(): IterableIterator<string> {
    return [...this].map(([key]) => key).values();
  }

  /** Keys and values, in the order of the record. */
  entries(): IterableIterator<readonly [key: string, value: TxtValue]> {
    return this.#attributes.values();
  }

  /** {@link Txt.entries}. */
  [Symbol.iterator](): IterableIterator<readonly [key: string, value: TxtValue]> {
    return this.entries();
  }

  /** An object without a prototype: values as text, `true` for a key without one. */
  toObject(): Record<string, string | true> {
    const object: Record<string, string | true> = Object.create(null);
    for (const [key, value] of this) object[key] = value === true ? true : decoder.decode(value);
    return object;
  }

  /** {@link Txt.toObject}, for `JSON.stringify`. */
  toJSON(): Record<string, string | true> {
    return this.toObject();
  }

  /** Many a service is found whose attributes nobody looks at. */
  get #attributes(): ReadonlyMap<string, readonly [key: string, value: TxtValue]> {
    this.#read ??= attributes(this.strings);
    return this.#read;
  }
}

// What console.log shows; a class cannot declare it where declarations are made file by file.
Object.defineProperty(Txt.prototype, inspect.custom, {
  value(this: Txt): Record<string, string | true> {
    return this.toObject();
  },
});

const NONE: readonly Uint8Array[] = [];

function attributes(strings: readonly Uint8Array[]): ReadonlyMap<string, readonly [key: string, value: TxtValue]> {
  const found = new Map<string, readonly [key: string, value: TxtValue]>();
  for (const string of strings) {
    const end = keyLength(string);
    if (end === 0) continue;
    const key = decoder.decode(string.subarray(0, end));
    const folded = fold(key);
    if (!found.has(folded)) found.set(folded, [key, end === string.length ? true : string.subarray(end + 1)]);
  }
  return found;
}

function fold(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
