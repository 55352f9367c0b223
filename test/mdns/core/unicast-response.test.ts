import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf, CoreOnLink, times } from "./core-on-link.ts";
import {
  DUAL_HOST_CLAIM,
  HOST,
  INSTANCE,
  PTR,
  printerOnLink,
  SERVICE_CLAIM,
  SERVICE_TYPE,
  SRV,
  TXT,
  V4,
} from "./printer.ts";
import { a, brief, own, qu, question } from "./records.ts";

const PEER = "10.77.0.2:5353";
const RIVAL = { authorities: [a(HOST, "10.77.0.9")] };

function whereTo(link: CoreOnLink): [number, string][] {
  return link.sent.map(({ at, to }) => [at, to]);
}

describe("a QU question (RFC 6762 §5.4)", () => {
  test("gets a unicast reply when the record was multicast lately (A-36, M-02)", () => {
    const link = printerOnLink().query(question(INSTANCE, TYPE.SRV));
    link.run(2_000).query(qu(INSTANCE, TYPE.SRV));
    link.run(2_000);
    expect(whereTo(link)).toEqual([
      [0, "group"],
      [2_000, PEER],
    ]);
    expect(link.sent.map(answersOf)).toEqual([[brief(SRV)], [brief(SRV)]]);
  });

  test.each([
    ["an address", HOST, TYPE.A, 30_000, 0],
    ["a service PTR", SERVICE_TYPE, TYPE.PTR, 1_125_000, 70],
  ])("%s: lately means within a quarter of its TTL (A-36, A-37, W-19)", (_case, name, type, quarter, delay) => {
    const link = printerOnLink().query(question(name, type)).run(10_000);
    const last = link.sent[0]?.at as number;
    link.run(quarter + last - 10_000 - 200).query(qu(name, type));
    link.run(4_000);
    expect(whereTo(link).slice(1)).toEqual([[quarter + last - 200 + delay, PEER]]);
    link.query(qu(name, type)).run(500);
    expect(whereTo(link)[2]).toEqual([quarter + last + 3_800 + delay, "group"]);
  });

  test("after that multicast the next one is answered by unicast again (A-36)", () => {
    const link = printerOnLink().run(31_000).clear().query(qu(HOST, TYPE.A));
    link.run(2_000).query(qu(HOST, TYPE.A));
    link.run(500);
    expect(whereTo(link).at(-1)).toEqual([2_000, PEER]);
    expect(whereTo(link)).toContainEqual([0, "group"]);
  });

  test("for a shared record waits as a QM one does (A-38)", () => {
    expect(whereTo(printerOnLink().query(qu(SERVICE_TYPE, TYPE.PTR)).run(500))).toEqual([[70, PEER]]);
  });

  test("is answered like a QM one: no ID, no question, flush bit, full TTL (A-38)", () => {
    const link = printerOnLink().query(qu(INSTANCE, TYPE.SRV), { id: 0x4321 }).run(500);
    const { bytes, message } = link.sent[0] ?? {};
    expect(bytes?.subarray(0, 6)).toEqual(Uint8Array.of(0, 0, 0x84, 0, 0, 0));
    expect(message?.answers[0]).toMatchObject({ flush: true, ttl: 120, class: 1 });
  });

  test("for a type that we lack is denied by unicast (A-04, A-36)", () => {
    const link = printerOnLink().query(question(HOST, TYPE.MX)).run(2_000).clear();
    expect(whereTo(link.query(qu(HOST, TYPE.MX)).run(500))).toEqual([[0, PEER]]);
  });

  test("shares a packet with a QM one, each treated by its own bit (RFC 6762 §6.3; A-39, M-02)", () => {
    const link = printerOnLink().query([qu(HOST, TYPE.A), question(SERVICE_TYPE, TYPE.PTR)]);
    link.run(2_000);
    const groupAnswers = link.sent.filter(({ to }) => to === "group").flatMap(answersOf);
    expect(groupAnswers).toContain(brief(PTR));
    if (!groupAnswers.includes(brief(V4))) {
      expect(link.sent.filter(({ to }) => to === PEER).flatMap(answersOf)).toEqual([brief(V4)]);
    }
  });

  test("from outside the subnet is answered by multicast (RFC 6762 §11; A-40)", () => {
    const link = printerOnLink().query(qu(HOST, TYPE.A), {}, { address: "192.0.2.9", onLink: false });
    expect(whereTo(link.run(2_000))).toEqual([[0, "group"]]);
  });

  test("that a neighbour had answered draws no unicast when a stranger repeats it (RFC 6762 §11; A-40, H-01)", () => {
    const link = printerOnLink().query(question(HOST, TYPE.A)).run(2_000).clear();
    link.query(qu(HOST, TYPE.A)).query(qu(HOST, TYPE.A), {}, { address: "192.0.2.9", onLink: false });
    expect(whereTo(link.run(2_000))).toEqual([
      [0, PEER],
      [0, "group"],
    ]);
  });

  test("is suppressed by a known answer like any other (A-23, A-38)", () => {
    expect(
      printerOnLink()
        .query(qu(HOST, TYPE.A), { answers: [V4] })
        .run(2_000).transcript,
    ).toEqual([]);
  });

  test("over IPv6 gets its reply over IPv6 (A-36, L-21)", () => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] }).settled(DUAL_HOST_CLAIM, SERVICE_CLAIM);
    link.query(qu(INSTANCE, TYPE.TXT), {}, { family: "ipv6" }).run(500);
    expect(link.sent.map(({ to, family }) => [to, family])).toEqual([["fe80::2:5353", "ipv6"]]);
  });
});

