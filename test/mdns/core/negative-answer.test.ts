import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { additionalsOf, answersOf, CoreOnLink, times } from "./core-on-link.ts";
import {
  DUAL_HOST_CLAIM,
  HOST,
  HOST_CLAIM,
  INSTANCE,
  printerOnLink,
  REVERSE,
  SERVICE_CLAIM,
  SERVICE_TYPE,
  SUBTYPE,
  V4,
  V6,
} from "./printer.ts";
import { a, brief, nsec, opaque, own, ptr, question, srv, txt } from "./records.ts";

const { A, AAAA, ANY, CNAME, MX, NS, PTR, SOA, SRV, TXT } = TYPE;

describe("a type that a name of ours lacks is denied at once (RFC 6762 §6, §6.1)", () => {
  test.each([
    ["AAAA of an IPv4 host", HOST, AAAA, [A], 120],
    ["MX of a host", HOST, MX, [A], 120],
    ["TXT of a host", HOST, TXT, [A], 4_500],
    ["SRV of a host", HOST, SRV, [A], 120],
    ["A of an instance", INSTANCE, A, [TXT, SRV], 120],
    ["MX of an instance", INSTANCE, MX, [TXT, SRV], undefined],
    ["PTR of an instance", INSTANCE, PTR, [TXT, SRV], 4_500],
    ["SRV of a reverse name", REVERSE, SRV, [PTR], 120],
    ["SOA of a host", HOST, SOA, [A], undefined],
    ["NS of a host", HOST, NS, [A], undefined],
  ])("%s (A-04, A-05, A-06, A-10, W-49, M-09)", (_case, name, type, types, ttl) => {
    const link = printerOnLink().query(question(name, type)).run(2_000);
    expect(times(link.sent)).toEqual([0]);
    expect(link.sent.map(answersOf)).toEqual([[brief(nsec(name, types))]]);
    const [denial] = link.sent[0]?.message.answers ?? [];
    expect(denial?.flush).toBe(true);
    if (ttl !== undefined) expect(denial?.ttl).toBe(ttl);
  });

  test.each([
    ["a host", HOST, "00 01 40"],
    ["an instance", INSTANCE, "00 05 00 00 80 00 40"],
  ])("%s: restricted form on the wire, a pointer for next-domain (W-42, W-47)", (_case, name, bitmap) => {
    const link = printerOnLink().query(question(name, MX)).run(100);
    const bytes = link.sent[0]?.bytes ?? new Uint8Array();
    const expected = ["c0", "0c", ...bitmap.split(" ")].join("");
    expect(
      Buffer.from(bytes)
        .toString("hex")
        .endsWith(`${expected.length / 2}`.padStart(4, "0") + expected),
    ).toBe(true);
  });

  test("to a host that asks several questions after 20 to 120 ms, with the other answers (A-04, A-18)", () => {
    const link = printerOnLink().query([question(HOST, A), question(HOST, AAAA)]);
    link.run(2_000);
    expect(times(link.sent)).toEqual([70]);
    const { answers = [], additionals = [] } = link.sent[0]?.message ?? {};
    expect([...answers, ...additionals].map(brief).sort()).toEqual([brief(V4), brief(nsec(HOST, [A]))].sort());
  });

  test.each([
    ["in one answer", 5_353],
    ["in a legacy reply", 40_000],
  ])("two types of a name at once: denied by one record %s (A-54, A-19)", (_case, port) => {
    const link = printerOnLink().query([question(HOST, MX), question(HOST, TXT), question(HOST, A)], {}, { port });
    link.run(2_000);
    const given = link.sent.flatMap(({ message }) => [...message.answers, ...message.additionals]).map(brief);
    expect(given.sort()).toEqual([brief(V4), brief(nsec(HOST, [A]))].sort());
  });

  test("names the types of the moment at which it goes, whatever became of the name while it waited (A-04, A-07)", () => {
    const link = printerOnLink().query([question(INSTANCE, A), question(HOST, SRV)]);
    link.run(10).register(own("shared", ptr(INSTANCE, "elsewhere.local")));
    link.run(100);
    expect(link.responses.flatMap(answersOf)).toContain(brief(nsec(INSTANCE, [PTR, TXT, SRV])));
  });

  test("that waits is dropped when it has been given meanwhile, with other types (A-30)", () => {
    const link = printerOnLink().query([question(INSTANCE, A), question(HOST, SRV)]);
    link.run(10).register(own("shared", ptr(INSTANCE, "elsewhere.local")));
    link.run(10).query(question(INSTANCE, AAAA)).run(500);
    const given = link.responses.flatMap(answersOf).filter((entry) => entry.startsWith(`NSEC ${INSTANCE}`));
    expect(given).toEqual([brief(nsec(INSTANCE, [PTR, TXT, SRV]))]);
  });

  test("of a name with records of two claims none is denied that exists (A-07)", () => {
    const claim = own("unique", srv(HOST, HOST, 80), txt(HOST, ["x"]));
    const link = new CoreOnLink().settled(DUAL_HOST_CLAIM, claim).query(question(HOST, MX));
    expect(link.run(100).sent.map(answersOf)).toEqual([[brief(nsec(HOST, [A, TXT, AAAA, SRV]))]]);
  });

  test("a withdrawn claim's types are denied from then on (A-07)", () => {
    const link = new CoreOnLink();
    const claim = link.register(own("unique", srv(HOST, HOST, 80), txt(HOST, ["x"])));
    link.settled(HOST_CLAIM).withdraw(claim).run(2_000).clear();
    expect(link.query(question(HOST, SRV)).run(100).sent.map(answersOf)).toEqual([[brief(nsec(HOST, [A]))]]);
  });
});

