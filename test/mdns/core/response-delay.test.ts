import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { answersOf, times } from "./core-on-link.ts";
import { HOST, INSTANCE, PTR, printerOnLink, SERVICE_TYPE, SRV, SUBTYPE, TXT, TYPE_LIST, V4 } from "./printer.ts";
import { brief, question } from "./records.ts";
import { kolmogorovSmirnov, quarters } from "./uniformity.ts";

describe("a single question for unique records is answered at once (RFC 6762 §6)", () => {
  test.each([
    ["A", HOST, TYPE.A, [V4]],
    ["SRV", INSTANCE, TYPE.SRV, [SRV]],
    ["TXT", INSTANCE, TYPE.TXT, [TXT]],
    ["ANY on the instance", INSTANCE, TYPE.ANY, [SRV, TXT]],
    ["ANY on the host", HOST, TYPE.ANY, [V4]],
    ["a name in other case", "pRiNtEr._IPP._tcp.LOCAL", TYPE.SRV, [SRV]],
  ])("%s (A-16)", (_case, name, type, records) => {
    const link = printerOnLink().query(question(name, type)).run(2_000);
    expect(times(link.sent)).toEqual([0]);
    expect(link.sent.flatMap(answersOf).sort()).toEqual(records.map(brief).sort());
  });
});

describe("an answer that other hosts may give too waits 20 to 120 ms (RFC 6762 §6)", () => {
  test.each([
    ["the service type", SERVICE_TYPE],
    ["a subtype", SUBTYPE],
    ["type enumeration", TYPE_LIST],
  ])("%s (A-17)", (_case, name) => {
    for (const [random, due] of [
      [0, 20],
      [0.25, 45],
      [0.999, 119.9],
    ] as const) {
      const link = printerOnLink({ random: () => random })
        .query(question(name, TYPE.PTR))
        .run(2_000);
      expect(link.sent).toHaveLength(1);
      expect(link.sent[0]?.at).toBeCloseTo(due);
    }
  });

  test("a thousand delays are uniform: each quarter has its share, and so says Kolmogorov–Smirnov (A-17)", () => {
    const link = printerOnLink({ random: seeded("uniform", 11) });
    const delays: number[] = [];
    for (let asked = 0; asked < 1_000; asked++) {
      link.clear().query(question(SERVICE_TYPE, asked % 4 === 3 ? TYPE.ANY : TYPE.PTR));
      link.run(1_300);
      expect(link.sent.map(answersOf)).toEqual([[brief(PTR)]]);
      delays.push(...times(link.sent));
    }
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...delays)).toBeLessThanOrEqual(120);
    for (const share of quarters(delays, 20, 120)) {
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.3);
    }
    expect(kolmogorovSmirnov(delays, 20, 120)).toBeLessThan(1.63);
  });
});

describe("a packet of several questions (RFC 6762 §6.3)", () => {
  test("delays unique answers too (A-18)", () => {
    const link = printerOnLink()
      .query([question(HOST, TYPE.A), question(INSTANCE, TYPE.SRV)])
      .run(2_000);
    expect(times(link.sent)).toEqual([70]);
  });

  test("gets all its answers, in one packet and none of them twice (A-19, A-54)", () => {
    const link = printerOnLink();
    link.query([question("other.local", TYPE.A), question(HOST, TYPE.A), question(SERVICE_TYPE, TYPE.PTR)]);
    link.run(2_000);
    expect(link.sent.map(answersOf)).toEqual([[brief(V4), brief(PTR)]]);
    const all = [...(link.sent[0]?.message.answers ?? []), ...(link.sent[0]?.message.additionals ?? [])].map(brief);
    expect(new Set(all).size).toBe(all.length);
  });

  test("has uniform delays of 20 to 120 ms like a shared answer (A-18)", () => {
    const link = printerOnLink({ random: seeded("several", 1) });
    const delays: number[] = [];
    for (let asked = 0; asked < 400; asked++) {
      link.clear().query([question(HOST, TYPE.A), question(INSTANCE, TYPE.TXT)]);
      link.run(1_300);
      delays.push(...times(link.sent));
    }
    expect(delays).toHaveLength(400);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...delays)).toBeLessThanOrEqual(120);
    expect(kolmogorovSmirnov(delays, 20, 120)).toBeLessThan(1.63);
  });
});