describe("a question sent to our own address (RFC 6762 §5.5)", () => {
  test.each([
    ["QM", question(HOST, TYPE.A)],
    ["QU", qu(HOST, TYPE.A)],
  ])("%s is answered by unicast (A-41, M-10)", (_case, asked) => {
    const link = printerOnLink().query(asked, {}, { to: "host" });
    expect(whereTo(link.run(2_000))).toEqual([[0, PEER]]);
    expect(link.sent.map(answersOf)).toEqual([[brief(V4)]]);
  });

  test.each([
    ["port 5353", question(HOST, TYPE.A), 5_353],
    ["port 5353, QU", qu(INSTANCE, TYPE.TXT), 5_353],
    ["an ephemeral port", question(HOST, TYPE.A), 40_000],
  ])("from off the link is ignored: %s (A-42, U-13, S-01, H-01)", (_case, asked, port) => {
    const link = printerOnLink().query(asked, {}, { to: "host", address: "192.0.2.9", onLink: false, port });
    expect(link.run(2_000).transcript).toEqual([]);
  });
});

test("a unique set with several lifetimes is not parted: it was multicast lately as long as each of its records was (RFC 6762 §5.4, §10.2)", () => {
  const set = [a("all.local", "10.77.0.1", { ttl: 60 }), a("all.local", "10.77.0.3", { ttl: 120 })];
  const link = new CoreOnLink();
  link.register(own("unique", ...set));
  link.run(20_000).clear().query(qu("all.local", TYPE.A)).run(200);
  expect(whereTo(link)).toEqual([[0, "group"]]);
  expect(link.sent.map(answersOf)).toEqual([set.map(brief)]);
});

describe("a probe for a name of ours (RFC 6762 §5.4, §6, §8.1)", () => {
  test("with QU gets a unicast reply at once (A-33, A-34)", () => {
    const link = printerOnLink().query(qu(HOST, TYPE.ANY), RIVAL).run(2_000);
    expect(whereTo(link)).toContainEqual([0, PEER]);
    expect(link.sent.filter(({ to }) => to === PEER).map(answersOf)).toEqual([[brief(V4)]]);
    expect(moments(link)).toEqual([0]);
  });

  test("gets it even when the record has not been multicast for long (A-34)", () => {
    const link = printerOnLink().run(60_000).clear().query(qu(HOST, TYPE.ANY), RIVAL).run(2_000);
    expect(whereTo(link)).toContainEqual([0, PEER]);
    expect(moments(link)).toEqual([0]);
  });

  test("gets it even within a second of a multicast (A-32, A-34)", () => {
    const link = printerOnLink().query(question(HOST, TYPE.A)).run(50).query(qu(HOST, TYPE.ANY), RIVAL).run(100);
    expect(whereTo(link)).toContainEqual([50, PEER]);
  });

  test("with several questions is not delayed (A-33)", () => {
    const authorities = [a(HOST, "10.77.0.9"), { ...TXT, data: { kind: "txt", strings: [] } as const }];
    for (const ask of [qu, question]) {
      const asked = [ask(HOST, TYPE.ANY), ask(INSTANCE, TYPE.ANY), ask("other.local", TYPE.ANY)];
      const link = printerOnLink().query(asked, { authorities }).run(2_000);
      expect(moments(link)).toEqual([0]);
      expect(new Set(link.sent.flatMap(answersOf))).toEqual(new Set([V4, SRV, TXT].map(brief)));
    }
  });

  test("with QM gets a multicast reply at once (A-33)", () => {
    expect(whereTo(printerOnLink().query(question(HOST, TYPE.ANY), RIVAL).run(2_000))).toEqual([[0, "group"]]);
  });

  test("is told by proposed records that answer its questions; others make no probe (A-35)", () => {
    const authorities = [a("other.local", "10.77.0.9")];
    const asked = [question(HOST, TYPE.A), question(INSTANCE, TYPE.SRV)];
    expect(whereTo(printerOnLink().query(asked, { authorities }).run(2_000))).toEqual([[70, "group"]]);
  });

  test("does not shake an established name (P-15, P-33)", () => {
    const link = printerOnLink().query(question(HOST, TYPE.ANY), { authorities: [a(HOST, "255.255.255.255")] });
    link.run(2_000);
    expect(link.news).toEqual([]);
    expect(times(link.probes)).toEqual([]);
  });
});

