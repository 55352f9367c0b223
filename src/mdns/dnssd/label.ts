import { MAX_LABEL } from "../wire/name.ts";
import { argumentError } from "./argument-error.ts";

const REQUIREMENT = `text of 1 to ${MAX_LABEL} bytes in UTF-8`;
const LONE_SURROGATE = /\p{Cs}/u;
const SPACE = 0x20;
const DELETE = 0x7f;

export function utf8Length(text: string): number {
  return Buffer.byteLength(text);
}

/**
 * Text that makes one label to publish, in NFC.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function checkedLabel(option: string, value: unknown): string {
  const text = checkedText(option, typeof value === "string" ? value.normalize("NFC") : value);
  if (hasControl(text)) throw argumentError(option, `${REQUIREMENT} without control characters`, value);
  return text;
}

/**
 * Text that makes one label.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function checkedText(option: string, value: unknown): string {
  if (typeof value !== "string" || value === "" || LONE_SURROGATE.test(value)) {
    throw argumentError(option, REQUIREMENT, value);
  }
  const length = utf8Length(value);
  if (length > MAX_LABEL) throw argumentError(option, `${REQUIREMENT} (this is ${length} bytes)`, value);
  return value;
}

/** RFC 6763 §4.1.1 */
function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < SPACE || code === DELETE) return true;
  }
  return false;
}
