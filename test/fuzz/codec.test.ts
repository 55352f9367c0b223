import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeMessage } from "../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../src/mdns/wire/encode.ts";
import { glance, nameHash } from "../../src/mdns/wire/glance.ts";
import type { Message } from "../../src/mdns/wire/message.ts";
import { rdataBytes, recordKey } from "../../src/mdns/wire/record-key.ts";
import { WireError } from "../../src/mdns/wire/wire-error.ts";
import { CORPUS, mutant } from "./corpus.ts";
import { effort } from "./effort.ts";

function read(bytes: Uint8Array): Message | undefined {
  try {
    return decodeMessage(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
    return undefined;
  }
}

/** All that is done with a packet; returns how many of its parts were read. */
function use(bytes: Uint8Array): number {
  const message = read(bytes);
  if (message === undefined) {
    expect(glance(bytes, { has: () => true })).not.toBe("none");
    return 0;
  }
  const records = [...message.answers, ...message.authorities, ...message.additionals];
  for (const record of records) {
    recordKey(record);
    rdataBytes(record);
    record.name.toString();
  }
  for (const { name } of [...message.questions, ...records]) {
    expect(glance(bytes, new Set([nameHash(name)]))).toBe("some");
  }
  return message.questions.length + records.length;
}

test("any packet that a fuzzer makes is read, or is one typed error; what was read can be written and read again (H-16, H-17, H-28)", () => {
  fc.assert(
    fc.property(mutant, (bytes) => {
      const parts = use(bytes);
      const message = read(bytes);
      if (message === undefined || parts === 0) return;
      let again: Uint8Array;
      try {
        again = encodeMessage(message);
      } catch (error) {
        expect(error).toMatchObject({ code: "ERR_WIRE_SIZE" }); // compressed names may unfold beyond any packet
        return;
      }
      expect(use(again)).toBe(parts);
    }),
    effort(1_000),
  );
}, 1_200_000);

test("each packet of the corpus is what its name says", () => {
  expect(CORPUS.length).toBeGreaterThan(10);
  expect(CORPUS.filter((bytes) => use(bytes) > 0).length).toBeGreaterThan(9);
});
