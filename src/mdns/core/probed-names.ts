import type { Message } from "../wire/message.ts";

const NONE: ReadonlySet<string> = new Set();

/** Keys of the names of questions that records in the authority section answer: a probe. RFC 6762 §8.1 */
export function probedNames({ questions, authorities }: Message): ReadonlySet<string> {
  if (authorities.length === 0) return NONE;
  const proposed = new Set(authorities.map(({ name }) => name.key));
  return new Set(questions.map(({ name }) => name.key).filter((key) => proposed.has(key)));
}
