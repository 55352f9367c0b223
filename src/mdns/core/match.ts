import type { Question } from "../wire/question.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { TYPE } from "../wire/record-type.ts";

/** What a question asks for, apart from the name: the two parts that are compared by number. */
export type Sought = Pick<Question, "type" | "class">;

/** Whether a record of the question's name answers it. RFC 6762 §6 */
export function answersQuestion(sought: Sought, record: Pick<ResourceRecord, "type" | "class">): boolean {
  if (sought.class !== CLASS.ANY && sought.class !== record.class) return false;
  return sought.type === record.type || sought.type === TYPE.ANY || record.type === TYPE.CNAME;
}
