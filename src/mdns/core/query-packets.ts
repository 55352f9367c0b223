import { HEADER_SIZE, POINTER_SIZE, QUESTION_FIELDS, RECORD_FIELDS } from "../wire/message-format.ts";
import { MessageWriter } from "../wire/message-writer.ts";
import type { Question } from "../wire/question.ts";
import { type Entry, remainingSeconds } from "./cache-entry.ts";
import type { Instant } from "./timing.ts";

/** A question that is due, with the known answers that go along. */
export interface DueQuestion {
  readonly question: Question;
  readonly knownAnswers: readonly Entry[];
}

/**
 * Packs questions and their known answers; what is too long for one packet goes on in further ones, all but the last
 * of them marked TC. RFC 6762 §5.3, §7.2
 */
export function packQueries(due: readonly DueQuestion[], limit: number, now: Instant): Uint8Array[] {
  return groups(due, limit).flatMap((group) => packGroup(group, limit, now));
}

function packGroup(group: readonly DueQuestion[], limit: number, now: Instant): Uint8Array[] {
  const packets: Uint8Array[] = [];
  const options = { response: false, limit };
  let writer = new MessageWriter(options);
  let next: MessageWriter | undefined;
  for (const { question } of group) writer.addQuestion(question);
  for (const entry of distinct(group)) {
    const overrides = { ttl: remainingSeconds(entry, now), flush: false }; // RFC 6762 §10.2
    if (writer.addAnswer(entry.record, overrides)) continue;
    if (next === undefined) next = new MessageWriter(options);
    else next.begin(options);
    if (!next.addAnswer(entry.record, overrides)) continue; // larger than a packet: it cannot be listed
    writer.setTruncated();
    packets.push(writer.finish());
    [writer, next] = [next, writer];
  }
  packets.push(writer.finish());
  return packets;
}

function distinct(group: readonly DueQuestion[]): Iterable<Entry> {
  const [only] = group;
  if (only !== undefined && group.length === 1) return only.knownAnswers;
  return new Set(group.flatMap(({ knownAnswers }) => knownAnswers));
}

/** Questions share a packet as far as they fit whole, for TC makes responders wait half a second. */
function groups(due: readonly DueQuestion[], limit: number): DueQuestion[][] {
  const result: DueQuestion[][] = [];
  let open: DueQuestion[] = [];
  let size = HEADER_SIZE;
  for (const item of due) {
    const length = sizeOf(item);
    if (open.length > 0 && size + length > limit) {
      result.push(open);
      open = [];
      size = HEADER_SIZE;
    }
    open.push(item);
    size += length;
  }
  if (open.length > 0) result.push(open);
  return result;
}

function sizeOf({ question, knownAnswers }: DueQuestion): number {
  let size = question.name.wireLength + QUESTION_FIELDS;
  for (const { record } of knownAnswers) {
    size += POINTER_SIZE + RECORD_FIELDS + compressedRdata(record.data, question.name.wireLength);
  }
  return size;
}

function compressedRdata(data: Entry["record"]["data"], suffix: number): number {
  if (data.kind === "name") return Math.max(POINTER_SIZE, data.target.wireLength - suffix + POINTER_SIZE);
  if (data.kind === "address") return 16;
  return 64;
}
