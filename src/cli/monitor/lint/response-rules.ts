import { MDNS_PORT } from "../packet.ts";
import { blameQuestion } from "./question-rules.ts";
import type { Rule } from "./rule.ts";

/** What a response as a whole may be. */
export const RESPONSE_RULES: readonly Rule[] = [
  {
    section: "RFC 6762 §6",
    level: "must",
    title: "a response with questions",
    check: ({ kind, message: { response, questions } }) =>
      response && kind !== "legacy reply" ? blameQuestion(questions) : undefined,
  },
  {
    section: "RFC 6762 §6",
    level: "must",
    title: "a response without answers",
    check: ({ message: { response, answers, authorities, additionals, malformed } }) =>
      response && answers.length + authorities.length + additionals.length + malformed === 0 ? "no record" : undefined,
  },
  {
    section: "RFC 6762 §6",
    level: "must",
    title: "a response from another port than 5353",
    check: ({ message: { response }, sourcePort }) =>
      response && sourcePort !== MDNS_PORT ? `port ${sourcePort}` : undefined,
  },
  {
    section: "RFC 6762 §6.7",
    level: "must",
    title: "a legacy reply that does not repeat the question",
    check: ({ kind, message: { questions } }) =>
      kind === "legacy reply" && questions.length === 0 ? "no question" : undefined,
  },
  {
    section: "RFC 6762 §11",
    level: "should",
    title: "a response with an IP TTL that is not 255",
    check: ({ message: { response }, ttl }) =>
      response && ttl !== undefined && ttl !== 255 ? `TTL ${ttl}` : undefined,
  },
];
