import { keyLength } from "./txt-key.ts";

const ADVISED_KEY = 9; // RFC 6763 §6.4
const ADVISED_SIZES = [1_300, 400]; // RFC 6763 §6.2

/** What is allowed in a TXT record but not advised, in a line each. */
export function txtAdvice(strings: readonly Uint8Array[]): readonly string[] {
  const advice: string[] = [];
  for (const string of strings) {
    const length = keyLength(string);
    if (length <= ADVISED_KEY) continue;
    const key = String.fromCharCode(...string.subarray(0, length));
    advice.push(`TXT key "${key}" has more than ${ADVISED_KEY} characters (RFC 6763 §6.4)`);
  }
  const size = strings.reduce((sum, string) => sum + 1 + string.length, 0);
  const exceeded = ADVISED_SIZES.find((limit) => size > limit);
  if (exceeded !== undefined) advice.push(`TXT data of ${size} bytes exceeds ${exceeded} (RFC 6763 §6.2)`);
  return advice;
}
