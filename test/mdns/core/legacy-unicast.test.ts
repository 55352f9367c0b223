import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf, CoreOnLink, type PeerOptions, times } from "./core-on-link.ts";
import {
  DUAL_HOST_CLAIM,
  HOST,
  HOST_CLAIM,
  INSTANCE,
  PTR,
  printerOnLink,
  SERVICE_CLAIM,
  SERVICE_TYPE,
  SRV,
  TXT,
  V4,
} from "./printer.ts";
import { a, brief, nsec, own, ptr, qu, question, record, srv, txt } from "./records.ts";

const CLIENT = "10.77.0.2:40000";

function asked(
  questions: Question | Question[],
  content: Partial<Message> = {},
  options: PeerOptions = {},
): CoreOnLink {
  return printerOnLink()
    .query(questions, { id: 0x4321, ...content }, { port: 40_000, ...options })
    .run(2_000);
}

function edns(size: number): Partial<Message> {
  return { additionals: [record(".", TYPE.OPT, { kind: "opt", options: [] }, { class: size, ttl: 0 })] };
}

function crowded(): CoreOnLink {
  const link = new CoreOnLink().settled(HOST_CLAIM);
  for (let index = 0; index < 60; index++) {
    const name = `Instance ${index}._ipp._tcp.local`;
    link.register([
      ...own("shared", ptr(SERVICE_TYPE, name)),
      ...own("unique", srv(name, HOST, 631), txt(name, ["a"])),
    ]);
  }
  return link.run(20_000).clear();
}

describe("a question from a port other than 5353 (RFC 6762 §6.7)", () => {
  test.each([
    ["A", question(HOST, TYPE.A), [V4]],
    ["SRV", question(INSTANCE, TYPE.SRV), [SRV]],
    ["PTR", question(SERVICE_TYPE, TYPE.PTR), [PTR]],
    ["ANY", question(INSTANCE, TYPE.ANY), [SRV, TXT]],
  ])(
    "%s gets a plain DNS response at its own address and port (U-01, U-02, U-03, U-04, U-09, U-12, L-05)",
    (_case, ask, answers) => {
      const { sent } = asked(ask);
      expect(sent.map(({ to }) => to)).toEqual([CLIENT]);
      const { bytes, message } = sent[0] as (typeof sent)[number];
      expect(bytes.subarray(0, 6)).toEqual(Uint8Array.of(0x43, 0x21, 0x84, 0, 0, 1));
      expect(message.questions).toEqual([ask]);
      expect(message.answers.map(brief).sort()).toEqual(answers.map(brief).sort());
    },
  );

  test("has no flush bits and TTLs of at most 10 s, in every section (U-05, U-06)", () => {
    for (const ask of [question(INSTANCE, TYPE.SRV), question(SERVICE_TYPE, TYPE.PTR), question(HOST, TYPE.MX)]) {
      const { message } = asked(ask).sent[0] as CoreOnLink["sent"][number];
      const records = [...message.answers, ...message.additionals];
      expect(records.length).toBeGreaterThan(0);
      for (const entry of records) {
        expect(entry.flush).toBe(false);
        expect(entry.ttl).toBeGreaterThan(0);
        expect(entry.ttl).toBeLessThanOrEqual(10);
      }
    }
  });

  test("RD is answered like anything else, with RA clear (W-12, U-09)", () => {
    const { sent } = asked(question(HOST, TYPE.A), { recursionDesired: true });
    expect(sent[0]?.message).toMatchObject({
      recursionAvailable: false,
      authoritative: true,
      rcode: 0,
      response: true,
    });
    expect(sent.map(answersOf)).toEqual([[brief(V4)]]);
  });

  test("names in SRV and NSEC are written in full (RFC 6762 §18.14; U-07)", () => {
    const target = "\x04host\x05local\0";
    const text = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString("latin1");
    expect(asked(question(INSTANCE, TYPE.SRV)).sent.map(text)[0]).toContain(`\x02\x77${target}`);
    expect(asked(question(HOST, TYPE.MX)).sent.map(text)[0]).toContain(`${target}\0\x01\x40`);
  });

  test("waits 20 to 120 ms for shared answers and not at all for unique ones (U-11)", () => {
    expect(times(asked(question(HOST, TYPE.A)).sent)).toEqual([0]);
    expect(times(asked(question(INSTANCE, TYPE.MX)).sent)).toEqual([0]);
    expect(times(asked(question(SERVICE_TYPE, TYPE.PTR)).sent)).toEqual([70]);
  });

  test("what does not exist gets no reply, a type that we lack NSEC (U-10, W-15)", () => {
    expect(asked(question("nobody.local", TYPE.A)).transcript).toEqual([]);
    expect(asked(question(SERVICE_TYPE, TYPE.SRV)).transcript).toEqual([]);
    expect(asked(question(HOST, TYPE.AAAA)).sent.map(answersOf)).toEqual([[brief(nsec(HOST, [TYPE.A]))]]);
  });

  test("sent to our own address it is answered just so (RFC 6762 §5.5; U-13)", () => {
    const { sent } = asked(question(HOST, TYPE.A), {}, { to: "host" });
    expect(sent.map(({ at, to }) => [at, to])).toEqual([[0, CLIENT]]);
    expect(sent[0]?.message.id).toBe(0x4321);
  });

  test("several questions are all repeated and all answered (U-04, A-19)", () => {
    const questions = [question(HOST, TYPE.A), question(INSTANCE, TYPE.TXT)];
    const { sent } = asked(questions);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.message.questions).toEqual(questions);
    expect(sent[0]?.message.answers.map(brief)).toEqual([brief(V4), brief(TXT)]);
  });

  test("two clients and two IDs get a reply each (U-03)", () => {
    const link = printerOnLink();
    link.query(question(SERVICE_TYPE, TYPE.PTR), { id: 1 }, { port: 40_000 });
    link.query(question(SERVICE_TYPE, TYPE.PTR), { id: 2 }, { port: 40_000 });
    link.query(question(SERVICE_TYPE, TYPE.PTR), { id: 3 }, { port: 40_001 }).run(500);
    expect(link.sent.map(({ to, message }) => `${to} ${message.id}`).sort()).toEqual([
      "10.77.0.2:40000 1",
      "10.77.0.2:40000 2",
      "10.77.0.2:40001 3",
    ]);
  });

  test("over IPv6 gets its reply over IPv6 (U-01, L-21)", () => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] }).settled(DUAL_HOST_CLAIM, SERVICE_CLAIM);
    link.query(question(HOST, TYPE.A), { id: 7 }, { port: 40_000, family: "ipv6" }).run(500);
    expect(link.sent.map(({ to, family }) => [to, family])).toEqual([["fe80::2:40000", "ipv6"]]);
  });
});

