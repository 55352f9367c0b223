import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf, CoreOnLink, gaps, times } from "./core-on-link.ts";
import {
  HOST,
  HOST_CLAIM,
  INSTANCE,
  PTR,
  printerOnLink,
  REVERSE,
  SERVICE_CLAIM,
  SERVICE_TYPE,
  SRV,
  TXT,
  V4,
} from "./printer.ts";
import { brief, own, qu, question, srv, txt } from "./records.ts";

const A = question(HOST, TYPE.A);
const PROPOSED = { authorities: [{ ...V4, data: { kind: "address", address: "10.77.0.9" } as const }] };

describe("a record is not multicast again within a second (RFC 6762 §6)", () => {
  test("asked for again after 300 ms it waits for the second to pass, if it is given at all (A-30)", () => {
    const link = printerOnLink().query(A);
    link.run(300).query(A, {}, { peer: 3 });
    link.run(3_000);
    expect(times(link.sent)[0]).toBe(0);
    for (const gap of gaps(link.sent)) expect(gap).toBeGreaterThanOrEqual(1_000);
  });

  test("asked for again after a second it is given at once (A-30)", () => {
    const link = printerOnLink().query(A).run(1_000).query(A);
    expect(times(link.run(100).sent)).toEqual([0, 1_000]);
  });

  test("a shared one too, whatever its random delays (A-30)", () => {
    for (const random of [0, 0.3, 0.99]) {
      const link = printerOnLink({ random: () => random });
      for (let asked = 0; asked < 40; asked++) link.query(question(SERVICE_TYPE, TYPE.PTR)).run(130);
      expect(link.sent.length).toBeGreaterThanOrEqual(4);
      for (const gap of gaps(link.sent)) expect(gap).toBeGreaterThanOrEqual(1_000);
    }
  });

  test("a thousand questions a second get an answer a second (A-30, S-07)", () => {
    const link = printerOnLink();
    for (let asked = 0; asked < 3_000; asked++) link.query(A, {}, { peer: 2 + (asked % 100) }).run(1);
    link.run(2_000);
    expect(link.sent.length).toBeGreaterThanOrEqual(3);
    expect(link.sent.length).toBeLessThanOrEqual(4);
    for (const gap of gaps(link.sent)) expect(gap).toBeGreaterThanOrEqual(1_000);
  });

  test("an announcement counts (A-30, A-31)", () => {
    const link = printerOnLink().restart().run(10_000);
    const announced = link.responses.at(-1)?.at as number;
    const again = printerOnLink().restart();
    again.run(announced + 400).query(A);
    again.run(3_000);
    const later = again.responses.filter(({ at }) => at > announced);
    expect(later.length).toBeLessThanOrEqual(1);
    for (const { at } of later) expect(at).toBeGreaterThanOrEqual(announced + 1_000);
  });

  test("an additional record counts (A-31)", () => {
    const link = printerOnLink().query(question(INSTANCE, TYPE.SRV));
    link.run(300).query(A);
    link.run(3_000);
    const withAddress = link.sent.filter(({ message }) =>
      [...message.answers, ...message.additionals].some((entry) => entry.type === TYPE.A),
    );
    for (const gap of gaps(withAddress)) expect(gap).toBeGreaterThanOrEqual(1_000);
  });

  test("other records are not held back (A-31)", () => {
    const link = printerOnLink().query(A);
    link.run(100).query(question(INSTANCE, TYPE.TXT));
    link.run(100).query(question(REVERSE, TYPE.PTR));
    link.run(500);
    expect(link.sent.map(({ at }) => at)).toEqual([0, 100, 200]);
    expect(answersOf(link.sent[1] as never)).toEqual([brief(TXT)]);
  });

  test("a record that may not go yet does not come along as an additional one (A-30, A-31)", () => {
    const link = printerOnLink().query(A);
    link.run(200).query(question(INSTANCE, TYPE.SRV));
    link.run(500);
    expect(link.sent.map(answersOf)).toEqual([[brief(V4)], [brief(SRV)]]);
    expect(link.sent[1]?.message.additionals.map(brief)).not.toContain(brief(V4));
  });

  test("an answer that waits is not given again when it went out as an additional record meanwhile (A-30, A-31)", () => {
    const link = printerOnLink().query([question(INSTANCE, TYPE.ANY), A], {
      authorities: [srv(INSTANCE, "other.local", 1)],
    });
    link.run(900);
    const given = link.sent.flatMap(({ message }) => [...message.answers, ...message.additionals]).map(brief);
    expect(given.filter((entry) => entry === brief(V4))).toHaveLength(1);
  });

  test("nor is a denial that waits (A-30, A-31)", () => {
    const link = printerOnLink().query([question(INSTANCE, TYPE.ANY), question(HOST, TYPE.TXT)], {
      authorities: [srv(INSTANCE, "other.local", 1)],
    });
    link.run(900);
    const given = link.sent.flatMap(({ message }) => [...message.answers, ...message.additionals]).map(brief);
    expect(given.filter((entry) => entry.startsWith(`NSEC ${HOST}`))).toHaveLength(1);
  });

  test("an answer that waits goes along with one that is due sooner (A-29, A-30)", () => {
    const link = printerOnLink().query([A, question(SERVICE_TYPE, TYPE.TXT)]);
    link.run(30).query(question(INSTANCE, TYPE.SRV));
    link.run(900);
    expect(times(link.sent)).toEqual([30]);
    expect(link.sent.map((sent) => answersOf(sent).sort())).toEqual([[brief(V4), brief(SRV)]]);
  });

  test("denials of two types of a name are one record, however their TTLs differ (A-30, A-10)", () => {
    const link = printerOnLink().query(question(HOST, TYPE.AAAA));
    link.run(100).query(question(HOST, TYPE.TXT));
    link.run(300).query(question(HOST, TYPE.AAAA));
    link.run(3_000);
    expect(times(link.sent)[0]).toBe(0);
    for (const gap of gaps(link.sent)) expect(gap).toBeGreaterThanOrEqual(1_000);
  });

  test("unicast replies are not held back, and hold nothing back (A-31)", () => {
    const link = printerOnLink().query(A);
    link.run(100).query(qu(HOST, TYPE.A)).query(A, {}, { port: 40_000 }).query(A, {}, { to: "host" });
    link.run(400);
    expect(link.sent.map(({ at, to }) => [at, to])).toEqual([
      [0, "group"],
      [100, "10.77.0.2:5353"],
      [100, "10.77.0.2:40000"],
      [100, "10.77.0.2:5353"],
    ]);
    link.run(9_500).clear().query(qu(HOST, TYPE.A)).run(100).query(A).run(100);
    expect(link.sent.map(({ at, to }) => [at, to])).toEqual([
      [0, "10.77.0.2:5353"],
      [100, "group"],
    ]);
  });
});

