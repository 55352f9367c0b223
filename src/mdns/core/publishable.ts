import { HEADER_SIZE, POINTER_SIZE, QUESTION_FIELDS, RECORD_FIELDS } from "../wire/message-format.ts";
import type { Name } from "../wire/name.ts";
import { rdataBytes } from "../wire/record-key.ts";
import { isPseudoType } from "../wire/record-type.ts";
import { CoreError } from "./core-error.ts";
import type { OwnRecord } from "./own-record.ts";

const PROBE_QUESTION = QUESTION_FIELDS + POINTER_SIZE; // which stands in place of the record's name
const META_TYPES = { first: 128, last: 255 } as const; // RFC 6895 §3.1
const TYPE_MAX = 0xffff;
const CLASS_MAX = 0x7fff; // RFC 6762 §22
const TTL_MAX = 0x7fffffff; // RFC 2181 §8

/**
 * Checks that records can be published together.
 * @returns the name that the unique ones have in common; undefined when there are none
 * @throws {@link CoreError} that says which record is at fault
 */
export function checkPublishable(records: readonly OwnRecord[], payloadMax: number): Name | undefined {
  let probed: Name | undefined;
  for (const { record, ownership } of records) {
    const where = `record ${record.name} of type ${record.type}`;
    if (!isData(record.type)) {
      throw new CoreError("ERR_MDNS_RECORD_TYPE", `${where}: only types of data can be published`);
    }
    if (!Number.isInteger(record.class) || record.class < 0 || record.class > CLASS_MAX) {
      throw new CoreError("ERR_MDNS_RECORD_CLASS", `${where}: class ${record.class} is not within 0 to ${CLASS_MAX}`);
    }
    if (!Number.isInteger(record.ttl) || record.ttl < 1 || record.ttl > TTL_MAX) {
      throw new CoreError("ERR_MDNS_RECORD_TTL", `${where}: TTL ${record.ttl} is not within 1 to ${TTL_MAX} seconds`);
    }
    const proposal = ownership === "unique" ? record.name.wireLength + PROBE_QUESTION : 0;
    const length = record.name.wireLength + RECORD_FIELDS + rdataBytes(record).length;
    if (HEADER_SIZE + proposal + length > payloadMax) {
      throw new CoreError("ERR_MDNS_RECORD_TOO_LARGE", `${where} does not fit in a packet of ${payloadMax} bytes`);
    }
    if (ownership !== "unique") continue;
    if (probed !== undefined && !probed.equals(record.name)) {
      throw new CoreError(
        "ERR_MDNS_CLAIM_NAMES",
        `unique records of one claim have two names: ${probed}, ${record.name}`,
      );
    }
    probed = record.name;
  }
  return probed;
}

function isData(type: number): boolean {
  if (!Number.isInteger(type) || type < 1 || type > TYPE_MAX || isPseudoType(type)) return false;
  return type < META_TYPES.first || type > META_TYPES.last;
}
