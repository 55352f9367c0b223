import { describe, expect, test } from "vitest";
import type { Due } from "../../../src/mdns/core/core.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { a, brief, nsec, opaque, ptr, question, record, srv, txt } from "./records.ts";

const BROWSE = question("_http._tcp.local", TYPE.PTR);
const ONE = ptr(BROWSE.name, "One._http._tcp.local");
const ADDED = `0 added ${brief(ONE)}`;

function browsing(): CoreOnLink {
  const link = new CoreOnLink().run(60_000);
  link.ask(BROWSE);
  return link.run(10_000).clear();
}

describe("a response is used whatever it looks like (RFC 6762 §18)", () => {
  test.each<[string, Partial<Message>]>([
    ["an ID (W-03)", { id: 0xbeef }],
    ["no AA (W-09)", { authoritative: false }],
    ["TC (W-10)", { truncated: true }],
    ["RD (W-12)", { recursionDesired: true }],
    ["RA, AD and CD (W-14)", { recursionAvailable: true, authenticData: true, checkingDisabled: true }],
    ["a question (W-18)", { questions: [BROWSE] }],
    ["another question (W-18)", { questions: [question("else.local", TYPE.A)] }],
    ["nobody's asking (W-04)", {}],
  ])("%s", (_case, content) => {
    expect(browsing().respond(ONE, content).events).toEqual([ADDED]);
  });

  test.each<[string, Partial<Message>]>([
    ["opcode 4 (W-07)", { opcode: 4 }],
    ["opcode 5 (W-07)", { opcode: 5 }],
    ["RCODE 3 (W-16)", { rcode: 3 }],
  ])("but not with %s", (_case, content) => {
    const link = browsing().respond(ONE, content);
    expect(link.events).toEqual([]);
    expect(link.core.known(BROWSE, link.now)).toEqual([]);
  });

  test("the answer may stand in the additional section (C-11)", () => {
    expect(browsing().respond([], { additionals: [ONE] }).events).toEqual([ADDED]);
  });

  test("records of unrelated names that come along are told to nobody (RFC 6763 §12; B-10)", () => {
    const extras = [a("bank.local", "10.77.0.66", { flush: true }), ptr("_ipp._tcp.local", "Trap._ipp._tcp.local")];
    const link = browsing();
    link.ask(question("bank.local", TYPE.AAAA));
    link.clear().respond(ONE, { additionals: extras });
    expect(link.events).toEqual([ADDED]);
    expect(link.run(60_000).told).toHaveLength(1);
  });

  test("what an answer leads to is kept, whatever the order in the packet (RFC 6763 §12; C-11, B-06)", () => {
    const instance = "One._http._tcp.local";
    const led = [a("one.local", "10.77.0.9", { flush: true }), srv(instance, "one.local", 80, { flush: true })];
    const link = browsing().respond([...led, ONE]);
    link.ask(question(instance, TYPE.SRV));
    link.ask(question("one.local", TYPE.A));
    expect(link.events).toEqual([ADDED, ...led.toReversed().map((known) => `0 added ${brief(known)}`)]);
    expect(link.run(5_000).sent.flatMap(({ message }) => message.questions.map(({ type }) => type))).not.toContain(
      TYPE.SRV,
    );
  });

  test("an empty response does nothing (A-02)", () => {
    const link = browsing().respond([]);
    expect(link.events).toEqual([]);
    expect(link.transcript).toEqual([]);
  });

  test("of 8,900 bytes every record is read (W-41)", () => {
    const records = Array.from({ length: 220 }, (_, index) =>
      ptr(BROWSE.name, `Some instance number ${index}._http._tcp.local`),
    );
    const bytes = encodeMessage({ response: true, answers: records });
    expect(bytes.length).toBeGreaterThan(8_000);
    expect(bytes.length).toBeLessThan(8_972);
    expect(browsing().receive(bytes).told).toHaveLength(220);
  });
});

