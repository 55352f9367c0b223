import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { answersOf, CoreOnLink, gaps, times } from "./core-on-link.ts";
import { HOST, HOST_CLAIM, PTR, printerOnLink, SERVICE_CLAIM, SERVICE_TYPE, V4 } from "./printer.ts";
import { a, brief, ptr, question } from "./records.ts";

const SEEDS = [1, 2, 3, 4, 5];

function lag(seed: number): () => number {
  const random = seeded("lag", seed);
  return () => random() * 150;
}

describe("on a busy machine that wakes the core up to 150 ms late", () => {
  test.each(SEEDS)(
    "probes, announcements and what lies between keep their distance (P-06, P-27, P-29; seed %i)",
    (seed) => {
      const link = new CoreOnLink();
      link.register(HOST_CLAIM);
      link.register(SERVICE_CLAIM);
      link.run(60_000, lag(seed));
      expect(link.probes).toHaveLength(3);
      for (const gap of gaps(link.probes)) expect(gap).toBeGreaterThanOrEqual(250);
      const [first = 0] = times(link.responses);
      expect(first - (link.probes[2]?.at ?? 0)).toBeGreaterThanOrEqual(250);
      expect(link.responses.length).toBeGreaterThanOrEqual(2);
      for (const gap of gaps(link.responses)) expect(gap).toBeGreaterThanOrEqual(1_000);
      for (const sent of link.responses) expect(answersOf(sent)).toContain(brief(PTR));
    },
  );

  test.each(SEEDS)("no interval of a question's series is shorter than it should be (Q-02, Q-03; seed %i)", (seed) => {
    const link = new CoreOnLink().run(60_000).clear();
    link.ask(question("_http._tcp.local", TYPE.PTR));
    link.run(300_000, lag(seed));
    for (const [index, gap] of gaps(link.queries).entries()) {
      expect(gap).toBeGreaterThanOrEqual(1_000 * 2 ** index);
      expect(gap).toBeLessThanOrEqual(1_000 * 2 ** index + 300);
    }
    expect(link.queries.length).toBeGreaterThan(7);
  });

  test.each(SEEDS)("the rate limit holds (A-30; seed %i)", (seed) => {
    const link = printerOnLink();
    const late = lag(seed);
    for (let asked = 0; asked < 60; asked++) {
      link.query(question(SERVICE_TYPE, TYPE.PTR)).query(question(HOST, TYPE.A)).run(100, late);
    }
    for (const record of [PTR, V4]) {
      const sent = link.sent.filter(({ message }) =>
        [...message.answers, ...message.additionals].some((entry) => brief(entry) === brief(record)),
      );
      expect(sent.length).toBeGreaterThan(3);
      for (const gap of gaps(sent)) expect(gap).toBeGreaterThanOrEqual(1_000);
    }
  });
});

test("withdrawing everything does whatever is due (A-16)", () => {
  const link = printerOnLink();
  link.query([question(SERVICE_TYPE, TYPE.PTR), question(HOST, TYPE.A)]);
  link.core.withdrawAll(link.now + 120);
  expect(link.core.deadline).toBeUndefined();
});

describe("a process that was suspended", () => {
  test("while probing goes on without haste (P-06, P-27)", () => {
    for (const at of [50, 200, 500, 700]) {
      const link = new CoreOnLink();
      link.register(HOST_CLAIM);
      link.run(at).sleep(60_000).run(60_000);
      expect(link.probes).toHaveLength(3);
      for (const gap of gaps(link.probes)) expect(gap).toBeGreaterThanOrEqual(250);
      expect((link.responses[0]?.at ?? 0) - (link.probes[2]?.at ?? 0)).toBeGreaterThanOrEqual(250);
      for (const gap of gaps(link.responses)) expect(gap).toBeGreaterThanOrEqual(1_000);
    }
  });

  test("for hours asks each question once when it wakes, and tells once of what has expired (C-01, Q-02)", () => {
    const link = new CoreOnLink().run(60_000);
    link.ask(question("_http._tcp.local", TYPE.PTR));
    link.run(200);
    for (let index = 0; index < 10; index++) {
      const host = `peer${index}.local`;
      link.ask(question(host, TYPE.A));
      link.respond([
        a(host, `10.77.0.${index + 2}`, { flush: true }),
        ptr("_http._tcp.local", `I${index}._http._tcp.local`),
      ]);
    }
    link
      .run(50_000)
      .clear()
      .sleep(4 * 3_600_000);
    expect(link.told.filter(({ change }) => change === "removed")).toHaveLength(20);
    const asked = link.queries.flatMap(({ message }) => message.questions.map(({ name, type }) => `${name} ${type}`));
    expect(new Set(asked).size).toBe(asked.length);
    link.run(900);
    expect(link.told).toHaveLength(20);
    expect(link.queries.length).toBeLessThanOrEqual(12);
  });

  test("past the time of a delayed answer gives it once (A-17)", () => {
    const link = printerOnLink().query(question(SERVICE_TYPE, TYPE.PTR)).sleep(10_000).run(10_000);
    expect(times(link.sent)).toEqual([10_000]);
  });
});