describe("in defence against a probe 250 ms are enough (RFC 6762 §6)", () => {
  test.each([
    [100, 250],
    [249, 250],
    [250, 250],
    [600, 600],
  ])("a QM probe %i ms after an answer is answered by multicast at %i ms (A-32)", (probed, answered) => {
    const link = printerOnLink().query(A);
    link.run(probed).query(question(HOST, TYPE.ANY), PROPOSED);
    link.run(2_000);
    expect(link.transcript.map((line) => line.split(" ").slice(0, 2))).toEqual([
      ["0", "group"],
      [`${answered}`, "group"],
    ]);
  });

  test("two probes in a row are both answered in time (A-32)", () => {
    const link = printerOnLink().query(question(HOST, TYPE.ANY), PROPOSED);
    link.run(250).query(question(HOST, TYPE.ANY), PROPOSED);
    link.run(250).query(question(HOST, TYPE.ANY), PROPOSED);
    expect(times(link.run(1_000).sent)).toEqual([0, 250, 500]);
  });
});

describe("a record that is taken up again right after it was given up (RFC 6762 §6)", () => {
  test("by another claim is announced a second after it was last multicast; goodbyes are free (A-30, P-52)", () => {
    const link = new CoreOnLink();
    for (let turn = 0; turn < 5; turn++) link.withdraw(link.run(50).register(own("shared", PTR))).run(50);
    link.register(own("shared", PTR));
    link.run(5_000);
    const told = link.responses.map(({ at, message }) => `${at} ${message.answers[0]?.ttl}`);
    expect(told).toEqual(["50 4500", "50 0", "1050 4500", "2070 4500"]);
  });

  test("by the update after the next waits, too, and the one between does not (A-30, P-46)", () => {
    const [one, two] = ["1", "2"].map((text) => own("unique", txt("k.local", [text])));
    const link = new CoreOnLink();
    const claim = link.register(one ?? []);
    link
      .run(10_000)
      .update(claim, two ?? [])
      .run(10_000)
      .update(claim, one ?? [])
      .run(10_000)
      .clear();
    link
      .update(claim, two ?? [])
      .run(300)
      .update(claim, one ?? [])
      .run(300)
      .update(claim, two ?? [])
      .run(5_000);
    expect(link.responses.map(({ at }) => at)).toEqual([0, 300, 1_000, 2_020]);
  });

  test("with its name, whose denial is not repeated either (A-30, A-04)", () => {
    const link = new CoreOnLink({ random: () => 0 });
    const claim = link.register(own("unique", V4));
    link.run(10_000).clear().query(question(HOST, TYPE.AAAA)).run(1);
    link.withdraw(claim).register(own("unique", V4));
    link.run(770).query(question(HOST, TYPE.AAAA)).run(1_000);
    const denials = link.responses.filter(({ message }) =>
      [...message.answers, ...message.additionals].some(({ type, ttl }) => type === TYPE.NSEC && ttl > 0),
    );
    expect(times(denials)).toEqual([0, 1_000]);
  });
});

