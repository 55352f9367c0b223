import { describe, expect, test } from "vitest";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { labelText } from "../../../src/mdns/wire/name.ts";
import type { RecordData } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { labels, message, name, pointer, question, record } from "./packet-bytes.ts";

const OWNER = name("host", "local");

function dataOf(type: number, rdata: number[]): RecordData | undefined {
  return decodeMessage(message({ an: 1 }, record(OWNER, type, rdata))).answers[0]?.data;
}

describe("the header", () => {
  test("every bit and number is reported as it came (W-05 to W-16)", () => {
    const {
      questions: _,
      answers: __,
      authorities: ___,
      additionals: ____,
      ...header
    } = decodeMessage(message({ id: 0x1234, flags: 0xffff }));
    expect(header).toEqual({
      id: 0x1234,
      response: true,
      opcode: 15,
      authoritative: true,
      truncated: true,
      recursionDesired: true,
      recursionAvailable: true,
      authenticData: true,
      checkingDisabled: true,
      rcode: 15,
      malformed: 0,
    });
  });

  test.each([
    [0x8000, "response"],
    [0x0400, "authoritative"],
    [0x0200, "truncated"],
    [0x0100, "recursionDesired"],
    [0x0080, "recursionAvailable"],
    [0x0020, "authenticData"],
    [0x0010, "checkingDisabled"],
  ])("flag %i is %s alone (W-08)", (flags, field) => {
    const set = Object.entries(decodeMessage(message({ flags }))).filter(([, value]) => value === true);
    expect(set.map(([key]) => key)).toEqual([field]);
  });
});

describe("class words", () => {
  test("bit 15 of a question is QU, the rest the class (W-19)", () => {
    const packet = message({ qd: 2, flags: 0 }, question(OWNER, 255, 0x8001), question(OWNER, 1, 0x7fff));
    expect(decodeMessage(packet).questions).toMatchObject([
      { type: 255, class: 1, unicast: true },
      { type: 1, class: 0x7fff, unicast: false },
    ]);
  });

  test("bit 15 of a record is the cache-flush bit, the rest the class (W-20)", () => {
    const set = record(OWNER, 1, [1, 2, 3, 4], { class: 0x8001 });
    const clear = record(OWNER, 1, [1, 2, 3, 4], { class: 0x0001 });
    expect(decodeMessage(message({ an: 2 }, set, clear)).answers).toMatchObject([
      { class: 1, flush: true },
      { class: 1, flush: false },
    ]);
  });

  test.each([
    ["OPT", TYPE.OPT],
    ["TSIG", TYPE.TSIG],
    ["TKEY", TYPE.TKEY],
    ["SIG(0)", TYPE.SIG],
  ])("the class word of %s is whole (W-21)", (_what, type) => {
    const rdata = type === TYPE.SIG ? [...new Array(18).fill(0), 0] : [];
    const packet = message({ ar: 1 }, record([0], type, rdata, { class: 0xffff }));
    expect(decodeMessage(packet).additionals).toMatchObject([{ class: 0xffff, flush: false }]);
    expect(encodeMessage(decodeMessage(packet))).toEqual(packet);
  });
});

