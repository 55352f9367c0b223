import { MAX_LABEL } from "../wire/name.ts";
import { utf8Length } from "./label.ts";

const LAST_STEP = 9;
const LEAP = 100;

/** What to try when the name of an instance is taken: "Name (2)", "Name (3)", … RFC 6763 App. D */
export function nextInstanceName(name: string, random: () => number): string {
  const [, base = name, number] = /^(.+) \((\d{1,9})\)$/s.exec(name) ?? [];
  return numbered(base, (count) => ` (${count})`, nextNumber(number, random));
}

/** What to try when the name of a host is taken: "name-2", "name-3", … */
export function nextHostName(name: string, random: () => number): string {
  const [, base = name, number] = /^(.*[^-])-(\d{1,9})$/s.exec(name) ?? [];
  return numbered(base, (count) => `-${count}`, nextNumber(number, random));
}

/** One by one at first; then in random leaps, as many must have the name already. */
function nextNumber(number: string | undefined, random: () => number): number {
  const count = Number(number ?? 1);
  if (count < 1) return 2;
  return count <= LAST_STEP ? count + 1 : count + 1 + Math.floor(random() * LEAP);
}

function numbered(base: string, suffix: (count: number) => string, count: number): string {
  const end = suffix(count);
  return cutToBytes(base, MAX_LABEL - utf8Length(end)) + end;
}

/** The longest start of `text` within `bytes` that ends between characters and not in a space. */
function cutToBytes(text: string, bytes: number): string {
  let kept = "";
  let length = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) {
    length += utf8Length(segment);
    if (length > bytes) return kept.trimEnd();
    kept += segment;
  }
  return text;
}