describe("the size of a legacy reply (RFC 6762 §18.5, RFC 6891)", () => {
  test.each([
    ["without OPT", {}, 512],
    ["with OPT of 1200", edns(1_200), 1_200],
    ["with OPT below 512", edns(100), 512],
    ["with OPT above the MTU", edns(4_096), 1_472],
  ])("%s: cut and marked TC (U-08)", (_case, content, limit) => {
    const link = crowded()
      .query(question(SERVICE_TYPE, TYPE.PTR), { id: 5, ...content }, { port: 40_000 })
      .run(500);
    expect(link.sent).toHaveLength(1);
    const { bytes, message } = link.sent[0] as CoreOnLink["sent"][number];
    expect(bytes.length).toBeLessThanOrEqual(limit);
    expect(bytes.length).toBeGreaterThan(limit * 0.8);
    expect(message.truncated).toBe(message.answers.length < 60);
    expect(message.answers.length).toBeGreaterThan(5);
  });

  test("one that fits has no TC, even if additional records had to stay out (U-08, A-53)", () => {
    const reply = asked(question(SERVICE_TYPE, TYPE.PTR)).sent[0];
    expect(reply?.message.truncated).toBe(false);
    const link = new CoreOnLink().settled(
      own("shared", PTR),
      own("unique", SRV, txt(INSTANCE, ["x".repeat(250), "y".repeat(250)])),
    );
    link.query(question(SERVICE_TYPE, TYPE.PTR), { id: 5 }, { port: 40_000 }).run(500);
    expect(link.sent[0]?.bytes.length).toBeLessThanOrEqual(512);
    expect(link.sent[0]?.message.truncated).toBe(false);
    expect(link.sent.map(answersOf)).toEqual([[brief(PTR)]]);
  });
});

describe("questions that fill a reply by themselves", () => {
  const many = Array.from({ length: 60 }, (_, index) => question(`other ${index}.local`, TYPE.A));

  test("get none: it must repeat them all (U-04)", () => {
    expect(asked([question(HOST, TYPE.A), ...many]).sent).toEqual([]);
  });

  test("are repeated where the query allows for it (U-04, U-08)", () => {
    const [reply] = asked([question(HOST, TYPE.A), ...many], edns(4_096)).sent;
    expect(reply?.message.questions).toHaveLength(61);
    expect(reply?.message.answers.map(brief)).toEqual([brief(V4)]);
  });
});

