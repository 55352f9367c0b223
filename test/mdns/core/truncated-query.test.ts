import { describe, expect, test } from "vitest";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { answersOf, times } from "./core-on-link.ts";
import { HOST, PTR, printerOnLink, SERVICE_TYPE, V4 } from "./printer.ts";
import { brief, ptr, question } from "./records.ts";
import { kolmogorovSmirnov } from "./uniformity.ts";

const ASKED = question(SERVICE_TYPE, TYPE.PTR);

function foreign(count: number, first = 0): ResourceRecord[] {
  return Array.from({ length: count }, (_, index) => ptr(SERVICE_TYPE, `Other ${first + index}._ipp._tcp.local`));
}

describe("a truncated query whose rest never comes is answered after 400 to 500 ms (RFC 6762 §7.2)", () => {
  test.each([
    ["a shared record", ASKED, PTR],
    ["a unique record", question(HOST, TYPE.A), V4],
  ])("%s (A-20, M-08)", (_case, asked, record) => {
    const link = printerOnLink().query(asked, { truncated: true }).run(2_000);
    expect(times(link.sent)).toEqual([450]);
    expect(link.sent.map(answersOf)).toEqual([[brief(record)]]);
  });

  test("uniformly (A-20)", () => {
    const link = printerOnLink({ random: seeded("truncated", 3) });
    const delays: number[] = [];
    for (let asked = 0; asked < 400; asked++) {
      link.clear().query(ASKED, { truncated: true });
      link.run(1_600);
      delays.push(...times(link.sent));
    }
    expect(delays).toHaveLength(400);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(400);
    expect(Math.max(...delays)).toBeLessThanOrEqual(500);
    expect(kolmogorovSmirnov(delays, 400, 500)).toBeLessThan(1.63);
  });
});

describe("the packets that follow a truncated query (RFC 6762 §7.2)", () => {
  test("a further truncated one starts the wait anew (A-21)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true, answers: foreign(3) });
    link.run(300).query([], { truncated: true, answers: foreign(3, 3) });
    link.run(2_000);
    expect(times(link.sent)).toEqual([750]);
  });

  test("a further truncated one starts the wait anew, even if it lists nothing that concerns us (A-21)", () => {
    const others = [ptr("_http._tcp.local", "Web._http._tcp.local")];
    const link = printerOnLink().query(ASKED, { truncated: true });
    link.run(300).query([], { truncated: true, answers: others });
    link.run(2_000);
    expect(times(link.sent)).toEqual([750]);
  });

  test("ours listed behind a thousand others', in a packet beyond the cap, is known, too (A-18)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true, answers: foreign(50) });
    for (let packet = 1; packet < 40; packet++) link.query([], { truncated: true, answers: foreign(50, 50 * packet) });
    link.query([], { answers: [PTR] }).run(2_000);
    expect(times(link.sent)).toEqual([]);
  });

  test("the last one, without TC, does not make the answer come before 400 ms or after 500 ms (A-20, A-21)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true, answers: foreign(3) });
    link.run(5).query([], { answers: foreign(3, 3) });
    link.run(2_000);
    expect(times(link.sent)).toEqual([450]);
  });

  test.each([
    [1, 0],
    [1, 300],
    [2, 0],
    [2, 300],
    [5, 0],
    [5, 100],
    [5, 300],
  ])("our answer in the last of %i packets, %i ms apart, silences us (A-22)", (packets, gap) => {
    const link = printerOnLink().query(ASKED, { truncated: true, answers: foreign(3) });
    for (let packet = 1; packet <= packets; packet++) {
      const last = packet === packets;
      link.run(gap).query([], { truncated: !last, answers: last ? [PTR] : foreign(3, packet * 3) });
    }
    expect(link.run(3_000).transcript).toEqual([]);
  });

  test("our answer in the first of them silences us too (A-22)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true, answers: [PTR] });
    link.run(10).query([], { answers: foreign(3) });
    expect(link.run(3_000).transcript).toEqual([]);
  });

  test("a known answer with less than half its TTL does not silence us (A-22, A-24)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true });
    link.run(10).query([], { answers: [{ ...PTR, ttl: 2_249 }] });
    expect(times(link.run(3_000).sent)).toEqual([450]);
  });

  test("packets of another host strike nothing (A-22)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true }, { peer: 2 });
    link.run(10).query([], { answers: [PTR] }, { peer: 3 });
    expect(times(link.run(3_000).sent)).toEqual([450]);
  });

  test("what one host knows is still given to another that waits for it (A-22)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true }, { peer: 2 });
    link.run(20).query(ASKED, { truncated: true }, { peer: 3 });
    link.run(20).query([], { answers: [PTR] }, { peer: 2 });
    link.run(20).query([], { answers: foreign(3) }, { peer: 3 });
    link.run(3_000);
    expect(link.sent.map(answersOf)).toEqual([[brief(PTR)]]);
    expect(times(link.sent)).toEqual([470]);
  });

  test("a second host that asks without TC is answered in its own time (A-17, A-22)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true }, { peer: 2 });
    link.run(100).query(ASKED, {}, { peer: 3 });
    link.run(100).query([], { answers: [PTR] }, { peer: 2 });
    link.run(3_000);
    expect(link.sent.map(answersOf)).toEqual([[brief(PTR)]]);
    expect(times(link.sent)).toEqual([170]);
  });
});

