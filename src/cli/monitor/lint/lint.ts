import type { Packet } from "../packet.ts";
import { DATA_RULES } from "./data-rules.ts";
import { HEADER_RULES } from "./header-rules.ts";
import type { History } from "./history.ts";
import { NAME_RULES } from "./name-rules.ts";
import { QUESTION_RULES } from "./question-rules.ts";
import { RECORD_RULES } from "./record-rules.ts";
import { RESPONSE_RULES } from "./response-rules.ts";
import type { Finding, Rule } from "./rule.ts";
import { SIZE_RULES } from "./size-rules.ts";

/** All that a packet is judged by. */
export const RULES: readonly Rule[] = [
  ...HEADER_RULES,
  ...RESPONSE_RULES,
  ...QUESTION_RULES,
  ...RECORD_RULES,
  ...NAME_RULES,
  ...DATA_RULES,
  ...SIZE_RULES,
];

const READABLE: Rule = {
  section: "RFC 1035 §4.1",
  level: "must",
  title: "the message cannot be read",
  check: () => undefined,
};

/** The rules that a packet breaks; the history then holds the packet, too. */
export function lint(packet: Packet, history: History): readonly Finding[] {
  if (packet.kind === "unreadable") return [{ rule: READABLE, blame: packet.reason }];
  const findings = RULES.flatMap((rule) => {
    const blame = rule.check(packet, history);
    return blame === undefined ? [] : [{ rule, blame }];
  });
  history.add(packet);
  return findings;
}