describe("names", () => {
  test("compressed names are read in questions and as owners in each section (W-25)", () => {
    const to = pointer(12);
    const rdata = [1, 2, 3, 4];
    const packet = message(
      { qd: 2, an: 1, ns: 1, ar: 1 },
      question(OWNER, 255),
      question([...labels("sub"), ...to], 255),
      record(to, 1, rdata),
      record(to, 1, rdata),
      record([...labels("sub"), ...to], 1, rdata),
    );
    const read = decodeMessage(packet);
    expect(read.questions.map((entry) => entry.name.toString())).toEqual(["host.local", "sub.host.local"]);
    const records = [...read.answers, ...read.authorities, ...read.additionals];
    expect(records.map((entry) => entry.name.toString())).toEqual(["host.local", "host.local", "sub.host.local"]);
  });

  test.each<[string, number, number[], number[]]>([
    ["NS", 2, [], []],
    ["CNAME", 5, [], []],
    ["PTR", 12, [], []],
    ["DNAME", 39, [], []],
    ["SRV", 33, [0, 1, 0, 2, 0, 3], []],
    ["NSEC", 47, [], [0, 1, 0x40]],
  ])("a compressed name is read in %s (W-26)", (_what, type, before, after) => {
    const data = dataOf(type, [...before, ...labels("x"), ...pointer(12), ...after]);
    expect(
      [data && "target" in data ? data.target : undefined, data && "next" in data ? data.next : undefined].join(""),
    ).toBe("x.host.local");
  });

  const X = [...labels("x"), ...pointer(12)];
  const PLAIN = name("x", "host", "local");
  test.each<[string, number, (n: number[]) => number[]]>([
    ["SOA (W-26)", 6, (n) => [...n, ...n, ...new Array(20).fill(7)]],
    ["MX (W-26)", 15, (n) => [0, 5, ...n]],
    ["AFSDB (W-26)", 18, (n) => [0, 5, ...n]],
    ["RT (W-26)", 21, (n) => [0, 5, ...n]],
    ["KX (W-26)", 36, (n) => [0, 5, ...n]],
    ["RP (W-26)", 17, (n) => [...n, ...n]],
    ["PX (W-26)", 26, (n) => [0, 5, ...n, ...n]],
    ["NAPTR (W-27)", 35, (n) => [0, 1, 0, 2, 1, 0x75, 0, 2, 0x61, 0x62, ...n]],
    ["RRSIG (W-27)", 46, (n) => [...new Array(18).fill(9), ...n, 1, 2, 3]],
    ["SVCB (W-27)", 64, (n) => [0, 1, ...n, 0, 3, 0, 2, 1, 2]],
    ["HTTPS (W-27)", 65, (n) => [0, 1, ...n]],
  ])("compressed names are read in %s, which is kept with them in full", (_what, type, rdata) => {
    expect(dataOf(type, rdata(X))).toEqual({ kind: "opaque", bytes: Uint8Array.from(rdata(PLAIN)) });
  });

  test("one place in a packet gives one name object", () => {
    const packet = message({ an: 2 }, record(OWNER, 1, [1, 2, 3, 4]), record(pointer(12), 1, [1, 2, 3, 5]));
    const [first, second] = decodeMessage(packet).answers;
    expect(second?.name).toBe(first?.name);
  });

  test("every byte value is read in a label, and its case is kept (H-15, W-34)", () => {
    for (let byte = 0; byte < 256; byte++) {
      const packet = message({ an: 1 }, record([3, 0x41, byte, 0x7a, 0], 1, [1, 2, 3, 4]));
      const label = decodeMessage(packet).answers[0]?.name.labels[0];
      expect([...(label ?? [])]).toEqual([0x41, byte, 0x7a]);
    }
  });

  test("U+FEFF in a received name is kept (W-32)", () => {
    const packet = message({ an: 1 }, record(name("\ufeffa", "local"), 1, [1, 2, 3, 4]));
    expect(labelText(decodeMessage(packet).answers[0]?.name.labels[0] as Uint8Array)).toBe("\ufeffa");
  });
});

