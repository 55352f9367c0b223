import { toByteString } from "../wire/byte-string.ts";
import { argumentError } from "./argument-error.ts";
import { keyLength } from "./txt-key.ts";

/**
 * What a service tells about itself.
 *
 * As an object: text, numbers and bytes become `key=value`, `true` the key alone; `false` and `undefined` are left out.
 * As a list: the strings of the record, each as it is. The order is kept.
 * @see RFC 6763 §6
 */
export type TxtInput =
  | Readonly<Record<string, string | Uint8Array | number | boolean | undefined>>
  | readonly (string | Uint8Array)[];

/** One string of the record, and its key: what stands before the first "=". */
interface Attribute {
  readonly key: string;
  readonly string: Uint8Array;
}

const MAX_STRING = 255; // RFC 1035 §3.3.14
const KEY = /^[\x20-\x3c\x3e-\x7e]+$/; // RFC 6763 §6.4

/**
 * The strings of the TXT record.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` for a bad key, a key that occurs twice, or a string over 255 bytes
 */
export function txtStrings(input: unknown): readonly Uint8Array[] {
  if (input === undefined) return [];
  const seen = new Set<string>();
  return attributes(input).map(({ key, string }) => {
    const folded = key.toLowerCase();
    if (!KEY.test(key)) throw argumentError("txt", "made of keys of printable ASCII characters without =", key);
    if (seen.has(folded)) throw argumentError("txt", "without a key that occurs twice, whatever its case", key);
    if (string.length > MAX_STRING) {
      throw argumentError("txt", `made of strings of at most ${MAX_STRING} bytes (key, = and value)`, key);
    }
    seen.add(folded);
    return string;
  });
}

function attributes(input: unknown): readonly Attribute[] {
  if (Array.isArray(input)) return input.map(listed);
  if (isPlainObject(input)) return Object.entries(input).flatMap(([key, value]) => named(key, value) ?? []);
  throw argumentError("txt", "an object of attributes or a list of strings", input);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function listed(item: unknown): Attribute {
  if (typeof item === "string") return { key: item.split("=", 1)[0] as string, string: utf8(item) };
  if (!(item instanceof Uint8Array)) throw argumentError("txt", "a list of strings and Uint8Arrays", item);
  return { key: toByteString(item, 0, keyLength(item)), string: Uint8Array.from(item) };
}

function named(key: string, value: unknown): Attribute | undefined {
  if (key.includes("=")) throw argumentError("txt", "made of keys without =", key);
  if (value === undefined || value === false) return undefined;
  if (value === true) return { key, string: utf8(key) };
  if (value instanceof Uint8Array) return { key, string: Uint8Array.from([...utf8(`${key}=`), ...value]) };
  if (typeof value === "string" || typeof value === "number") return { key, string: utf8(`${key}=${value}`) };
  throw argumentError(`txt.${key}`, "text, bytes, a number, a boolean or undefined", value);
}

const encoder = new TextEncoder();

function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
