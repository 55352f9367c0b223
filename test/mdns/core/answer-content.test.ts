import { describe, expect, test } from "vitest";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { additionalsOf, answersOf, CoreOnLink, times } from "./core-on-link.ts";
import {
  DUAL_HOST_CLAIM,
  HOST,
  HOST_CLAIM,
  INSTANCE,
  PTR,
  printerOnLink,
  REVERSE,
  REVERSE_PTR,
  SERVICE_CLAIM,
  SERVICE_TYPE,
  SRV,
  SUBTYPE,
  SUBTYPE_PTR,
  TXT,
  TYPE_LIST,
  TYPE_PTR,
  V4,
  V6,
} from "./printer.ts";
import { a, aaaa, brief, cname, opaque, own, ptr, qu, question, record, srv, txt } from "./records.ts";

function dualPrinter(): CoreOnLink {
  return new CoreOnLink().settled(DUAL_HOST_CLAIM, SERVICE_CLAIM);
}

function allRecords(link: CoreOnLink): ResourceRecord[] {
  return link.sent.flatMap(({ message }) => [...message.answers, ...message.additionals]);
}

describe("records that come along (RFC 6763 §12)", () => {
  test("with a service PTR or subtype PTR: SRV, TXT and addresses (A-50, D-26)", () => {
    for (const name of [SERVICE_TYPE, SUBTYPE]) {
      const link = dualPrinter().query(question(name, TYPE.PTR)).run(500);
      expect(link.sent.map(additionalsOf)).toEqual([[V4, V6, SRV, TXT].map(brief).sort()]);
    }
  });

  test("with an SRV: addresses (A-51, D-26)", () => {
    const link = dualPrinter().query(question(INSTANCE, TYPE.SRV)).run(500);
    expect(link.sent.map(additionalsOf)).toEqual([[V4, V6].map(brief).sort()]);
  });

  test.each([
    ["TXT", INSTANCE, TYPE.TXT, TXT],
    ["type enumeration", TYPE_LIST, TYPE.PTR, TYPE_PTR],
  ])("with %s: nothing is needed (A-52)", (_case, name, type, answer) => {
    const link = dualPrinter().query(question(name, type)).run(500);
    expect(link.sent.map(answersOf)).toEqual([[brief(answer)]]);
  });

  test("nothing that is an answer already, and nothing twice (A-54)", () => {
    const link = dualPrinter().query([
      question(SERVICE_TYPE, TYPE.PTR),
      question(SUBTYPE, TYPE.PTR),
      question(INSTANCE, TYPE.ANY),
      question(HOST, TYPE.ANY),
      question(HOST, TYPE.A),
    ]);
    link.run(500);
    expect(allRecords(link).map(brief).sort()).toEqual([PTR, SUBTYPE_PTR, SRV, TXT, V4, V6].map(brief).sort());
  });

  test("never displace answers or make a packet too large (A-53, W-36)", () => {
    const link = new CoreOnLink().settled(HOST_CLAIM);
    const pointers: ResourceRecord[] = [];
    for (let index = 0; index < 60; index++) {
      const instance = `Service number ${index} of many._ipp._tcp.local`;
      pointers.push(ptr(SERVICE_TYPE, instance));
      link.register([
        ...own("shared", ptr(SERVICE_TYPE, instance)),
        ...own("unique", srv(instance, HOST, 1_000 + index), txt(instance, ["path=/somewhere/else", `index=${index}`])),
      ]);
    }
    link.run(20_000).clear().query(question(SERVICE_TYPE, TYPE.PTR)).run(2_000);
    expect(link.sent.flatMap(answersOf).sort()).toEqual(pointers.map(brief).sort());
    for (const { bytes, message } of link.sent) {
      expect(bytes.length).toBeLessThanOrEqual(1_472);
      expect(message.truncated).toBe(false);
      expect(message.answers.length).toBeGreaterThan(0);
    }
  });
});