describe("the driver is told what there is to do about a datagram", () => {
  const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
  const due = (link: CoreOnLink, bytes: Uint8Array): Due =>
    link.core.receive({ bytes, source, to: "group", onLink: true, fromThisHost: false }, link.now);

  test("everything, when it concerns somebody here", () => {
    expect(due(browsing(), encodeMessage({ response: true, answers: [ONE] }))).toBe("everything");
  });

  test.each<[string, Uint8Array]>([
    ["irrelevant", encodeMessage({ response: true, answers: [ptr("_ipp._tcp.local", "Else._ipp._tcp.local")] })],
    ["malformed", Uint8Array.of(0, 0, 0x84)],
    ["opcode", encodeMessage({ response: true, opcode: 4, answers: [ONE] })],
  ])("nothing, when it is dropped as %s: no outputs, and the deadline stays", (reason, bytes) => {
    const link = browsing();
    const { deadline } = link.core;
    expect(due(link, bytes)).toBe("nothing");
    expect(link.core.takeOutputs()).toEqual([]);
    expect(link.core.deadline).toBe(deadline);
    expect(link.core.counters.drops).toMatchObject({ [reason]: 1 });
  });

  test("only the outputs, when it is a query that was answered before: the deadline stays", () => {
    const link = new CoreOnLink().run(60_000);
    link.register([{ record: a("host.local", "10.77.0.1"), ownership: "unique" }]);
    link.run(10_000);
    const query = encodeMessage({ questions: [question("host.local", TYPE.A, { unicast: true })] });
    expect(due(link, query)).toBe("everything");
    const { deadline } = link.core;
    expect(due(link, query)).toBe("outputs");
    expect(link.core.takeOutputs()).toHaveLength(2);
    expect(link.core.deadline).toBe(deadline);
  });

  test("what nobody cares about is dropped without the time being needed, and nothing else is", () => {
    const { core } = browsing();
    expect(core.ignores(encodeMessage({ response: true, answers: [ONE] }))).toBe(false);
    expect(core.ignores(Uint8Array.of(0, 0, 0x84))).toBe(false);
    expect(core.counters.drops).toMatchObject({ irrelevant: 0, malformed: 0 });
    expect(
      core.ignores(encodeMessage({ response: true, answers: [ptr("_ipp._tcp.local", "Else._ipp._tcp.local")] })),
    ).toBe(true);
    expect(core.counters.drops).toMatchObject({ irrelevant: 1 });
  });
});

describe("what records are the same", () => {
  test("with and without the flush bit: one entry of class IN (RFC 6762 §10.2; W-20, C-13)", () => {
    const link = new CoreOnLink();
    const asked = question("peer.local", TYPE.A);
    link.ask(asked);
    link.run(100).clear().respond(a("peer.local", "10.77.0.2")).run(2_000);
    link.respond(a("peer.local", "10.77.0.2", { flush: true })).run(2_000);
    expect(link.events).toEqual(["0 added A peer.local 10.77.0.2"]);
    expect(link.core.known(asked, link.now).map((entry) => entry.record.class)).toEqual([1]);
  });

  test("names that differ in ASCII case only (RFC 6762 §16; W-33)", () => {
    const link = browsing().respond(ptr("_HTTP._tcp.LOCAL", "one._http._tcp.local")).respond(ONE);
    expect(link.told).toHaveLength(1);
  });

  test("names that differ in other letters' case are two (RFC 6762 §16; W-33)", () => {
    const link = new CoreOnLink();
    link.ask(question("É.local", TYPE.A));
    link.respond(a("é.local", "10.77.0.2"));
    expect(link.told).toEqual([]);
    link.respond(a("É.local", "10.77.0.2"));
    expect(link.told).toHaveLength(1);
  });
});

