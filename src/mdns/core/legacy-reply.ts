import type { Message } from "../wire/message.ts";
import { LIMITS } from "./limits.ts";
import { REPLY_WRITER } from "./response-packets.ts";
import { TTL } from "./timing.ts";
import type { Owned } from "./zone.ts";

/**
 * A conventional DNS reply: id and questions repeated, short TTLs, no flush bit. RFC 6762 §6.7
 * @returns undefined when the questions alone are too much for a reply, which must repeat them all
 */
export function packLegacyReply(
  query: Message,
  answers: readonly Owned[],
  additionals: readonly Owned[],
  payload: number,
): Uint8Array | undefined {
  const writer = REPLY_WRITER;
  writer.begin({
    id: query.id,
    response: true,
    recursionDesired: query.recursionDesired,
    limit: Math.min(payload, requestedPayload(query)),
    mode: "legacy",
  });
  if (!query.questions.every((question) => writer.addQuestion(question))) return undefined;
  const overrides = ({ record }: Owned): { ttl: number; flush: false } => ({
    ttl: Math.min(record.ttl, TTL.legacyMax),
    flush: false,
  });
  for (const owned of answers) {
    if (writer.addAnswer(owned.record, overrides(owned))) continue;
    writer.setTruncated();
    return writer.finish();
  }
  for (const owned of additionals) writer.addAdditional(owned.record, overrides(owned));
  return writer.finish();
}

/** 512 bytes unless the query's OPT allows more (RFC 6891 §6.2.3). */
function requestedPayload(query: Message): number {
  const opt = query.additionals.find(({ data }) => data.kind === "opt");
  return Math.max(LIMITS.legacyPayload, opt?.class ?? 0);
}