describe("rdata", () => {
  test("A and AAAA are canonical text", () => {
    expect(dataOf(1, [192, 168, 0, 255])).toEqual({ kind: "address", address: "192.168.0.255" });
    expect(dataOf(28, [0xfe, 0x80, ...new Array(13).fill(0), 1])).toEqual({ kind: "address", address: "fe80::1" });
  });

  test("SRV", () => {
    expect(dataOf(33, [0, 1, 0, 2, 0x1f, 0x90, ...pointer(12)])).toMatchObject({ priority: 1, weight: 2, port: 8080 });
  });

  test.each<[string, number[], string[]]>([
    ["no bytes, as no strings (T-03)", [], []],
    ["one empty string (T-03)", [0], [""]],
    ["strings in their order (T-20)", [1, 0x62, 1, 0x61], ["b", "a"]],
    ["an empty string among others (T-23)", [1, 0x61, 0, 1, 0x62], ["a", "", "b"]],
  ])("TXT of %s", (_what, rdata, strings) => {
    const data = dataOf(16, rdata);
    expect(data?.kind === "txt" && data.strings.map(labelText)).toEqual(strings);
  });

  test.each<[string, number[], string[]]>([
    ["past the end", [1, 0x61, 5, 0x62], ["a"]],
    ["from the first on", [5], []],
  ])("TXT with a string that runs %s keeps what comes before, and is counted (T-24)", (_what, rdata, strings) => {
    const { answers, malformed } = decodeMessage(
      message({ an: 2 }, record(OWNER, 16, rdata), record(OWNER, 1, [1, 2, 3, 4])),
    );
    const data = answers[0]?.data;
    expect(data?.kind === "txt" && data.strings.map(labelText)).toEqual(strings);
    expect([answers.length, malformed]).toEqual([2, 1]);
  });

  test("unknown types are kept as bytes (W-48)", () => {
    expect(dataOf(65_280, [1, 2, 3])).toEqual({ kind: "opaque", bytes: Uint8Array.of(1, 2, 3) });
    expect(dataOf(65_280, [])).toEqual({ kind: "opaque", bytes: new Uint8Array(0) });
  });

  test("OPT has options", () => {
    expect(dataOf(41, [0, 4, 0, 2, 9, 8, 0, 5, 0, 0])).toEqual({
      kind: "opt",
      options: [
        { code: 4, data: Uint8Array.of(9, 8) },
        { code: 5, data: new Uint8Array(0) },
      ],
    });
  });

  test("a TTL has 32 bits", () => {
    const packet = message({ an: 1 }, record(OWNER, 1, [1, 2, 3, 4], { ttl: 0xffffffff }));
    expect(decodeMessage(packet).answers[0]?.ttl).toBe(0xffffffff);
  });
});

describe("broken records (W-46, W-48, H-25)", () => {
  test("one that can be stepped over costs itself alone, in any section", () => {
    const bad = record(OWNER, 1, [1]);
    const good = record(OWNER, 1, [1, 2, 3, 4]);
    const read = decodeMessage(message({ an: 2, ns: 2, ar: 2 }, bad, good, good, bad, bad, good));
    expect([read.answers.length, read.authorities.length, read.additionals.length, read.malformed]).toEqual([
      1, 1, 1, 3,
    ]);
  });

  test("an NSEC that cannot be read leaves the answers in place (W-46)", () => {
    const bad = record(OWNER, 47, [...pointer(0x3ff0), 0, 1, 0x40]);
    const { answers, additionals } = decodeMessage(message({ an: 1, ar: 1 }, record(OWNER, 1, [1, 2, 3, 4]), bad));
    expect([answers.length, additionals.length]).toEqual([1, 0]);
  });

  test("what is read does not change when the packet's memory is used again", () => {
    const packet = message(
      { an: 3 },
      record(OWNER, 16, [2, 0x61, 0x62]),
      record(OWNER, 99, [1, 2, 3]),
      record(OWNER, 41, [0, 4, 0, 2, 9, 8]),
    );
    const read = decodeMessage(packet);
    packet.fill(0xff);
    expect(read.answers.map((answer) => answer.name.toString())).toEqual(["host.local", "host.local", "host.local"]);
    expect(read.answers[0]?.data).toMatchObject({ strings: [Uint8Array.of(0x61, 0x62)] });
    expect(read.answers[1]?.data).toMatchObject({ bytes: Uint8Array.of(1, 2, 3) });
    expect(read.answers[2]?.data).toMatchObject({ options: [{ code: 4, data: Uint8Array.of(9, 8) }] });
  });
});
