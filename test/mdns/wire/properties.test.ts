import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { glance, nameHash } from "../../../src/mdns/wire/glance.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import type { Name } from "../../../src/mdns/wire/name.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { rdataBytes, recordKey } from "../../../src/mdns/wire/record-key.ts";
import { WireError } from "../../../src/mdns/wire/wire-error.ts";
import { arbitraryMessage } from "./arbitrary-message.ts";
import { PACKETS } from "./fixture-packets.ts";

function recordsOf(message: Message): ResourceRecord[] {
  return [...message.answers, ...message.authorities, ...message.additionals];
}

/** The names that a glance must not miss. */
function namesOf(message: Message): Name[] {
  return [...message.questions, ...recordsOf(message)].map((entry) => entry.name);
}

/** All that a receiver could do with any bytes; nothing but a `WireError` of the decoder may be thrown. */
function receive(bytes: Uint8Array): Message | undefined {
  let message: Message;
  try {
    message = decodeMessage(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
    expect(glance(bytes, { has: () => false })).not.toBe("some");
    return undefined;
  }
  for (const record of recordsOf(message)) {
    recordKey(record);
    rdataBytes(record);
    record.name.toString();
  }
  for (const name of namesOf(message)) {
    expect(glance(bytes, new Set([nameHash(name)]))).toBe("some");
    expect(name.wireLength).toBeLessThanOrEqual(256);
  }
  expect(recordsOf(message).length * 11).toBeLessThanOrEqual(bytes.length);
  return message;
}

/** Everything in a message, in a form that `toEqual` compares by content. */
function contentOf(message: Message): unknown {
  const entry = ({ name, ...rest }: { name: Name }) => ({ ...rest, name: name.wire });
  const record = ({ name, type, class: klass, flush, ttl, data, ...rest }: ResourceRecord) => {
    const rdata = Buffer.from(rdataBytes({ name, type, class: klass, flush, ttl, data, ...rest })).toString("hex");
    return { name: name.wire, type, class: klass, flush, ttl, kind: data.kind, rdata };
  };
  return {
    ...message,
    questions: message.questions.map(entry),
    answers: message.answers.map(record),
    authorities: message.authorities.map(record),
    additionals: message.additionals.map(record),
  };
}

describe("any bytes give a message or one typed error (W-48, H-16, H-28)", () => {
  test("random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        receive(bytes);
      }),
      { numRuns: 2_000 },
    );
  });

  test("random bytes behind a header that promises records", () => {
    const counts = fc.tuple(fc.nat(2), fc.nat(5), fc.nat(5), fc.nat(5));
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 0, 0xc0, 0xc0, 12, 13, 20, 1, 5, 63, 64));
    fc.assert(
      fc.property(counts, fc.array(byte, { maxLength: 200 }), (header, body) => {
        receive(Uint8Array.from([0, 0, 0x84, 0, ...header.flatMap((count) => [0, count]), ...body]));
      }),
      { numRuns: 2_000 },
    );
  });

  test("real packets with bytes changed, taken out and put in", () => {
    const change = fc.tuple(fc.constantFrom("set", "cut", "insert", "end"), fc.nat(1_500), fc.nat(255));
    fc.assert(
      fc.property(
        fc.constantFrom(...PACKETS.values()),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (packet, changes) => {
          let bytes = [...packet];
          for (const [kind, position, byte] of changes) {
            const at = position % (bytes.length + 1);
            if (kind === "set") bytes[at] = byte;
            else if (kind === "cut") bytes.splice(at, 1 + (byte % 20));
            else if (kind === "insert") bytes.splice(at, 0, byte);
            else bytes = bytes.slice(0, at);
          }
          const message = receive(Uint8Array.from(bytes));
          if (message !== undefined && recordsOf(message).length > 0) encodeMessage(message);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("every byte of the real packets, set to each value that could matter", () => {
    for (const packet of PACKETS.values()) {
      for (let at = 0; at < packet.length; at++) {
        for (const byte of [0x00, 0x3f, 0x40, 0x80, 0xc0, 0xff]) {
          const bytes = packet.slice();
          bytes[at] = byte;
          try {
            decodeMessage(bytes);
          } catch (error) {
            if (!(error instanceof WireError)) throw error;
          }
        }
      }
    }
  });
});

describe("any message comes back as it was written", () => {
  test.each(["multicast", "legacy"] as const)("in mode %s (W-20 to W-26)", (compress) => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        expect(contentOf(decodeMessage(encodeMessage(message, { compress })))).toEqual(contentOf(message));
      }),
      { numRuns: 300 },
    );
  });

  test("and writing what was read gives the same bytes, from a Buffer as from an array", () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        const bytes = encodeMessage(message);
        expect(encodeMessage(decodeMessage(bytes))).toEqual(bytes);
        expect(encodeMessage(decodeMessage(Buffer.from(bytes)))).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
  });

  test("and equal records have equal keys on both sides (A-25)", () => {
    fc.assert(
      fc.property(arbitraryMessage, (message) => {
        const back = decodeMessage(encodeMessage(message));
        expect(recordsOf(back).map(recordKey)).toEqual(recordsOf(message).map(recordKey));
      }),
      { numRuns: 300 },
    );
  });
});
