import type { Question } from "../wire/question.ts";

/** The questions without repeats, so that a packet full of one question costs what the question costs once. */
export function distinctQuestions(questions: readonly Question[]): readonly Question[] {
  if (questions.length < 2) return questions;
  const seen = new Set<string>();
  return questions.filter(({ name, type, class: questionClass, unicast }) => {
    const key = `${name.key}\0${type} ${questionClass} ${unicast}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
