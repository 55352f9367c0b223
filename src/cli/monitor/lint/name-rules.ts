import type { Name, ResourceRecord } from "../../../mdns/wire/index.ts";
import { utf8Text } from "../../byte-text.ts";
import { type ReadablePacket, recordsOf } from "../packet.ts";
import { andMore, type Rule } from "./rule.ts";

const BYTE_ORDER_MARK = "\ufeff";
const LONGEST_SERVICE_NAME = 15;

/** What names are made of. */
export const NAME_RULES: readonly Rule[] = [
  {
    section: "RFC 6762 §16",
    level: "must",
    title: "a name that is not UTF-8",
    check: (packet) => blameNames(packet, (text) => text === undefined),
  },
  {
    section: "RFC 6762 §16",
    level: "must",
    title: "a name that is not in Unicode's composed form (NFC)",
    check: (packet) => blameNames(packet, (text) => text !== undefined && text !== text.normalize("NFC")),
  },
  {
    section: "RFC 6762 §16",
    level: "must",
    title: "a name with a byte order mark",
    check: (packet) => blameNames(packet, (text) => text?.startsWith(BYTE_ORDER_MARK) === true),
  },
  {
    section: "RFC 6763 §7.2",
    level: "must",
    title: "a service name of more than 15 characters",
    check: (packet) =>
      blameNames(packet, (text, next) => {
        const isServiceName = text?.startsWith("_") === true && /^_(?:tcp|udp)$/i.test(next ?? "");
        return isServiceName && text.length > LONGEST_SERVICE_NAME + 1;
      }),
  },
];

/** Blames the names with a label that is wrong; `text` is `undefined` for one that is not UTF-8, as is `next`. */
function blameNames(
  packet: ReadablePacket,
  isWrong: (text: string | undefined, next: string | undefined) => boolean,
): string | undefined {
  const wrong = [...namesOf(packet).values()].filter((name) => {
    const labels = name.labels.map(utf8Text);
    return labels.some((label, index) => isWrong(label, labels[index + 1]));
  });
  const [first] = wrong;
  return first && andMore(first.toString(), wrong.length);
}

function namesOf(packet: ReadablePacket): ReadonlyMap<string, Name> {
  const names = [
    ...packet.message.questions.map(({ name }) => name),
    ...recordsOf(packet).flatMap((record) => [record.name, ...targetOf(record)]),
  ];
  return new Map(names.map((name) => [name.key, name]));
}

function targetOf({ data }: ResourceRecord): readonly Name[] {
  return data.kind === "name" || data.kind === "srv" ? [data.target] : [];
}