describe("ANY gets all there is (RFC 6762 §6.5)", () => {
  test.each([
    ["type ANY on an instance", question(INSTANCE, TYPE.ANY), [SRV, TXT]],
    ["type ANY on a host", question(HOST, TYPE.ANY), [V4, V6]],
    ["class ANY", question(HOST, TYPE.A, { klass: 255 }), [V4]],
    ["type and class ANY", question(INSTANCE, TYPE.ANY, { klass: 255 }), [SRV, TXT]],
  ])("%s (A-43, W-35)", (_case, asked, records) => {
    const link = dualPrinter().query(asked).run(500);
    expect(link.sent.map((sent) => answersOf(sent).sort())).toEqual([records.map(brief).sort()]);
  });

  test("another class gets nothing (W-35)", () => {
    const link = dualPrinter();
    link.query(question(HOST, TYPE.A, { klass: 3 })).query(question(INSTANCE, TYPE.ANY, { klass: 3 }));
    expect(link.run(2_000).transcript).toEqual([]);
  });

  test("a CNAME answers every type (W-35)", () => {
    const link = new CoreOnLink().settled(own("unique", cname("alias.local", HOST)), HOST_CLAIM);
    link.query(question("alias.local", TYPE.TXT)).run(500);
    expect(link.sent.map(answersOf)).toEqual([[brief(cname("alias.local", HOST))]]);
  });
});

describe("a unique set is sent whole (RFC 6762 §10.2)", () => {
  const addresses = [aaaa(HOST, "fe80::1"), aaaa(HOST, "fd00::1"), aaaa(HOST, "2001:db8::1")];

  test.each([
    ["asked for AAAA", question(HOST, TYPE.AAAA)],
    ["asked for A", question(HOST, TYPE.A)],
    ["asked for SRV", question(INSTANCE, TYPE.SRV)],
    ["asked for PTR", question(SERVICE_TYPE, TYPE.PTR)],
    ["asked with QU", qu(HOST, TYPE.AAAA)],
  ])("%s: all three addresses, in one packet (A-44)", (_case, asked) => {
    const link = new CoreOnLink()
      .settled(own("unique", V4, ...addresses), SERVICE_CLAIM)
      .query(asked)
      .run(500);
    expect(link.sent).toHaveLength(1);
    const given = allRecords(link).map(brief);
    for (const address of addresses) expect(given).toContain(brief(address));
  });

  test("a known answer for one of them does not break the set up (A-44)", () => {
    const link = new CoreOnLink().settled(own("unique", ...addresses));
    link.query(question(HOST, TYPE.AAAA), { answers: [{ ...(addresses[0] as ResourceRecord) }] }).run(500);
    const given = allRecords(link).map(brief);
    expect(given).toContain(brief(addresses[1] as ResourceRecord));
    expect(given).toContain(brief(addresses[2] as ResourceRecord));
  });
});

describe("the cache-flush bit (RFC 6762 §10.2)", () => {
  const shared = [PTR, SUBTYPE_PTR, TYPE_PTR].map(brief);

  test.each([
    ["answers", [question(HOST, TYPE.ANY), question(INSTANCE, TYPE.ANY), question(SERVICE_TYPE, TYPE.PTR)]],
    ["more answers", [question(REVERSE, TYPE.PTR), question(TYPE_LIST, TYPE.PTR), question(SUBTYPE, TYPE.PTR)]],
    ["denials", [question(HOST, TYPE.MX), question(INSTANCE, TYPE.MX)]],
    ["unicast replies", [qu(HOST, TYPE.A), qu(INSTANCE, TYPE.ANY), qu(SERVICE_TYPE, TYPE.PTR)]],
  ])("is set on unique and clear on shared records: %s (A-45, A-46, W-05, W-08, W-13, W-17)", (_case, questions) => {
    const link = printerOnLink();
    for (const asked of questions) link.query(asked).run(1_500);
    expect(link.sent.length).toBeGreaterThanOrEqual(questions.length);
    for (const entry of allRecords(link)) expect(`${entry.flush}`).toBe(`${!shared.includes(brief(entry))}`);
    for (const { bytes } of link.sent) {
      expect(bytes.subarray(0, 6)).toEqual(Uint8Array.of(0, 0, 0x84, 0, 0, 0));
    }
  });

  test("TTLs are 120 s where a host is named, 4500 s elsewhere (RFC 6762 §10; P-57)", () => {
    const link = printerOnLink();
    for (const asked of [question(SERVICE_TYPE, TYPE.PTR), question(REVERSE, TYPE.PTR)]) link.query(asked).run(1_500);
    const ttls = allRecords(link).map((entry) => [brief(entry), entry.ttl]);
    expect(ttls).toContainEqual([brief(PTR), 4_500]);
    expect(ttls).toContainEqual([brief(TXT), 4_500]);
    expect(ttls).toContainEqual([brief(SRV), 120]);
    expect(ttls).toContainEqual([brief(V4), 120]);
    expect(ttls).toContainEqual([brief(REVERSE_PTR), 120]);
  });
});

