import { argumentError } from "./argument-error.ts";

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

const MAX_STRING = 255; // RFC 1035 §3.3.14
const KEY = /^[\x20-\x3c\x3e-\x7e]+$/; // RFC 6763 §6.4
const EQUALS = 0x3d;

/**
 * The strings of the TXT record.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` for a bad key, a key that occurs twice, or a string over 255 bytes
 */
export function txtStrings(input: unknown): readonly Uint8Array[] {
  if (input === undefined) return [];
  if (!Array.isArray(input) && !isPlainObject(input)) {
    throw argumentError("txt", "an object of attributes or a list of strings", input);
  }
  const strings = Array.isArray(input)
    ? input.map(listed)
    : Object.entries(input).flatMap(([key, value]) => attribute(key, value));
  const seen = new Set<string>();
  for (const string of strings) {
    const key = keyOf(string);
    const folded = key.toLowerCase();
    if (!KEY.test(key)) throw argumentError("txt", "made of keys of printable ASCII characters without =", key);
    if (seen.has(folded)) throw argumentError("txt", "without a key that occurs twice, whatever its case", key);
    if (string.length > MAX_STRING) {
      throw argumentError("txt", `made of strings of at most ${MAX_STRING} bytes (key, = and value)`, key);
    }
    seen.add(folded);
  }
  return strings;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function listed(item: unknown): Uint8Array {
  if (item instanceof Uint8Array) return Uint8Array.from(item);
  if (typeof item === "string") return utf8(item);
  throw argumentError("txt", "a list of strings and Uint8Arrays", item);
}

function attribute(key: string, value: unknown): readonly Uint8Array[] {
  if (key.includes("=")) throw argumentError("txt", "made of keys without =", key);
  if (value === undefined || value === false) return [];
  if (value === true) return [utf8(key)];
  if (value instanceof Uint8Array) return [Uint8Array.from([...utf8(`${key}=`), ...value])];
  if (typeof value === "string" || typeof value === "number") return [utf8(`${key}=${value}`)];
  throw argumentError(`txt.${key}`, "text, bytes, a number, a boolean or undefined", value);
}

/** What stands before the first "=", a character for each byte. */
function keyOf(string: Uint8Array): string {
  const end = string.indexOf(EQUALS);
  return String.fromCharCode(...(end < 0 ? string : string.subarray(0, end)).subarray(0, MAX_STRING + 1));
}

const encoder = new TextEncoder();

function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
