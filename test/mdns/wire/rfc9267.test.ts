import { describe, expect, test } from "vitest";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { labels, message, name, pointer, question, record } from "./packet-bytes.ts";

const GOOD = record(name("good", "local"), 1, [10, 0, 0, 1]);
const AFTER_GOOD = 12 + GOOD.length;

/** The good record stays, the other one goes. */
function expectOneLost(packet: Uint8Array): void {
  const { answers, malformed } = decodeMessage(packet);
  expect(answers.map((answer) => answer.name.toString())).toEqual(["good.local"]);
  expect(malformed).toBe(1);
}

describe("RFC 9267 §2, pointers: the record is dropped and the ones before it stay (H-28, H-17, W-28)", () => {
  test.each([
    ["to itself", pointer(AFTER_GOOD)],
    ["to its own labels", [...labels("a"), ...pointer(AFTER_GOOD)]],
    ["forward", pointer(AFTER_GOOD + 2)],
    ["past the end of the message", pointer(0x3fff)],
    ["into the header", pointer(4)],
    ["cut after its first byte", [0xc0]],
  ])("%s", (_what, owner) => {
    expectOneLost(message({ an: 2 }, GOOD, owner.length === 1 ? owner : record(owner, 1, [10, 0, 0, 2])));
  });

  test("two that lead to each other", () => {
    const pair = record(pointer(AFTER_GOOD + 12), 13, pointer(AFTER_GOOD));
    const { answers, malformed } = decodeMessage(
      message({ an: 3 }, GOOD, pair, record(pointer(AFTER_GOOD), 1, [1, 2, 3, 4])),
    );
    expect(answers).toHaveLength(1);
    expect(malformed).toBe(2);
  });

  test("a chain of 1,500 ends at a bound", () => {
    const chain = Array.from({ length: 1_500 }, (_, link) =>
      pointer(link === 0 ? 12 : AFTER_GOOD + 15 + 2 * (link - 1)),
    );
    const holder = record(name("h", "x"), 10, chain.flat());
    const last = AFTER_GOOD + 15 + 2 * (chain.length - 1);
    const { answers, malformed } = decodeMessage(
      message({ an: 3 }, GOOD, holder, record(pointer(last), 1, [1, 2, 3, 4])),
    );
    expect(answers).toHaveLength(2);
    expect(malformed).toBe(1);
  });
});

describe("RFC 9267 §3, lengths of labels and names (H-28, W-29)", () => {
  test.each([
    ["a label type of 01", [0x40, 0x61, 0]],
    ["a label type of 10", [0x80, 0x61, 0]],
    ["a label that passes the end", [63, 0x61]],
  ])("%s ends reading, with the records before it kept", (_what, owner) => {
    expectOneLost(message({ an: 2 }, GOOD, owner));
  });

  test("names of 255 bytes and the final zero are read, longer ones are not", () => {
    const run = labels("x".repeat(63), "x".repeat(63), "x".repeat(63));
    const longest = [...run, ...name("x".repeat(62))];
    expect(longest).toHaveLength(256);
    expect(decodeMessage(message({ an: 1 }, record(longest, 1, [1, 2, 3, 4]))).answers[0]?.name.wireLength).toBe(256);
    expectOneLost(message({ an: 2 }, GOOD, record([...run, ...name("x".repeat(63))], 1, [1, 2, 3, 4])));
  });

  test("a name that grows too long only through its pointer is not read", () => {
    const run = labels("x".repeat(63), "x".repeat(63), "x".repeat(63));
    const first = record([...run, 0], 1, [1, 2, 3, 4]);
    const second = record([...labels("y".repeat(63)), ...pointer(12)], 1, [1, 2, 3, 4]);
    const { answers, malformed } = decodeMessage(message({ an: 2 }, first, second));
    expect([answers.length, malformed]).toEqual([1, 1]);
  });

  test("127 labels are read, and no more", () => {
    const many = (count: number) => [...Array.from({ length: count }, () => [1, 0x61]).flat(), 0];
    expect(decodeMessage(message({ an: 1 }, record(many(127), 1, [1, 2, 3, 4]))).answers[0]?.name.labels).toHaveLength(
      127,
    );
    expectOneLost(message({ an: 2 }, GOOD, record(many(128), 1, [1, 2, 3, 4])));
  });
});

