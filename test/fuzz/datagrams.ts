import fc from "fast-check";
import type { Datagram, Family } from "../../src/mdns/core/datagram.ts";
import type { OwnRecord } from "../../src/mdns/core/own-record.ts";
import { encodeMessage } from "../../src/mdns/wire/encode.ts";
import { Name } from "../../src/mdns/wire/name.ts";
import type { Question } from "../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../src/mdns/wire/record.ts";
import { CLASS } from "../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../src/mdns/wire/record-type.ts";

// Few names and little data, so that packets meet our claims, questions and cached records all the time.
const name = fc
  .constantFrom("x.local", "y.local", "S._t._tcp.local", "R._t._tcp.local", "_t._tcp.local", "alias.local", ".")
  .map((text) => Name.parse(text));
const type = fc.constantFrom(
  TYPE.A,
  TYPE.AAAA,
  TYPE.PTR,
  TYPE.SRV,
  TYPE.TXT,
  TYPE.NSEC,
  TYPE.CNAME,
  TYPE.ANY,
  0,
  65_280,
);
const klass = fc.constantFrom(CLASS.IN, CLASS.ANY, 3);
const ttl = fc.constantFrom(0, 1, 3, 59, 60, 119, 120, 4_500, 0x7fffffff, 0xffffffff);

/** A question that may meet what is claimed, asked and cached. */
export const question: fc.Arbitrary<Question> = fc.record({ name, type, class: klass, unicast: fc.boolean() });

function dataFor(recordType: number): fc.Arbitrary<ResourceRecord["data"]> {
  const kind = <K extends ResourceRecord["data"]["kind"]>(value: K) => fc.constant(value);
  switch (recordType) {
    case TYPE.A:
      return fc.record({ kind: kind("address"), address: fc.constantFrom("10.77.0.1", "10.77.0.2", "10.77.0.9") });
    case TYPE.AAAA:
      return fc.record({ kind: kind("address"), address: fc.constantFrom("fe80::1", "fe80::9") });
    case TYPE.PTR:
    case TYPE.CNAME:
      return fc.record({ kind: kind("name"), target: name });
    case TYPE.SRV:
      return fc.record({
        kind: kind("srv"),
        priority: fc.constant(0),
        weight: fc.constant(0),
        port: fc.constantFrom(80, 81),
        target: name,
      });
    case TYPE.TXT:
      return fc.record({ kind: kind("txt"), strings: fc.array(fc.uint8Array({ maxLength: 3 }), { maxLength: 2 }) });
    case TYPE.NSEC:
      return fc.record({ kind: kind("nsec"), next: name, types: fc.subarray([1, 12, 16, 28, 33, 47]) });
    default:
      return fc.record({ kind: kind("opaque"), bytes: fc.uint8Array({ maxLength: 6 }) });
  }
}

/** A record of a few names, with data of its type. */
export const record: fc.Arbitrary<ResourceRecord> = fc
  .tuple(name, type, fc.constantFrom(CLASS.IN, 3), ttl, fc.boolean())
  .chain(([owner, recordType, recordClass, lifetime, flush]) =>
    dataFor(recordType).map((data) => ({
      name: owner,
      type: recordType,
      class: recordClass,
      ttl: lifetime,
      flush,
      data,
    })),
  );

const message = fc
  .record({
    id: fc.nat({ max: 0xffff }),
    response: fc.boolean(),
    truncated: fc.boolean(),
    questions: fc.array(question, { maxLength: 3 }),
    answers: fc.array(record, { maxLength: 4 }),
    authorities: fc.array(record, { maxLength: 2 }),
    additionals: fc.array(record, { maxLength: 2 }),
  })
  .map((parts) => encodeMessage(parts));

const damaged = fc
  .tuple(message, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }), fc.nat())
  .map(([bytes, changes, cut]) => {
    const copy = Uint8Array.from(bytes);
    for (const [at, value] of changes) copy[at % copy.length] = value;
    return cut % 5 === 0 ? copy.subarray(0, cut % (copy.length + 1)) : copy;
  });

/** From neighbours, strangers and this host itself, to the group and directly. */
export const datagram: fc.Arbitrary<Datagram> = fc.record({
  bytes: fc.oneof(
    { weight: 8, arbitrary: message },
    { weight: 2, arbitrary: damaged },
    fc.uint8Array({ maxLength: 40 }),
  ),
  source: fc.record({
    family: fc.constantFrom<Family>("ipv4", "ipv6"),
    address: fc.constantFrom("10.77.0.2", "10.77.0.3", "fe80::2"),
    port: fc.constantFrom(5353, 5353, 5353, 40_000, 0),
  }),
  to: fc.constantFrom("group" as const, "group" as const, "host" as const),
  onLink: fc.constantFrom(true, true, false),
  fromThisHost: fc.constantFrom(false, false, false, true),
});

/** What may be claimed together: unique records of one name, perhaps with shared ones. */
export const own: fc.Arbitrary<OwnRecord[]> = fc.constantFrom("x.local", "S._t._tcp.local").chain((text) => {
  const owner = Name.parse(text);
  const unique = fc
    .oneof(...[TYPE.A, TYPE.SRV, TYPE.TXT].map((ownType) => fc.tuple(fc.constant(ownType), dataFor(ownType))))
    .map(([ownType, data]): OwnRecord => ({ record: held(owner, ownType, data, 120), ownership: "unique" }));
  const shared = dataFor(TYPE.PTR).map(
    (data): OwnRecord => ({
      record: held(Name.parse("_t._tcp.local"), TYPE.PTR, data, 4_500),
      ownership: "shared",
    }),
  );
  return fc
    .tuple(fc.array(unique, { minLength: 1, maxLength: 3 }), fc.array(shared, { maxLength: 2 }))
    .map((sets) => sets.flat());
});

function held(owner: Name, recordType: number, data: ResourceRecord["data"], lifetime: number): ResourceRecord {
  return { name: owner, type: recordType, class: CLASS.IN, flush: false, ttl: lifetime, data };
}