describe("whose records are given", () => {
  test("only our own: what was heard from others never is (RFC 6762 §6; A-01, C-21)", () => {
    const link = printerOnLink();
    link.ask(question("_http._tcp.local", TYPE.PTR));
    link.ask(question("peer.local", TYPE.A));
    link.run(200).respond([ptr("_http._tcp.local", "Web._http._tcp.local"), a("peer.local", "10.77.0.2")]);
    expect(link.told.map(({ change }) => change)).toEqual(["added", "added"]);
    link.run(20_000).clear();
    link.query(question("_http._tcp.local", TYPE.PTR), {}, { peer: 3 });
    link.query(question("peer.local", TYPE.A), {}, { peer: 3 });
    expect(link.run(2_000).responses).toEqual([]);
  });

  test("a reverse name is unique, given at once and never probed (RFC 6762 §4, §8.1; A-60, P-23)", () => {
    const link = new CoreOnLink();
    link.register(HOST_CLAIM);
    link.run(10_000);
    const probed = link.probes.flatMap(({ message }) => message.questions.map(({ name }) => name.toString()));
    expect(new Set(probed)).toEqual(new Set([HOST]));
    link.clear().query(question(REVERSE, TYPE.PTR)).run(500);
    expect(times(link.sent)).toEqual([0]);
    expect(link.sent.map(answersOf)).toEqual([[brief(REVERSE_PTR)]]);
    expect(link.sent[0]?.message.answers[0]).toMatchObject({ flush: true, ttl: 120 });
  });

  test("another host's record of a shared name concerns nobody (RFC 6762 §6.6; A-49)", () => {
    const link = printerOnLink().respond(ptr(SERVICE_TYPE, "Other._ipp._tcp.local"));
    expect(link.run(10_000).transcript).toEqual([]);
    expect(link.news).toEqual([]);
  });
});

test("names in the data of other types are written in full (RFC 6762 §18.14; W-24)", () => {
  const target = [...Buffer.from("\x04host\x05local\0", "latin1")];
  for (const [type, data] of [
    [TYPE.SVCB, [0, 1, ...target]],
    [TYPE.NAPTR, [0, 1, 0, 1, 0, 0, 0, ...target]],
    [TYPE.RRSIG, [...Array(18).fill(0), ...target]],
  ] as const) {
    const link = new CoreOnLink().settled(own("unique", opaque("x.host.local", type, data)));
    link.query(question("x.host.local", type)).run(100);
    const text = Buffer.from(link.sent[0]?.bytes ?? []).toString("latin1");
    expect(text.endsWith(Buffer.from(data).toString("latin1"))).toBe(true);
  }
});

describe("what else a query may hold", () => {
  const edns = [
    record(".", TYPE.OPT, { kind: "opt", options: [] }, { class: 1_440, ttl: 0 }),
    record(".", TYPE.OPT, { kind: "opt", options: [{ code: 4, data: Uint8Array.of(0, 1, 2) }] }, { class: 1_440 }),
    record(".", TYPE.OPT, { kind: "opt", options: [{ code: 65_002, data: new Uint8Array(8) }] }, { class: 0x9000 }),
  ];

  test("OPT changes nothing and is not sent back (RFC 6891; A-58, W-21)", () => {
    const plain = printerOnLink().query(question(SERVICE_TYPE, TYPE.PTR)).run(500).transcript;
    for (const opt of edns) {
      const link = printerOnLink().query(question(SERVICE_TYPE, TYPE.PTR), { additionals: [opt] });
      expect(link.run(500).transcript).toEqual(plain);
    }
  });

  test.each([
    ["AA", { authoritative: true }],
    ["RD", { recursionDesired: true }],
    ["RA", { recursionAvailable: true }],
    ["AD", { authenticData: true }],
    ["CD", { checkingDisabled: true }],
    ["an ID", { id: 0x4321 }],
  ])("%s changes nothing (RFC 6762 §18; W-09, W-12, W-14)", (_case, content) => {
    const link = printerOnLink().query(question(HOST, TYPE.A), content).run(500);
    expect(link.sent.map(({ at, to }) => [at, to])).toEqual([[0, "group"]]);
    expect(link.sent[0]?.bytes.subarray(0, 4)).toEqual(Uint8Array.of(0, 0, 0x84, 0));
  });

  test.each([
    ["opcode 4", { opcode: 4 }],
    ["opcode 5", { opcode: 5 }],
    ["RCODE 3", { rcode: 3 }],
  ])("%s: the query is ignored (RFC 6762 §18.3, §18.11; W-07, W-16)", (_case, content) => {
    expect(printerOnLink().query(question(HOST, TYPE.A), content).run(2_000).transcript).toEqual([]);
  });
});
