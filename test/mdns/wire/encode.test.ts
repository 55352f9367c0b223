import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { RecordData, ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { PACKETS } from "./fixture-packets.ts";
import { bytes, labels, message, name, pointer, question, record } from "./packet-bytes.ts";

const owner = Name.parse("host.local");
const OWNER = name("host", "local");

function make(type: number, data: RecordData, more: Partial<ResourceRecord> = {}): ResourceRecord {
  return { name: owner, type, class: 1, flush: true, ttl: 120, data, ...more };
}

describe("real packets come back byte for byte when read and written (W-22, W-23)", () => {
  test.each([
    ["announcement-homekit", 414],
    ["query-20-known-answers", 793],
    ["real-avahi-announcement", 965],
    ["response-60-records", 1_382],
  ])("%s in %i bytes", (file, size) => {
    const packet = PACKETS.get(file) as Uint8Array;
    expect(packet).toHaveLength(size);
    expect(encodeMessage(decodeMessage(packet))).toEqual(packet);
  });
});

describe("the header", () => {
  test("a plain response has flag word 0x8400, a plain query 0x0000, both id 0 (W-01, W-02, W-05, W-06, W-08, W-13, W-15)", () => {
    expect([...encodeMessage({ response: true })]).toEqual([0, 0, 0x84, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...encodeMessage({})]).toEqual(new Array(12).fill(0));
  });

  test("each flag has its bit", () => {
    for (const flags of [0x8000, 0x7800, 0x0400, 0x0200, 0x0100, 0x0080, 0x0020, 0x0010, 0x000f]) {
      const packet = message({ flags, id: 7 });
      expect(encodeMessage(decodeMessage(packet))).toEqual(packet);
    }
  });
});

describe("compression", () => {
  test("questions after the first, answers and authorities point back (W-22)", () => {
    const other = Name.parse("other.local");
    const packet = encodeMessage({
      questions: [
        { name: owner, type: 255, class: 1, unicast: true },
        { name: other, type: 255, class: 1, unicast: false },
      ],
      answers: [make(1, { kind: "address", address: "1.2.3.4" }, { flush: false })],
      authorities: [make(1, { kind: "address", address: "1.2.3.4" }, { name: other, flush: false })],
    });
    expect(packet).toEqual(
      message(
        { flags: 0, qd: 2, an: 1, ns: 1 },
        question(OWNER, 255, 0x8001),
        question([...labels("other"), ...pointer(17)], 255),
        record(pointer(12), 1, [1, 2, 3, 4], { class: 1 }),
        record(pointer(28), 1, [1, 2, 3, 4], { class: 1 }),
      ),
    );
  });

  const plain = (...parts: number[][]): RecordData => ({ kind: "opaque", bytes: bytes(...parts) });
  test.each<[string, number, RecordData, number[]]>([
    ["NS", 2, { kind: "name", target: owner }, pointer(12)],
    ["CNAME", 5, { kind: "name", target: owner }, pointer(12)],
    ["PTR", 12, { kind: "name", target: owner }, pointer(12)],
    ["DNAME", 39, { kind: "name", target: owner }, pointer(12)],
    ["SRV", 33, { kind: "srv", priority: 0, weight: 0, port: 1, target: owner }, [0, 0, 0, 0, 0, 1, ...pointer(12)]],
    ["NSEC", 47, { kind: "nsec", next: owner, types: [1] }, [...pointer(12), 0, 1, 0x40]],
    ["SOA", 6, plain(OWNER, OWNER, new Array(20).fill(1)), [...pointer(12), ...pointer(12), ...new Array(20).fill(1)]],
    ["MX", 15, plain([0, 1], OWNER), [0, 1, ...pointer(12)]],
    ["AFSDB", 18, plain([0, 1], OWNER), [0, 1, ...pointer(12)]],
    ["RT", 21, plain([0, 1], OWNER), [0, 1, ...pointer(12)]],
    ["KX", 36, plain([0, 1], OWNER), [0, 1, ...pointer(12)]],
    ["RP", 17, plain(OWNER, OWNER), [...pointer(12), ...pointer(12)]],
    ["PX", 26, plain([0, 1], OWNER, OWNER), [0, 1, ...pointer(12), ...pointer(12)]],
  ])("names in %s are compressed (W-23)", (_what, type, data, rdata) => {
    expect(encodeMessage({ response: true, answers: [make(type, data)] })).toEqual(
      message({ an: 1 }, record(OWNER, type, rdata)),
    );
  });

  test.each<[string, number, number[]]>([
    ["NAPTR", 35, [0, 1, 0, 2, 0, 0, 0, ...OWNER]],
    ["RRSIG", 46, [...new Array(18).fill(1), ...OWNER, 1]],
    ["SVCB", 64, [0, 1, ...OWNER]],
    ["an unknown type", 65_280, OWNER],
  ])("names in %s are not (W-24)", (_what, type, rdata) => {
    expect(encodeMessage({ response: true, answers: [make(type, plain(rdata))] })).toEqual(
      message({ an: 1 }, record(OWNER, type, rdata)),
    );
  });

  test("in legacy replies the names in SRV and NSEC stay whole, others do not (U-07)", () => {
    const answers = [
      make(33, { kind: "srv", priority: 0, weight: 0, port: 1, target: owner }),
      make(47, { kind: "nsec", next: owner, types: [1] }),
      make(12, { kind: "name", target: owner }),
    ];
    expect(encodeMessage({ response: true, answers }, { compress: "legacy" })).toEqual(
      message(
        { an: 3 },
        record(OWNER, 33, [0, 0, 0, 0, 0, 1, ...OWNER]),
        record(pointer(12), 47, [...OWNER, 0, 1, 0x40]),
        record(pointer(12), 12, pointer(12)),
      ),
    );
  });

  test("a name in another case is written in its own (W-34)", () => {
    const packet = encodeMessage({ answers: [make(12, { kind: "name", target: Name.parse("HOST.local") })] });
    const data = decodeMessage(packet).answers[0]?.data;
    expect(data?.kind === "name" && data.target.toString()).toBe("HOST.local");
    expect(packet).toHaveLength(12 + 12 + 10 + 7);
  });

  test("a rdata of bytes that do not fit the type's layout is written as it is", () => {
    const rdata = [0, 1, 5, 0x61];
    const packet = encodeMessage({ response: true, answers: [make(15, plain(rdata))] });
    expect(packet).toEqual(message({ an: 1 }, record(OWNER, 15, rdata)));
  });

  test("no pointer leads further than 14 bits allow (W-22)", () => {
    const filler = make(10, { kind: "opaque", bytes: new Uint8Array(16_384) }, { name: Name.parse("a.b") });
    const late = make(10, { kind: "opaque", bytes: new Uint8Array(0) });
    const read = decodeMessage(encodeMessage({ answers: [filler, late, late] }));
    expect(read.answers.map((answer) => answer.name.toString())).toEqual(["a.b", "host.local", "host.local"]);
  });
});

describe("TXT", () => {
  test("no strings and one empty string are one zero byte (T-02)", () => {
    for (const strings of [[], [new Uint8Array(0)]]) {
      const packet = encodeMessage({ response: true, answers: [make(16, { kind: "txt", strings })] });
      expect(packet).toEqual(message({ an: 1 }, record(OWNER, 16, [0])));
    }
  });

  test("a string has at most 255 bytes (T-01)", () => {
    const answers = (length: number) => [make(16, { kind: "txt", strings: [new Uint8Array(length)] })];
    expect(encodeMessage({ answers: answers(255) })).toHaveLength(12 + 12 + 10 + 256);
    expect(() => encodeMessage({ answers: answers(256) })).toThrow(expect.objectContaining({ code: "ERR_WIRE_RDATA" }));
  });
});

describe("what cannot be written is refused", () => {
  const a: RecordData = { kind: "address", address: "1.2.3.4" };
  const srv = { kind: "srv", priority: 0, weight: 0, port: 0, target: owner } as const;
  test.each<[string, ResourceRecord, string]>([
    ["a class over 15 bits (W-51)", make(1, a, { class: 0x8001 }), "ERR_WIRE_FIELD"],
    ["a negative TTL", make(1, a, { ttl: -1 }), "ERR_WIRE_FIELD"],
    ["a TTL over 32 bits", make(1, a, { ttl: 2 ** 32 }), "ERR_WIRE_FIELD"],
    ["a TTL that is no integer", make(1, a, { ttl: 1.5 }), "ERR_WIRE_FIELD"],
    ["a type over 16 bits", make(65_536, a), "ERR_WIRE_FIELD"],
    ["a port over 16 bits", make(33, { ...srv, port: 65_536 }), "ERR_WIRE_FIELD"],
    ["a type over 16 bits in NSEC", make(47, { kind: "nsec", next: owner, types: [65_536] }), "ERR_WIRE_FIELD"],
    ["an IPv6 address in A", make(1, { kind: "address", address: "::1" }), "ERR_WIRE_ADDRESS"],
    ["an IPv4 address in AAAA", make(28, a), "ERR_WIRE_ADDRESS"],
    ["no address", make(1, { kind: "address", address: "host" }), "ERR_WIRE_ADDRESS"],
    ["rdata over 65,535 bytes", make(99, { kind: "opaque", bytes: new Uint8Array(65_536) }), "ERR_WIRE_RDATA"],
    ["data of no known kind", make(1, { kind: "what" } as unknown as RecordData), "ERR_WIRE_RDATA"],
  ])("%s", (_what, answer, code) => {
    expect(() => encodeMessage({ answers: [answer] })).toThrow(expect.objectContaining({ code }));
    expect(encodeMessage({ response: true, answers: [make(1, a)] })).toEqual(
      message({ an: 1 }, record(OWNER, 1, [1, 2, 3, 4])),
    );
  });

  test("a question's class over 15 bits (W-51)", () => {
    const questions = [{ name: owner, type: 1, class: 0x8001, unicast: false }];
    expect(() => encodeMessage({ questions })).toThrow(expect.objectContaining({ code: "ERR_WIRE_FIELD" }));
  });

  test("a message over 65,535 bytes", () => {
    const big = make(99, { kind: "opaque", bytes: new Uint8Array(40_000) });
    for (const count of [2, 10]) {
      expect(() => encodeMessage({ answers: new Array(count).fill(big) })).toThrow(
        expect.objectContaining({ code: "ERR_WIRE_SIZE" }),
      );
    }
  });

  test("an id, an opcode or an rcode out of range", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("id", "opcode", "rcode"),
        fc.constantFrom(-1, 65_536, 0.5, Number.NaN),
        (field, value) => {
          expect(() => encodeMessage({ [field]: value })).toThrow(expect.objectContaining({ code: "ERR_WIRE_FIELD" }));
        },
      ),
    );
  });
});
