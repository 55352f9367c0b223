import dnsPacket from "dns-packet";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { RecordData, ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { typeName } from "../../../src/mdns/wire/record-type.ts";
import { PACKETS } from "./fixture-packets.ts";

// dns-packet joins labels with dots, so only names without dots in labels can be compared.
function plainText(name: Name): string {
  return name.labels.map((label) => Buffer.from(label).toString()).join(".") || ".";
}

function plainData(data: RecordData): unknown {
  switch (data.kind) {
    case "address":
      return data.address;
    case "name":
      return plainText(data.target);
    case "srv":
      return { priority: data.priority, weight: data.weight, port: data.port, target: plainText(data.target) };
    case "txt":
      return data.strings.map((string) => Buffer.from(string));
    case "nsec":
      return { nextDomain: plainText(data.next), rrtypes: data.types.map(typeName) };
    case "opt":
    case "opaque":
      throw new Error(`not compared: ${data.kind}`);
  }
}

function plainRecord({ name, type, class: _, flush, ttl, data }: ResourceRecord): unknown {
  return { name: plainText(name), type: typeName(type), ttl, class: "IN", flush, data: plainData(data) };
}

function expectSame(ours: Message, packet: Uint8Array): void {
  const theirs = dnsPacket.decode(Buffer.from(packet));
  expect(theirs.id).toBe(ours.id);
  expect(theirs.type).toBe(ours.response ? "response" : "query");
  const questions = ours.questions.map(({ name, type }) => ({
    name: plainText(name),
    type: typeName(type),
    class: "IN",
  }));
  expect(theirs.questions).toMatchObject(questions);
  expect(theirs.answers).toEqual(ours.answers.map(plainRecord));
  expect(theirs.authorities).toEqual(ours.authorities.map(plainRecord));
  expect(theirs.additionals).toEqual(ours.additionals.map(plainRecord));
}

describe("dns-packet reads the same", () => {
  test.each([...PACKETS])("in %s", (_file, packet) => {
    expectSame(decodeMessage(packet), packet);
  });

  const label = fc.stringMatching(/^[a-zA-Z0-9_ -]{1,12}$/);
  const name = fc.array(fc.oneof(label, fc.constantFrom("local", "_tcp")), { minLength: 1, maxLength: 4 }).map(Name.of);
  const word = fc.nat(0xffff);
  const data: fc.Arbitrary<[number, RecordData]> = fc.oneof(
    fc.ipV4().map((address): [number, RecordData] => [1, { kind: "address", address }]),
    name.map((target): [number, RecordData] => [12, { kind: "name", target }]),
    fc
      .tuple(word, word, word, name)
      .map(([priority, weight, port, target]): [number, RecordData] => [
        33,
        { kind: "srv", priority, weight, port, target },
      ]),
    fc
      .array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 4 })
      .map((strings): [number, RecordData] => [16, { kind: "txt", strings }]),
    fc
      .tuple(name, fc.uniqueArray(fc.constantFrom(1, 12, 16, 28, 33, 47, 257), { minLength: 1 }))
      .map(([next, types]): [number, RecordData] => [47, { kind: "nsec", next, types: types.sort((a, b) => a - b) }]),
  );
  const record: fc.Arbitrary<ResourceRecord> = fc
    .tuple(name, data, fc.boolean(), fc.nat(0x7fffffff))
    .map(([owner, [type, rdata], flush, ttl]) => ({ name: owner, type, class: 1, flush, ttl, data: rdata }));

  test("what we write", () => {
    const question = fc.record({
      name,
      type: fc.constantFrom(1, 12, 33, 255),
      class: fc.constant(1),
      unicast: fc.constant(false),
    });
    fc.assert(
      fc.property(fc.array(question, { maxLength: 3 }), fc.array(record, { maxLength: 8 }), (questions, answers) => {
        const packet = encodeMessage({ id: 5, response: true, questions, answers, additionals: answers });
        expectSame(decodeMessage(packet), packet);
      }),
      { numRuns: 500 },
    );
  });
});

describe("we read what dns-packet writes", () => {
  test.each([...PACKETS])("of %s", (_file, packet) => {
    const theirs = dnsPacket.encode(dnsPacket.decode(Buffer.from(packet)));
    expectSame(decodeMessage(theirs), packet);
  });
});