describe("names are taken as they are (RFC 6762 §16)", () => {
  const type = BROWSE.name;

  test.each([
    ["U+FEFF at the start (W-32)", new Uint8Array([0xef, 0xbb, 0xbf, 0x41])],
    ["bytes that are not UTF-8 (W-34)", new Uint8Array([0xff, 0xfe, 0x80])],
    ["dots and backslashes (B-04)", new Uint8Array([0x61, 0x2e, 0x62, 0x5c, 0x63])],
    ["control characters (H-15)", new Uint8Array(32).map((_, index) => index)],
    ["every byte from 192 up (H-15)", new Uint8Array(63).map((_, index) => 193 + index)],
    ["every byte from 128 up (H-15)", new Uint8Array(63).map((_, index) => 128 + index)],
    ["the printable ones (H-15)", new Uint8Array(63).map((_, index) => 64 + index)],
  ])("%s", (_case, label) => {
    const link = browsing().respond(record(type, TYPE.PTR, { kind: "name", target: type.child(label) }));
    const [known] = link.core.known(BROWSE, link.now);
    const data = known?.record.data;
    expect(data?.kind === "name" && [...(data.target.labels[0] ?? [])]).toEqual([...label]);
    expect(link.told).toHaveLength(1);
  });

  test("case is kept (W-34)", () => {
    const link = browsing().respond(ptr(type, "MyPrinter._HTTP._tcp.local"));
    expect(link.events[0]).toContain("MyPrinter._HTTP._tcp.local");
  });

  test("one of 255 bytes with its final zero (W-29)", () => {
    const target = Name.of(["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(61)]);
    expect(target.wireLength).toBe(255);
    expect(browsing().respond(record(type, TYPE.PTR, { kind: "name", target })).told).toHaveLength(1);
  });
});

describe("what is broken costs only itself", () => {
  /** A response with the good PTR first and raw bytes for the record behind it. */
  function withBroken(raw: readonly number[]): Uint8Array {
    const good = encodeMessage({ response: true, answers: [ONE] });
    const bytes = Uint8Array.from([...good, ...raw]);
    bytes[11] = 1;
    return bytes;
  }

  test.each([
    ["an A of three bytes (H-10)", [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 120, 0, 3, 10, 0, 0]],
    ["an AAAA of four bytes (H-10)", [0xc0, 12, 0, 28, 0, 1, 0, 0, 0, 120, 0, 4, 10, 0, 0, 1]],
    ["an SRV of six bytes (H-10)", [0xc0, 12, 0, 33, 0, 1, 0, 0, 0, 120, 0, 6, 0, 0, 0, 0, 0, 80]],
    ["rdata that ends after the packet (H-21)", [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 120, 0, 200, 10, 0, 0, 1]],
    [
      "a PTR whose target runs past its rdata (H-21)",
      [0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 120, 0, 2, 5, 97, 97, 97, 97, 97, 0],
    ],
    ["a name that points at itself (W-28, H-17)", [0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 120, 0, 2, 0xc0, 67]],
    ["a name that points forwards (W-28)", [0xc0, 250, 0, 1, 0, 1, 0, 0, 0, 120, 0, 4, 10, 0, 0, 1]],
    ["a label of a reserved kind (W-28)", [0x80, 12, 0, 1, 0, 1, 0, 0, 0, 120, 0, 4, 10, 0, 0, 1]],
    ["an NSEC with a truncated bitmap (W-46)", [0xc0, 12, 0, 47, 0, 1, 0, 0, 0, 120, 0, 5, 0xc0, 12, 0, 9, 64]],
    ["an NSEC of several windows (W-45)", [0xc0, 12, 0, 47, 0, 1, 0, 0, 0, 120, 0, 8, 0xc0, 12, 0, 1, 64, 1, 1, 1]],
    [
      "an NSEC with a bitmap of 33 bytes (H-22)",
      [0xc0, 12, 0, 47, 0, 1, 0, 0, 0, 120, 0, 37, 0xc0, 12, 0, 33, ...Array(33).fill(1)],
    ],
    ["a type nobody knows (W-48)", [0xc0, 12, 0xff, 0x01, 0, 1, 0, 0, 0, 120, 0, 3, 1, 2, 3]],
    ["a header that ends (W-48)", [0xc0, 12, 0, 1]],
  ])("%s: the good record before it is taken (H-25)", (_case, raw) => {
    const link = browsing().receive(withBroken(raw));
    expect(link.events).toContain(ADDED);
    expect(link.run(20_000).told.filter(({ change }) => change === "removed")).toEqual([]);
  });

  test("counts of 65,535 in twelve bytes are dropped and counted (H-27, S-10)", () => {
    const link = browsing();
    const before = link.core.counters.drops.malformed;
    link.receive(Uint8Array.from([0, 0, 0x84, 0, ...Array(8).fill(255)]));
    link.receive(Uint8Array.from([0, 0, 0, 0, ...Array(8).fill(255)]));
    expect(link.core.counters.drops.malformed).toBe(before + 2);
    expect(link.events).toEqual([]);
  });

  test("no bytes, and any first eleven of a packet, are dropped (W-48)", () => {
    const link = browsing();
    const whole = encodeMessage({ response: true, answers: [ONE] });
    for (let length = 0; length < 12; length++) link.receive(whole.subarray(0, length));
    expect(link.events).toEqual([]);
    expect(link.transcript).toEqual([]);
  });

  test("OPT with any class word: the rest is used, nothing flushed, nothing cached of it (W-21)", () => {
    const link = browsing().respond(ONE).run(5_000).clear();
    const two = ptr(BROWSE.name, "Two._http._tcp.local");
    link.respond(two, {
      additionals: [record(".", TYPE.OPT, { kind: "opt", options: [] }, { class: 0x9000, ttl: 0 })],
    });
    link.respond([], { additionals: [record(BROWSE.name, TYPE.OPT, { kind: "opt", options: [] }, { class: 0x9000 })] });
    expect(link.events).toEqual([`0 added ${brief(two)}`]);
    expect(link.run(3_000).events).toHaveLength(1);
    expect([...link.core.known(question(BROWSE.name, TYPE.ANY), link.now)].map((known) => known.record.type)).toEqual([
      12, 12,
    ]);
  });

  test("a TXT without data and one with a broken string are taken for what they are (H-10, T-24)", () => {
    const link = new CoreOnLink();
    const name = "One._http._tcp.local";
    link.ask(question(name, TYPE.TXT));
    link
      .run(100)
      .clear()
      .respond(txt(name, [], { flush: true }));
    expect(link.told).toHaveLength(1);
    link.run(5_000).respond(opaque(name, TYPE.TXT, [3, 97, 61, 98, 200, 99], { flush: true }));
    expect(link.told.some(({ record: text }) => text.endsWith("a=b"))).toBe(true);
  });

  test("an SRV whose target is a bare pointer is read (W-26)", () => {
    const link = new CoreOnLink();
    link.ask(question("One._http._tcp.local", TYPE.SRV));
    link.respond([a("peer.local", "10.77.0.2"), srv("One._http._tcp.local", "peer.local", 80)]);
    expect(link.events).toEqual(["0 added SRV One._http._tcp.local peer.local:80"]);
  });

  test("a compressed name in the data of another type is read (RFC 6762 §18.14; W-27)", () => {
    const link = new CoreOnLink();
    const asked = question(BROWSE.name, TYPE.NAPTR);
    link.ask(asked);
    link.receive(withBroken([0xc0, 12, 0, 35, 0, 1, 0, 0, 0, 120, 0, 9, 0, 1, 0, 1, 0, 0, 0, 0xc0, 12]));
    const data = link.core.known(asked, link.now)[0]?.record.data;
    const name = Buffer.from("\x05_http\x04_tcp\x05local\0", "latin1");
    expect(data).toEqual({ kind: "opaque", bytes: new Uint8Array([0, 1, 0, 1, 0, 0, 0, ...name]) });
  });

  test("duplicates of a record in one packet count once (C-13)", () => {
    expect(browsing().respond([ONE, ONE, ONE], { additionals: [ONE] }).events).toEqual([ADDED]);
  });

  test("an NSEC for a shared name does not hide its records (A-03, C-15)", () => {
    const link = browsing().respond([ONE, nsec(BROWSE.name, [TYPE.TXT])]);
    expect(link.events).toContain(ADDED);
    expect(link.run(5_000).told.filter(({ change }) => change === "removed")).toEqual([]);
  });
});

describe("the authority section of a response", () => {
  test("is no answer (C-11)", () => {
    expect(browsing().receive({ response: true, authorities: [ONE] }).events).toEqual([]);
  });
});
