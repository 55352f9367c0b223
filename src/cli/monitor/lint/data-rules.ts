import { type ResourceRecord, rdataBytes, TYPE } from "../../../mdns/wire/index.ts";
import { recordsOf } from "../packet.ts";
import { blameRecords, type Rule } from "./rule.ts";

const LONGEST_TXT = 1_300; // bytes
const EQUALS = 0x3d;
const SERVICE = /\._(?:tcp|udp)\.local$/i;

/** What NSEC and TXT records hold. */
export const DATA_RULES: readonly Rule[] = [
  {
    section: "RFC 6762 §6.1",
    level: "must",
    title: "an NSEC whose next name is not its own",
    check: (packet) =>
      blameRecords(recordsOf(packet).filter(({ name, data }) => data.kind === "nsec" && !data.next.equals(name))),
  },
  {
    section: "RFC 6762 §6.1",
    level: "must",
    title: "an NSEC with types above 255 or with its own type",
    check: (packet) =>
      blameRecords(
        recordsOf(packet).filter(
          ({ data }) => data.kind === "nsec" && data.types.some((type) => type > 255 || type === TYPE.NSEC),
        ),
      ),
  },
  {
    section: "RFC 6763 §6.1",
    level: "must",
    title: "a TXT without a single string",
    check: (packet) =>
      blameRecords(recordsOf(packet).filter(({ data }) => data.kind === "txt" && data.strings.length === 0)),
  },
  {
    section: "RFC 6763 §6.2",
    level: "should",
    title: "a TXT of more than 1,300 bytes",
    check: (packet) =>
      blameRecords(
        recordsOf(packet).filter((record) => record.type === TYPE.TXT && rdataBytes(record).length > LONGEST_TXT),
      ),
  },
  {
    section: "RFC 6763 §6.4",
    level: "must",
    title: "a TXT string without a key, or with one that is not printable ASCII",
    check: (packet) => blameRecords(recordsOf(packet).filter((record) => keysOf(record).some(isBadKey))),
  },
  {
    section: "RFC 6763 §6.4",
    level: "should",
    title: "a TXT with a key twice",
    check: (packet) =>
      blameRecords(
        recordsOf(packet).filter((record) => {
          const keys = keysOf(record).map((key) => key.toLowerCase());
          return new Set(keys).size < keys.length;
        }),
      ),
  },
];

/** The keys of a service's TXT record, one character a byte. RFC 6763 §6.4 */
function keysOf({ name, data }: ResourceRecord): readonly string[] {
  if (data.kind !== "txt" || !SERVICE.test(name.toString())) return [];
  return data.strings
    .filter(({ length }) => length > 0)
    .map((bytes) => {
      const end = bytes.indexOf(EQUALS);
      return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("latin1");
    });
}

function isBadKey(key: string): boolean {
  return !/^[ -~]+$/.test(key);
}
