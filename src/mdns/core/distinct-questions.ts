import type { Question } from "../wire/question.ts";
import { questionKey } from "./question-key.ts";

/** The questions without repeats, so that a packet full of one question costs what the question costs once. */
export function distinctQuestions(questions: readonly Question[]): readonly Question[] {
  if (questions.length < 2) return questions;
  const seen = new Set<string>();
  return questions.filter((question) => {
    const key = `${questionKey(question)} ${question.unicast}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