describe("nothing is denied", () => {
  test.each([
    ["of a name nobody has", "nobody.local", A],
    ["of a service type: it is shared (A-03)", SERVICE_TYPE, SRV],
    ["of a subtype", SUBTYPE, TXT],
    ["of a type not published", "_http._tcp.local", PTR],
    ["of the domain", "local", SOA],
    ["of a name below ours", `x.${HOST}`, A],
  ])("%s: silence (RFC 6762 §6; A-02, A-03, W-15, W-49)", (_case, name, type) => {
    expect(printerOnLink().query(question(name, type)).run(2_000).transcript).toEqual([]);
  });

  test("for ANY: the records there are answer it (A-43)", () => {
    const link = printerOnLink().query(question(HOST, ANY)).run(2_000);
    expect(link.sent.flatMap(answersOf)).toEqual([brief(V4)]);
  });

  test("for a name published without probing (RFC 6762 §6.1; A-08)", () => {
    const link = new CoreOnLink().settled(own("known-unique", a("proxied.local", "10.77.0.7")));
    expect(link.query(question("proxied.local", AAAA)).run(2_000).transcript).toEqual([]);
  });

  test("for a name whose records are shared (RFC 6762 §6.1; A-03, A-08)", () => {
    const link = new CoreOnLink().settled(own("shared", txt("board.local", ["hello"])));
    expect(link.query(question("board.local", A)).run(2_000).transcript).toEqual([]);
  });

  test("in the restricted form for a name with a type above 255 (RFC 6762 §6.1; A-09)", () => {
    for (const type of [257, 32_769]) {
      const link = new CoreOnLink().settled(own("unique", opaque(HOST, type, [1, 2, 3, 4]), V4));
      link.query(question(HOST, MX)).query(question(HOST, A));
      link.run(2_000);
      const records = link.sent.flatMap(({ message }) => [...message.answers, ...message.additionals]);
      expect(records.map(brief)).toContain(brief(V4));
      for (const { data } of records) {
        if (data.kind === "nsec") expect(data.types).toEqual([A, type]);
      }
    }
  });

  test("while the name is still being probed, nor is anything given (RFC 6762 §8.2; A-55, P-02)", () => {
    const link = new CoreOnLink();
    link.register(HOST_CLAIM);
    link.register(SERVICE_CLAIM);
    for (let asked = 0; asked < 8; asked++) {
      link
        .query([question(HOST, A), question(HOST, AAAA)])
        .query(question(INSTANCE, MX))
        .run(100);
      link.query(question(SERVICE_TYPE, PTR)).query(question(INSTANCE, CNAME));
    }
    const early = link.responses.filter(({ at }) => at < 875);
    const named = early.flatMap(({ message }) => [...message.answers, ...message.additionals]);
    expect(named.filter(({ name }) => [HOST, INSTANCE].includes(name.toString())).map(brief)).toEqual([]);
  });
});

describe("NSEC beside an address answer (RFC 6762 §6.2)", () => {
  test("comes from a host of one family and has that family only (A-11, A-14)", () => {
    const link = printerOnLink().query(question(HOST, A)).run(100);
    expect(link.sent.map(answersOf)).toEqual([[brief(V4)]]);
    expect(link.sent.map(additionalsOf)).toEqual([[brief(nsec(HOST, [A]))]]);
  });

  test("never denies the other family of a host that has both (A-15)", () => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] }).settled(DUAL_HOST_CLAIM, SERVICE_CLAIM);
    link.query(question(HOST, A), {}, { family: "ipv4" });
    link.run(1_500).query(question(HOST, AAAA), {}, { family: "ipv6" });
    link.run(1_500).query(question(INSTANCE, SRV), {}, { family: "ipv4" });
    link.run(1_500).query(question(HOST, MX), {}, { family: "ipv6" });
    link.run(1_500);
    expect(link.sent.length).toBeGreaterThanOrEqual(4);
    for (const { message } of link.sent) {
      for (const { data, name } of [...message.answers, ...message.additionals]) {
        if (data.kind === "nsec" && name.toString() === HOST) expect(data.types).toEqual([A, AAAA]);
      }
    }
  });

  test("and its addresses come along with each other (A-13)", () => {
    const link = new CoreOnLink().settled(DUAL_HOST_CLAIM).query(question(HOST, A));
    link.run(1_500).query(question(HOST, AAAA));
    link.run(100);
    expect(link.sent.map(answersOf)).toEqual([[brief(V4)], [brief(V6)]]);
    expect(link.sent.map(additionalsOf)).toEqual([[brief(V6)], [brief(V4)]]);
  });
});
