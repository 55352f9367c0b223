import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { MessageWriter } from "../../../src/mdns/wire/message-writer.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { arbitraryRecord } from "./arbitrary-message.ts";

function ptr(instance: string): ResourceRecord {
  const name = Name.parse("_ipp._tcp.local");
  return { name, type: 12, class: 1, flush: false, ttl: 4_500, data: { kind: "name", target: name.child(instance) } };
}

const big: ResourceRecord = { ...ptr("x"), type: 99, data: { kind: "opaque", bytes: new Uint8Array(3_000) } };

describe("the limit (W-36, W-37, W-39)", () => {
  test("what does not fit is refused and leaves no trace", () => {
    fc.assert(
      fc.property(fc.array(arbitraryRecord, { maxLength: 12 }), fc.integer({ min: 12, max: 400 }), (records, limit) => {
        const writer = new MessageWriter({ response: true, limit });
        const taken = records.filter((record) => writer.addAnswer(record));
        const bytes = writer.finish();
        expect(bytes.length).toBe(writer.size);
        expect(bytes.length).toBeLessThanOrEqual(limit);
        expect(bytes).toEqual(encodeMessage({ response: true, answers: taken }));
        expect(writer.counts).toEqual({ questions: 0, answers: taken.length, authorities: 0, additionals: 0 });
      }),
      { numRuns: 300 },
    );
  });

  test("a thousand refusals do no harm", () => {
    const writer = new MessageWriter({ response: true, limit: 100 });
    writer.addAnswer(ptr("first"));
    for (let count = 0; count < 1_000; count++) {
      const name = Name.of([`n${count}`, `${count}m`, "x".repeat(60)]);
      expect(writer.addAnswer({ ...big, name })).toBe(false);
    }
    expect(writer.addAnswer(ptr("second"))).toBe(true);
    expect(decodeMessage(writer.finish()).answers).toHaveLength(2);
  });

  test("a record fits exactly when the limit is its size", () => {
    const { length } = encodeMessage({ response: true, answers: [ptr("x")] });
    expect(new MessageWriter({ response: true, limit: length }).addAnswer(ptr("x"))).toBe(true);
    expect(new MessageWriter({ response: true, limit: length - 1 }).addAnswer(ptr("x"))).toBe(false);
  });

  test("one record larger than an MTU fits with the limit of RFC 6762 §17 (W-37, W-39)", () => {
    expect(new MessageWriter({ response: true, limit: 1_472 }).addAnswer(big)).toBe(false);
    const writer = new MessageWriter({ response: true, limit: 8_972 });
    expect(writer.addAnswer(big)).toBe(true);
    expect(decodeMessage(writer.finish()).answers).toHaveLength(1);
  });
});

describe("what is written", () => {
  test("sections, id, TC and RD (W-05, W-08, U-03)", () => {
    const writer = new MessageWriter({ id: 7, response: true, recursionDesired: true, limit: 1_472, mode: "legacy" });
    writer.addQuestion({ name: Name.parse("_ipp._tcp.local"), type: 12, class: 1, unicast: false });
    writer.addAnswer(ptr("a"));
    writer.addAuthority(ptr("b"));
    writer.addAdditional(ptr("c"));
    writer.setTruncated();
    expect(decodeMessage(writer.finish())).toMatchObject({
      id: 7,
      response: true,
      authoritative: true,
      truncated: true,
      recursionDesired: true,
      rcode: 0,
      questions: [{ type: 12 }],
    });
    expect(writer.counts).toEqual({ questions: 1, answers: 1, authorities: 1, additionals: 1 });
  });

  test("a query has AA clear (W-08)", () => {
    const message = decodeMessage(new MessageWriter({ response: false, truncated: true, limit: 512 }).finish());
    expect(message).toMatchObject({ response: false, authoritative: false, truncated: true, id: 0 });
  });

  test("overrides replace TTL and flush bit, and nothing else (U-05, U-06)", () => {
    const writer = new MessageWriter({ response: true, limit: 1_472 });
    const unique = { ...ptr("a"), flush: true };
    writer.addAnswer(unique, { ttl: 0 });
    writer.addAnswer(unique, { ttl: 10, flush: false });
    writer.addAnswer(unique);
    expect(decodeMessage(writer.finish()).answers.map(({ ttl, flush }) => [ttl, flush])).toEqual([
      [0, true],
      [10, false],
      [4_500, true],
    ]);
  });

  test("finish gives a copy of its own, and the writer can go on", () => {
    const writer = new MessageWriter({ response: true, limit: 1_472 });
    writer.addAnswer(ptr("a"));
    const first = writer.finish();
    const saved = first.slice();
    writer.addAnswer(ptr("b"));
    expect(first).toEqual(saved);
    expect(decodeMessage(writer.finish()).answers).toHaveLength(2);
  });

  test("a message begun in used memory is like one in new, whatever that held (H-24)", () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryRecord, { maxLength: 6 }),
        fc.array(arbitraryRecord, { maxLength: 6 }),
        (earlier, records) => {
          const options = { response: true, limit: 4_000 };
          const write = (writer: MessageWriter, answers: typeof records) => {
            for (const record of answers) writer.addAnswer(record);
            return writer.finish();
          };
          const used = new MessageWriter({ id: 7, response: false, truncated: true, limit: 4_000, mode: "legacy" });
          used.addQuestion({ name: Name.root, type: 1, class: 1, unicast: false });
          write(used, earlier);
          used.begin(options);
          expect(write(used, records)).toEqual(write(new MessageWriter(options), records));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("mistakes", () => {
  test("sections cannot be filled out of order", () => {
    const writer = new MessageWriter({ response: true, limit: 1_472 });
    writer.addAuthority(ptr("a"));
    expect(() => writer.addAnswer(ptr("b"))).toThrow("answers must be written before authorities");
    expect(() => writer.addQuestion({ name: Name.root, type: 1, class: 1, unicast: false })).toThrow();
  });

  test("a record that cannot be written leaves no trace", () => {
    const writer = new MessageWriter({ response: true, limit: 1_472 });
    const bad: ResourceRecord = {
      ...ptr("a"),
      data: { kind: "srv", priority: 0, weight: 0, port: -1, target: Name.root },
    };
    expect(() => writer.addAnswer(bad)).toThrow(expect.objectContaining({ code: "ERR_WIRE_FIELD" }));
    expect(writer.size).toBe(12);
    writer.addAnswer(ptr("a"));
    expect(writer.finish()).toEqual(encodeMessage({ response: true, answers: [ptr("a")] }));
  });

  test.each([11, 65_536, 1.5, Number.NaN])("a limit of %d is refused", (limit) => {
    expect(() => new MessageWriter({ response: true, limit })).toThrow(
      expect.objectContaining({ code: "ERR_WIRE_FIELD" }),
    );
  });

  test("of records that go together nothing is written when one cannot be", () => {
    const writer = new MessageWriter({ response: true, limit: 1_000 });
    writer.addAnswer(ptr("first"));
    const { size, counts } = writer;
    expect(() => writer.addAdditionals([ptr("second"), { ...ptr("third"), ttl: -1 }])).toThrow("ttl");
    expect(writer.size).toBe(size);
    expect(writer.counts).toEqual(counts);
    expect(writer.addAnswer(ptr("fourth"))).toBe(true);
  });
});
