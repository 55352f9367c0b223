import fc from "fast-check";
import type { Message } from "../../../src/mdns/wire/message.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { RecordData, ResourceRecord } from "../../../src/mdns/wire/record.ts";

const word = fc.nat(0xffff);
const byteArray = (maxLength: number) => fc.uint8Array({ maxLength });

/** Few labels, so that endings are shared and compression has something to do. */
const label = fc.oneof(
  fc.constantFrom("local", "LOCAL", "_tcp", "_http", "printer", "a.b", "é"),
  fc.uint8Array({ minLength: 1, maxLength: 12 }),
);
export const arbitraryName: fc.Arbitrary<Name> = fc.array(label, { maxLength: 6 }).map((labels) => Name.of(labels));

const ipv4 = byteArray(4).map((bytes) => [0, 1, 2, 3].map((at) => bytes[at] ?? 0).join("."));
/** Already canonical: two groups of zeros at most, and never side by side. */
const ipv6 = fc
  .array(fc.constantFrom("1", "abc", "fe80", "ffff"), { minLength: 2, maxLength: 6 })
  .map((groups) => `${groups.join(":")}::5`);

const BY_TYPE: readonly [readonly number[], fc.Arbitrary<RecordData>][] = [
  [[1], ipv4.map((address) => ({ kind: "address", address }))],
  [[28], ipv6.map((address) => ({ kind: "address", address }))],
  [[2, 5, 12, 39], arbitraryName.map((target) => ({ kind: "name", target }))],
  [
    [33],
    fc
      .tuple(word, word, word, arbitraryName)
      .map(([priority, weight, port, target]) => ({ kind: "srv", priority, weight, port, target })),
  ],
  [
    [16],
    fc
      .array(fc.oneof(byteArray(20), fc.uint8Array({ minLength: 250, maxLength: 255 })), { minLength: 1, maxLength: 4 })
      .map((strings) => ({
        kind: "txt",
        strings,
      })),
  ],
  [
    [47],
    fc
      .tuple(arbitraryName, fc.uniqueArray(fc.oneof(fc.nat(255), word), { maxLength: 8 }))
      .map(([next, types]) => ({ kind: "nsec", next, types: types.sort((a, b) => a - b) })),
  ],
  [
    [41],
    fc
      .array(fc.record({ code: word, data: byteArray(10) }), { maxLength: 3 })
      .map((options) => ({ kind: "opt", options })),
  ],
  [[10, 13, 99, 65_280], byteArray(40).map((bytes) => ({ kind: "opaque", bytes }))],
  [
    [15, 18, 21, 36, 64, 65],
    fc.tuple(word, arbitraryName).map(([preference, name]) => ({
      kind: "opaque",
      bytes: Uint8Array.of(preference >> 8, preference & 0xff, ...wireOf(name)),
    })),
  ],
  [
    [6, 17],
    fc.tuple(arbitraryName, arbitraryName, byteArray(20)).map(([one, two, rest]) => ({
      kind: "opaque",
      bytes: Uint8Array.of(...wireOf(one), ...wireOf(two), ...rest),
    })),
  ],
];

function wireOf(name: Name): number[] {
  return [...Buffer.from(name.wire, "latin1"), 0];
}

export const arbitraryRecord: fc.Arbitrary<ResourceRecord> = fc
  .constantFrom(...BY_TYPE)
  .chain(([types, data]) =>
    fc.record({
      name: arbitraryName,
      type: fc.constantFrom(...types),
      class: fc.oneof(fc.constant(1), fc.nat(0x7fff)),
      flush: fc.boolean(),
      ttl: fc.oneof(fc.constantFrom(0, 120, 4_500), fc.nat(0xffffffff)),
      data,
    }),
  )
  .map((record) => (record.type === 41 ? { ...record, flush: false } : record));

const arbitraryQuestion: fc.Arbitrary<Question> = fc.record({
  name: arbitraryName,
  type: word,
  class: fc.nat(0x7fff),
  unicast: fc.boolean(),
});

const section = fc.array(arbitraryRecord, { maxLength: 6 });

export const arbitraryMessage: fc.Arbitrary<Message> = fc.record({
  id: word,
  response: fc.boolean(),
  opcode: fc.nat(15),
  authoritative: fc.boolean(),
  truncated: fc.boolean(),
  recursionDesired: fc.boolean(),
  recursionAvailable: fc.boolean(),
  authenticData: fc.boolean(),
  checkingDisabled: fc.boolean(),
  rcode: fc.nat(15),
  questions: fc.array(arbitraryQuestion, { maxLength: 4 }),
  answers: section,
  authorities: section,
  additionals: section,
  malformed: fc.constant(0),
});
