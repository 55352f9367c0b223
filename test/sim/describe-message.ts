import { decodeMessage } from "../../src/mdns/wire/decode.ts";
import type { Message } from "../../src/mdns/wire/message.ts";
import type { Question } from "../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../src/mdns/wire/record.ts";
import { rdataBytes } from "../../src/mdns/wire/record-key.ts";
import { typeName } from "../../src/mdns/wire/record-type.ts";

/** A message in one line: what it is for, then its sections. */
export function describeMessage(bytes: Uint8Array): string {
  const message = readMessage(bytes);
  if (message === undefined) return `unreadable, ${bytes.length} bytes`;
  const parts = [
    messageKind(message) + (message.truncated ? " TC" : ""),
    section("", message.questions.map(describeQuestion)),
    section(message.response ? "" : "known ", message.answers.map(describeRecord)),
    section("authority ", message.authorities.map(describeRecord)),
    section("additional ", message.additionals.map(describeRecord)),
  ];
  return parts.filter((part) => part !== "").join(" | ");
}

const messages = new WeakMap<Uint8Array, { readonly message: Message | undefined }>();

/** The message, or `undefined` when not even its questions can be read. Read once, however many receive the bytes. */
export function readMessage(bytes: Uint8Array): Message | undefined {
  let known = messages.get(bytes);
  if (known === undefined) {
    known = { message: decoded(bytes) };
    messages.set(bytes, known);
  }
  return known.message;
}

function decoded(bytes: Uint8Array): Message | undefined {
  try {
    return decodeMessage(bytes);
  } catch {
    return undefined;
  }
}

/** What a message is for, as far as its sections tell. */
export function messageKind(message: Message): "probe" | "query" | "goodbye" | "response" {
  if (!message.response) return message.authorities.length > 0 ? "probe" : "query";
  return message.answers.length > 0 && message.answers.every(({ ttl }) => ttl === 0) ? "goodbye" : "response";
}

export function describeQuestion(question: Question): string {
  return `${question.name} ${typeName(question.type)}${question.unicast ? " QU" : ""}?`;
}

/** Name, type, TTL, data; `!` marks the cache-flush bit. */
export function describeRecord(record: ResourceRecord): string {
  return `${record.name} ${typeName(record.type)}${record.flush ? "!" : ""} ${record.ttl} ${describeData(record)}`;
}

function describeData(record: ResourceRecord): string {
  const { data } = record;
  switch (data.kind) {
    case "address":
      return data.address;
    case "name":
      return data.target.toString();
    case "srv":
      return `${data.target}:${data.port}`;
    case "nsec":
      return data.types.map(typeName).join("+");
    case "txt":
    case "opt":
    case "opaque":
      return `${rdataBytes(record).length} B`;
  }
}

function section(title: string, entries: readonly string[]): string {
  return entries.length === 0 ? "" : title + entries.join(", ");
}