test("a legacy question leaves no trace in multicast state (RFC 6762 §6.7; A-57, U-12)", () => {
  const link = printerOnLink().query(A, {}, { port: 40_000 });
  link.run(100).query(A).query(question(SERVICE_TYPE, TYPE.PTR), {}, { port: 40_000 });
  link.run(100).query(question(SERVICE_TYPE, TYPE.PTR));
  link.run(300);
  expect(link.sent.filter(({ to }) => to === "group").map(({ at }) => at)).toEqual([100, 270]);
  expect(link.sent.at(-1)?.message.answers.map(brief)).toEqual([brief(PTR)]);
});

describe("answers between announcements (RFC 6762 §6, §8.3)", () => {
  test.each([880, 1_000, 1_400, 1_800, 1_890])(
    "asked %i ms after the start: no record twice within a second, and both announcements complete (A-30, P-29)",
    (asked) => {
      const link = new CoreOnLink();
      link.register(HOST_CLAIM);
      link.register(SERVICE_CLAIM);
      link.run(asked).query(A).query(question(SERVICE_TYPE, TYPE.PTR)).query(question(INSTANCE, TYPE.SRV));
      link.run(20_000);
      const last = new Map<string, number>();
      const count = new Map<string, number>();
      for (const { at, message } of link.responses) {
        for (const entry of [...message.answers, ...message.additionals].map(brief)) {
          expect(`${entry}: ${at - (last.get(entry) ?? Number.NEGATIVE_INFINITY) >= 1_000}`).toBe(`${entry}: true`);
          last.set(entry, at);
          count.set(entry, (count.get(entry) ?? 0) + 1);
        }
      }
      for (const entry of [V4, PTR, SRV, TXT].map(brief)) expect(count.get(entry)).toBeGreaterThanOrEqual(2);
    },
  );
});
