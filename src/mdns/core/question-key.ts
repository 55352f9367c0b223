import type { Question } from "../wire/question.ts";

/** Equal for questions that differ at most in letter case and the QU bit. */
export function questionKey({ name, type, class: questionClass }: Question): string {
  return `${name.key}\0${type} ${questionClass}`;
}