describe("other kinds of truncated query (RFC 6762 §7.2)", () => {
  test("with QU it is answered by unicast in the same time (A-20, A-38)", () => {
    const link = printerOnLink().query({ ...ASKED, unicast: true }, { truncated: true });
    link.run(2_000);
    expect(link.sent.map(({ at, to }) => [at, to])).toEqual([[450, "10.77.0.2:5353"]]);
  });

  test("known answers of follow-ups strike the unicast reply too (A-22)", () => {
    const link = printerOnLink().query({ ...ASKED, unicast: true }, { truncated: true });
    link.run(10).query([], { answers: [PTR] });
    expect(link.run(2_000).transcript).toEqual([]);
  });

  test("questions may go on in the follow-ups (A-19, A-22)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true });
    link.run(10).query(question(HOST, TYPE.A), { answers: foreign(2) });
    link.run(2_000);
    expect(link.sent.flatMap(answersOf).sort()).toEqual([brief(V4), brief(PTR)].sort());
    for (const at of times(link.sent)) expect(at).toBeLessThanOrEqual(510);
  });

  test("a second long list in packets beyond the cap silences us as well (A-19, A-22)", () => {
    const link = printerOnLink().query(question(HOST, TYPE.A), { truncated: true, answers: foreign(50) });
    for (let packet = 1; packet < 20; packet++) link.query([], { truncated: true, answers: foreign(50, 50 * packet) });
    link.query(ASKED, { truncated: true, answers: foreign(50, 2_000) });
    link.query([], { answers: [PTR] }).run(2_000);
    expect(link.sent.map(answersOf)).toEqual([[brief(V4)]]);
  });

  test("a question in a packet beyond the cap is answered when the wait ends (A-19, A-20)", () => {
    const link = printerOnLink().query(question(HOST, TYPE.A), { truncated: true });
    for (let packet = 0; packet < 20; packet++) link.query([], { truncated: true, answers: foreign(5) });
    link.run(100).query(ASKED, { truncated: true }).run(2_000);
    expect(times(link.sent)).toEqual([450]);
  });

  test("the next query of that host, later, is a query of its own (A-22)", () => {
    const link = printerOnLink().query(ASKED, { truncated: true });
    link.run(10).query([], { answers: [PTR] });
    link.run(3_000).clear().query(ASKED);
    expect(times(link.run(1_000).sent)).toEqual([70]);
  });

  test("a packet of known answers alone, out of the blue, does nothing (A-22)", () => {
    const link = printerOnLink().query([], { answers: [PTR] });
    link.run(10).query(ASKED, {}, { peer: 3 });
    expect(times(link.run(1_000).sent)).toEqual([80]);
  });
});