function moments(link: CoreOnLink): number[] {
  return [...new Set(link.sent.map(({ at }) => at))];
}

describe("more peers than can wait for unicast answers (S-11)", () => {
  const crowded = (): CoreOnLink => {
    const link = printerOnLink();
    for (let peer = 0; peer < LIMITS.waitingPeers; peer++) {
      link.query(qu(SERVICE_TYPE, TYPE.PTR), {}, { address: `10.77.${1 + (peer >> 8)}.${peer & 255}` });
    }
    return link;
  };

  test("a probe is defended all the same (A-33, S-11)", () => {
    const link = crowded().query(qu(HOST, TYPE.ANY), RIVAL, { peer: 9 });
    link.run(10);
    expect(link.sent.flatMap(answersOf)).toContain(brief(V4));
  });

  test("who comes later is answered by multicast (A-37, S-11)", () => {
    const link = crowded().query(qu(SERVICE_TYPE, TYPE.PTR)).run(120);
    expect(link.sent.map(({ to }) => to)).toContain("group");
    expect(link.sent.map(({ to }) => to)).not.toContain(PEER);
  });

  test("unless the answer is due at once, for it need not wait (A-36)", () => {
    expect(
      crowded()
        .query(qu(HOST, TYPE.A))
        .sent.map(({ to }) => to),
    ).toEqual([PEER]);
  });
});

describe("a peer that has had as many unicast replies as one source gets (S-08)", () => {
  const greedy = (): CoreOnLink => {
    const link = printerOnLink();
    for (let bytes = 0; bytes < LIMITS.replyBytes; bytes += link.sent.pop()?.bytes.length ?? Number.NaN)
      link.query(qu(INSTANCE, TYPE.SRV));
    return link.clear();
  };

  test("is shown by multicast that the name it probes for is taken (A-33, S-08)", () => {
    const link = greedy().query(qu(HOST, TYPE.ANY), RIVAL).run(10);
    expect(link.sent.map(({ to }) => to)).toEqual(["group"]);
    expect(link.sent.flatMap(answersOf)).toContain(brief(V4));
  });

  test("is answered by multicast until the second is over, which each record is at most once (A-30, S-08)", () => {
    const link = greedy();
    for (let query = 0; query < 100; query++) link.query(qu(INSTANCE, TYPE.SRV));
    expect(link.sent.map(({ to }) => to)).toEqual(["group"]);
    link.run(1_000).clear().query(qu(INSTANCE, TYPE.SRV));
    expect(link.sent.map(({ to }) => to)).toEqual([PEER]);
  });
});

test("no more sources than `replySources` get a unicast reply in a second, even if all ask the same (S-08, H-18)", () => {
  const link = printerOnLink();
  for (let host = 0; host < LIMITS.replySources + 50; host++) {
    link.query(qu(INSTANCE, TYPE.SRV), {}, { address: `10.77.${host >> 8}.${host & 255}` });
  }
  expect(link.run(10).sent.filter(({ to }) => to !== "group")).toHaveLength(LIMITS.replySources);
});

describe("a defence by unicast that is not heard (RFC 6762 §8.1)", () => {
  test("is multicast when the same is probed for again (A-33, A-34)", () => {
    const link = printerOnLink().query(qu(HOST, TYPE.ANY), RIVAL).run(250);
    expect(link.sent.map(({ to }) => to)).toEqual([PEER]);
    link.clear().query(qu(HOST, TYPE.ANY), RIVAL).run(10);
    expect(link.sent.map(({ to }) => to).sort()).toEqual([PEER, "group"].sort());
  });
});
