import { type Question, TYPE, typeName } from "../../../mdns/wire/index.ts";
import { MDNS_PORT } from "../packet.ts";
import { EARLY } from "./history.ts";
import { andMore, type Rule } from "./rule.ts";

const QUERY_INTERVAL = 1_000; // ms
const PROBE_INTERVAL = 250;

const ON_THE_LINK = /(?:^|\.)(?:local|in-addr\.arpa|ip6\.arpa)$/i;

/** What is asked, and how often. */
export const QUESTION_RULES: readonly Rule[] = [
  {
    section: "RFC 6762 §3",
    level: "should",
    title: "a question for a name that is not the link's",
    check: ({ message: { response, questions } }) =>
      response ? undefined : blameQuestion(questions.filter(({ name }) => !ON_THE_LINK.test(name.toString()))),
  },
  {
    section: "RFC 6762 §8.1",
    level: "should",
    title: "a probe that does not ask for ANY",
    check: ({ kind, message: { questions, authorities } }) => {
      if (kind !== "probe") return undefined;
      const proposed = new Set(authorities.map(({ name }) => name.key));
      return blameQuestion(questions.filter(({ name, type }) => type !== TYPE.ANY && proposed.has(name.key)));
    },
  },
  {
    section: "RFC 6762 §5.2",
    level: "must",
    title: "a question again within a second",
    bySender: true,
    check: (packet, history) => {
      if (packet.kind !== "query" || packet.sourcePort !== MDNS_PORT) return undefined;
      return blameRepeat(packet.message.questions, QUERY_INTERVAL, (question) => history.sinceAsked(packet, question));
    },
  },
  {
    section: "RFC 6762 §8.1",
    level: "should",
    title: "a probe again within 250 ms",
    bySender: true,
    check: (packet, history) => {
      if (packet.kind !== "probe") return undefined;
      return blameRepeat(packet.message.questions, PROBE_INTERVAL, (question) => history.sinceAsked(packet, question));
    },
  },
];

/** The questions to blame: the first one, and how many more. */
export function blameQuestion(questions: readonly Question[]): string | undefined {
  const [first] = questions;
  return first && andMore(`${typeName(first.type)}? ${first.name}`, questions.length);
}

function blameRepeat(
  questions: readonly Question[],
  interval: number,
  since: (question: Question) => number | undefined,
): string | undefined {
  const early = questions.filter((question) => (since(question) ?? interval) < interval - EARLY);
  const [first] = early;
  return first && `${blameQuestion(early)}, after ${Math.round(since(first) ?? 0)} ms`;
}
