import { HEADER_SIZE, POINTER_SIZE, QUESTION_FIELDS, RECORD_FIELDS } from "../wire/message-format.ts";
import { MessageWriter } from "../wire/message-writer.ts";
import type { Name } from "../wire/name.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { rdataBytes } from "../wire/record-key.ts";
import { TYPE } from "../wire/record-type.ts";
import type { PayloadSize } from "./payload-size.ts";

/** A name to probe for, with everything we propose to have there. */
export interface ProposedName {
  readonly name: Name;
  readonly records: readonly ResourceRecord[];
}

export interface ProbeOptions extends PayloadSize {
  /** Whether replies may come by unicast. RFC 6762 §8.1 */
  readonly unicast: boolean;
}

/** Packs probes for all names that are ready, as many as fit in a packet. RFC 6762 §8.1, §8.2 */
export function packProbes(proposed: readonly ProposedName[], options: ProbeOptions): Uint8Array[] {
  const packets: Uint8Array[] = [];
  let group: ProposedName[] = [];
  let size = HEADER_SIZE;
  let suffixes = new Set<string>();
  for (const item of proposed) {
    let length = lengthOf(item, suffixes);
    if (group.length > 0 && size + length > options.payload) {
      packets.push(packGroup(group, options));
      group = [];
      size = HEADER_SIZE;
      suffixes = new Set();
      length = lengthOf(item, suffixes);
    }
    group.push(item);
    size += length;
  }
  if (group.length > 0) packets.push(packGroup(group, options));
  return packets;
}

/**
 * Of the records proposed for one name those that a probe can hold: the same choice for what is sent and for what is
 * compared in a tie-break, or two hosts would each lose to what the other left out. RFC 6762 §8.2, §17
 */
export function fittingRecords(
  name: Name,
  records: readonly ResourceRecord[],
  { payload }: Pick<PayloadSize, "payload">,
): readonly ResourceRecord[] {
  if (HEADER_SIZE + lengthOf({ name, records }, new Set()) <= payload) return records;
  const fitting: ResourceRecord[] = [];
  for (const record of records) {
    if (HEADER_SIZE + lengthOf({ name, records: [...fitting, record] }, new Set()) <= payload) fitting.push(record);
  }
  return fitting.length > 0 ? fitting : records.slice(0, 1);
}

function packGroup(group: readonly ProposedName[], { unicast, payload, payloadMax }: ProbeOptions): Uint8Array {
  const records = group.flatMap((item) => item.records);
  const writer = new MessageWriter({ response: false, limit: records.length === 1 ? payloadMax : payload });
  for (const { name } of group) writer.addQuestion({ name, type: TYPE.ANY, class: CLASS.IN, unicast });
  for (const record of records) writer.addAuthority(record, { flush: false }); // RFC 6762 §10.2: responses only
  return writer.finish();
}

/** An upper bound of what the name adds to a packet whose names end in `suffixes` already. */
function lengthOf({ name, records }: ProposedName, suffixes: Set<string>): number {
  let length = QUESTION_FIELDS + nameLength(name, suffixes);
  for (const record of records) {
    length += POINTER_SIZE + RECORD_FIELDS + rdataBytes(record).length;
    if (record.data.kind !== "srv") continue;
    length += nameLength(record.data.target, suffixes) - record.data.target.wireLength;
  }
  return length;
}

function nameLength(name: Name, suffixes: Set<string>): number {
  if (suffixes.has(name.key)) return POINTER_SIZE;
  const parent = name.parent();
  const length = suffixes.has(parent.key) ? name.wireLength - parent.wireLength + POINTER_SIZE : name.wireLength;
  suffixes.add(name.key);
  suffixes.add(parent.key);
  return length;
}