describe("odd legacy questions", () => {
  test("the QU bit in the class word does no harm (U-14)", () => {
    const { sent } = asked(question(HOST, TYPE.A, { unicast: true }));
    expect(sent.map(({ at, to }) => [at, to])).toEqual([[0, CLIENT]]);
    expect(sent[0]?.message.questions[0]?.class).toBe(1);
    expect(sent.map(answersOf)).toEqual([[brief(V4)]]);
  });

  test("OPT does no harm (U-14)", () => {
    expect(asked(question(HOST, TYPE.A), edns(4_096)).sent.map(answersOf)).toEqual([[brief(V4)]]);
  });

  test.each([
    ["a known answer", { answers: [a("other.local", "1.1.1.1")] }],
    ["an authority record", { authorities: [a("other.local", "1.1.1.1")] }],
    ["TC", { truncated: true }],
  ])("%s in it is answered or ignored, and by unicast only (U-15)", (_case, content) => {
    const { sent, news } = asked(question(HOST, TYPE.A), content);
    expect(sent.length).toBeLessThanOrEqual(1);
    for (const { to } of sent) expect(to).toBe(CLIENT);
    expect(news).toEqual([]);
  });

  test.each([
    ["source port 0", { port: 0 }],
    ["the group as source", { address: "224.0.0.251" }],
    ["broadcast as source", { address: "255.255.255.255" }],
    ["no address as source", { address: "0.0.0.0" }],
    ["the IPv6 group as source", { address: "ff02::fb", family: "ipv6" }],
    ["no IPv6 address as source", { address: "::", family: "ipv6" }],
  ] as const)("%s gets nothing (U-16)", (_case, options) => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] }).settled(HOST_CLAIM, SERVICE_CLAIM);
    link.query(question(HOST, TYPE.A), { id: 1 }, { port: 40_000, ...options });
    link.query(question(SERVICE_TYPE, TYPE.PTR), { id: 1 }, { port: 40_000, ...options });
    expect(link.run(2_000).transcript).toEqual([]);
  });

  test("from off the link gets nothing, sent to the group too (H-01, S-01)", () => {
    for (const to of ["group", "host"] as const) {
      expect(asked(question(HOST, TYPE.A), {}, { onLink: false, address: "192.0.2.9", to }).transcript).toEqual([]);
    }
  });

  test("each sets off one packet at most, and no multicast (H-02, U-12)", () => {
    const link = crowded();
    for (let index = 0; index < 100; index++) {
      link.query(question(SERVICE_TYPE, TYPE.PTR), { id: index, ...edns(4_096) }, { port: 40_000 + index });
      link.query(question(HOST, TYPE.A), { id: index }, { port: 40_000 + index });
    }
    link.run(5_000);
    expect(link.sent.length).toBeLessThanOrEqual(200);
    expect(link.sent.filter(({ to }) => to === "group")).toHaveLength(0);
  });
});

describe("floods", () => {
  test("one source gets a bounded number of bytes in a second, whatever it asks and by whichever way (S-08)", () => {
    const link = printerOnLink();
    for (let index = 0; index < 10_000; index++) {
      link.query(question(HOST, TYPE.ANY), { id: 1, ...edns(1_440) }, { port: 40_000 });
      link.query(qu(HOST, TYPE.ANY));
    }
    const unicast = link.run(900).sent.filter(({ to }) => to !== "group");
    const sizes = unicast.map(({ bytes }) => bytes.length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThanOrEqual(LIMITS.replyBytes);
    expect(total - (sizes.at(-1) ?? 0)).toBeLessThan(LIMITS.replyBytes);
    expect(new Set(unicast.map(({ to }) => to)).size).toBe(2);
    link.run(2_000).clear().query(question(HOST, TYPE.A), { id: 2 }, { port: 40_000 });
    expect(link.sent).toHaveLength(1);
  });

  test("another source is answered meanwhile (S-08)", () => {
    const link = printerOnLink();
    for (let index = 0; index < 20_000; index++) link.query(question(HOST, TYPE.A), { id: 1 }, { port: 40_000 });
    link.clear().query(question(HOST, TYPE.A), { id: 3 }, { peer: 9, port: 40_000 });
    expect(link.sent.map(({ to }) => to)).toEqual(["10.77.0.9:40000"]);
  });

  test("of ever new sources so few get replies that the system's neighbours stay few (S-08, H-18)", () => {
    const link = printerOnLink();
    for (let index = 0; index < 10_000; index++) {
      const address = `10.77.${index >> 8}.${index & 255}`;
      link.query(question(HOST, TYPE.A), { id: 1 }, { port: 40_000, address }).run(1);
    }
    // Linux refuses what needs more than 1,024 of them, the group among it, and keeps each for 5 s.
    for (let end = 5_000; end <= 10_000; end += 100) {
      const lately = link.sent.filter(({ at }) => at > end - 5_000 && at <= end);
      expect(new Set(lately.map(({ to }) => to)).size).toBeLessThanOrEqual(512);
    }
    expect(link.sent.length).toBeGreaterThan(100);
  });

  test("replies that wait for their delay are bounded (S-11, H-18)", () => {
    const link = printerOnLink();
    for (let index = 0; index < 5_000; index++) {
      const address = `10.77.${index >> 8}.${index & 255}`;
      link.query(question(SERVICE_TYPE, TYPE.PTR), { id: index }, { port: 40_000, address });
    }
    expect(link.run(2_000).sent.length).toBeLessThanOrEqual(LIMITS.waitingLegacyReplies);
    expect(link.sent.length).toBeGreaterThan(0);
  });
});
