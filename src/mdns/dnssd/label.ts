import { argumentError } from "./argument-error.ts";

export const MAX_LABEL = 63; // RFC 1035 §3.1

const encoder = new TextEncoder();
const LONE_SURROGATE = /\p{Cs}/u;

export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

/**
 * Text that makes one label, in NFC.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function checkedLabel(option: string, value: unknown): string {
  const requirement = `text of 1 to ${MAX_LABEL} bytes in UTF-8 without control characters`;
  if (typeof value !== "string" || value === "" || LONE_SURROGATE.test(value) || hasControl(value)) {
    throw argumentError(option, requirement, value);
  }
  const text = value.normalize("NFC");
  const length = utf8Length(text);
  if (length > MAX_LABEL) throw argumentError(option, `${requirement} (this is ${length} bytes)`, value);
  return text;
}

/** RFC 6763 §4.1.1 */
function hasControl(text: string): boolean {
  return Array.from(text).some((character) => character < " " || character === "\x7f");
}
