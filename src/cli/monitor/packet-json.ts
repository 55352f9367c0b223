import { type Question, type ResourceRecord, rdataBytes, typeName } from "../../mdns/wire/index.ts";
import { recordText } from "../record-text.ts";
import { flagNames } from "./header-flags.ts";
import type { Finding } from "./lint/rule.ts";
import type { Packet, ReadablePacket } from "./packet.ts";
import { dateOf } from "./wall-time.ts";

/** What `--json` prints for a packet; keys are only ever added. */
export function packetJson(packet: Packet, findings: readonly Finding[]): object {
  return {
    event: "packet",
    time: dateOf(packet.at)?.toISOString(),
    interface: packet.interface,
    source: packet.source,
    sourcePort: packet.sourcePort,
    destination: packet.destination,
    destinationPort: packet.destinationPort,
    ttl: packet.ttl,
    size: packet.payload.length,
    kind: packet.kind,
    ...(packet.message === undefined ? { raw: Buffer.from(packet.payload).toString("base64") } : messageJson(packet)),
    findings: findings.map(({ rule: { section, level, title }, blame }) => ({ section, level, title, blame })),
  };
}

function messageJson(packet: ReadablePacket): object {
  const { id, opcode, rcode, malformed, questions, answers, authorities, additionals } = packet.message;
  return {
    id,
    flags: flagNames(packet),
    opcode,
    rcode,
    malformed,
    questions: questions.map(questionJson),
    answers: answers.map(recordJson),
    authorities: authorities.map(recordJson),
    additionals: additionals.map(recordJson),
  };
}

function questionJson({ name, type, class: klass, unicast }: Question): object {
  return { name: name.toString(), type: typeName(type), class: klass, unicast };
}

function recordJson(record: ResourceRecord): object {
  const { name, type, class: klass, flush, ttl, data } = record;
  return {
    name: name.toString(),
    type: typeName(type),
    class: klass,
    flush,
    ttl,
    data: recordText(data),
    rdata: Buffer.from(rdataBytes(record)).toString("base64"),
  };
}