describe("RFC 9267 §4, the end of a name (H-28)", () => {
  test("a name without a final zero ends reading", () => {
    expectOneLost(message({ an: 2 }, GOOD, labels("abc")));
  });

  test("a name in rdata may not run past the rdata (H-21)", () => {
    const cut = record(name("a", "local"), 12, name("b", "local"), { rdlength: 3 });
    const { answers, malformed } = decodeMessage(message({ an: 2 }, GOOD, cut));
    expect([answers.length, malformed]).toEqual([1, 1]);
  });
});

describe("RFC 9267 §5, the length of rdata (H-28, H-10, H-21)", () => {
  test.each([
    ["A of 3", 1, [1, 2, 3]],
    ["A of 5", 1, [1, 2, 3, 4, 5]],
    ["A of 0", 1, []],
    ["AAAA of 4", 28, [1, 2, 3, 4]],
    ["AAAA of 17", 28, new Array(17).fill(1)],
    ["SRV of 6", 33, [0, 0, 0, 0, 0, 1]],
    ["SRV with a byte too many", 33, [0, 0, 0, 0, 0, 1, ...name("a"), 0]],
    ["PTR of 0", 12, []],
    ["PTR with a byte too many", 12, [...name("a"), 0]],
    ["CNAME of 0", 5, []],
    ["MX of 2", 15, [0, 1]],
    ["SOA with one name", 6, name("a")],
    ["OPT with half an option", 41, [0, 1, 0]],
    ["OPT with an option that passes its end", 41, [0, 1, 0, 5, 1]],
    ["NSEC of 0", 47, []],
  ])("%s bytes is dropped, the others stay", (_what, type, rdata) => {
    expectOneLost(message({ an: 2 }, record(name("bad"), type, rdata), GOOD));
  });

  test("rdata that passes the end of the message ends reading", () => {
    expectOneLost(message({ an: 2 }, GOOD, record(name("bad"), 1, [1, 2, 3, 4], { rdlength: 5 })));
    expectOneLost(message({ an: 2 }, GOOD, record(name("bad"), 1, [1, 2, 3, 4], { rdlength: 65_535 })));
  });

  test.each([1, 2, 5, 9])("a record cut %i bytes after its name ends reading", (length) => {
    expectOneLost(message({ an: 2 }, GOOD, record(name("bad"), 1, [1, 2, 3, 4]).subarray(0, 5 + length)));
  });
});

describe("RFC 9267 §6, counts (H-28, H-27, S-10)", () => {
  test.each(["an", "ns", "ar"] as const)("65,535 records announced in %s, none there", (section) => {
    const read = decodeMessage(message({ [section]: 65_535 }));
    expect([read.answers, read.authorities, read.additionals]).toEqual([[], [], []]);
    expect(read.malformed).toBe(1);
  });

  test("65,535 of each announced, one there", () => {
    const { answers, malformed } = decodeMessage(message({ an: 65_535, ns: 65_535, ar: 65_535 }, GOOD));
    expect([answers.length, malformed]).toEqual([1, 1]);
  });

  test("more questions announced than there are is an error of the whole message", () => {
    const packet = message({ qd: 65_535 }, question(name("a"), 1));
    expect(() => decodeMessage(packet)).toThrow(expect.objectContaining({ code: "ERR_WIRE_QUESTION" }));
    expect(() => decodeMessage(message({ qd: 65_535 }))).toThrow(expect.objectContaining({ offset: 12 }));
  });

  test.each([0, 1, 11])("%i bytes are no message", (length) => {
    expect(() => decodeMessage(new Uint8Array(length))).toThrow(expect.objectContaining({ code: "ERR_WIRE_HEADER" }));
  });

  test("bytes after the last record are left alone", () => {
    expect(decodeMessage(message({ an: 1 }, GOOD, [1, 2, 3])).malformed).toBe(0);
  });
});
