import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { RecentQuestions } from "../../../src/mdns/core/recent-questions.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { CoreOnLink, gaps, times } from "./core-on-link.ts";
import { a, aaaa, ptr, question, srv } from "./records.ts";
import { kolmogorovSmirnov } from "./uniformity.ts";

const BROWSE = question("_http._tcp.local", TYPE.PTR);
const HOUR = 3_600_000;

/** A link that has been up for long. */
function longUp(options?: ConstructorParameters<typeof CoreOnLink>[0]): CoreOnLink {
  return new CoreOnLink(options).run(60_000).clear();
}

function questionsOf(link: CoreOnLink): string[] {
  return link.queries.flatMap(({ message }) => message.questions.map(({ name, type }) => `${name} ${type}`));
}

describe("a continuous question (RFC 6762 §5.2)", () => {
  test("is asked after 20 to 120 ms, then after 1, 2, 4, 8, 16 s (Q-02, Q-03)", () => {
    const link = longUp();
    link.ask(BROWSE);
    link.run(35_000);
    expect(times(link.queries)).toEqual([70, 1_070, 3_070, 7_070, 15_070, 31_070]);
    expect(link.sent).toHaveLength(6);
  });

  test("intervals double until they reach an hour (Q-03, Q-04)", () => {
    const link = longUp();
    link.ask(BROWSE);
    const intervals = gaps(link.run(24 * HOUR).queries);
    for (const [index, interval] of intervals.entries()) {
      expect(interval).toBe(Math.min(1_000 * 2 ** index, HOUR));
    }
    expect(intervals.filter((interval) => interval === HOUR).length).toBeGreaterThan(20);
  });

  test("the delay of the first is uniform over 20 to 120 ms (Q-05)", () => {
    const delays = Array.from({ length: 500 }, (_, seed) => {
      const link = longUp({ random: seeded("first query", seed) });
      link.ask(BROWSE);
      return link.run(500).queries[0]?.at ?? Number.NaN;
    });
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...delays)).toBeLessThanOrEqual(120);
    expect(kolmogorovSmirnov(delays, 20, 120)).toBeLessThan(1.63);
  });

  test("without its delay, if so wished, it is asked at once (Q-05)", () => {
    const link = longUp();
    link.ask(BROWSE, { immediate: true });
    expect(times(link.run(2_000).queries)).toEqual([0, 1_000]);
  });

  test("leaves from port 5353 to the group, with a zero ID and no flags (W-01, W-05, W-06, W-08, W-11)", () => {
    const link = longUp({ families: ["ipv4", "ipv6"] });
    link.ask(BROWSE);
    link.run(2_000);
    expect(link.sent.map(({ to, family }) => `${to} ${family}`).sort()).toEqual([
      "group ipv4",
      "group ipv4",
      "group ipv6",
      "group ipv6",
    ]);
    for (const { bytes } of link.sent) expect(bytes.subarray(0, 4)).toEqual(new Uint8Array(4));
  });

  test("ends with its last asker (Q-27)", () => {
    const link = longUp();
    const [one, two] = [link.ask(BROWSE), link.ask(BROWSE)];
    link.run(2_000).stop(one).run(2_000);
    expect(times(link.queries)).toEqual([70, 1_070, 3_070]);
    link
      .stop(two)
      .clear()
      .run(2 * HOUR);
    expect(link.transcript).toEqual([]);
  });

  test("stopped before its first query it is never asked (Q-27)", () => {
    const link = longUp();
    link.stop(link.ask(BROWSE)).run(10_000);
    expect(link.transcript).toEqual([]);
    expect(link.core.deadline).toBeUndefined();
  });
});

describe("asking and stopping in turn (RFC 6762 §5.2)", () => {
  test("sends no more than a question a second (Q-02, Q-26)", () => {
    const link = longUp();
    for (let turn = 0; turn < 290; turn++) {
      const ask = link.ask(BROWSE, { immediate: true });
      link.run(10).stop(ask);
    }
    expect(times(link.queries)).toEqual([0, 1_000, 2_000]);
  });

  test("whoever comes a second later asks at once, whoever comes earlier when the second is over (Q-02)", () => {
    for (const [pause, at] of [
      [999, 1_000],
      [1_000, 1_000],
      [5_000, 5_000],
    ] as const) {
      const link = longUp();
      link.stop(link.ask(BROWSE, { immediate: true })).run(pause);
      link.ask(BROWSE, { immediate: true });
      expect(times(link.run(500).queries)).toEqual([0, at]);
    }
  });

  test("a question that was not sent yet is not held back (Q-05)", () => {
    const link = longUp();
    link.stop(link.ask(BROWSE));
    link.ask(BROWSE, { immediate: true });
    expect(times(link.run(500).queries)).toEqual([0]);
  });

  test("an answer that goes and comes in turn does not hasten the next question (Q-02, Q-22)", () => {
    const link = longUp();
    link.ask(question("peer.local", TYPE.A), { immediate: true });
    for (let turn = 0; turn < 8; turn++) {
      link.run(60).respond(a("peer.local", "10.77.0.2", { flush: true }));
      link.run(60).respond(a("peer.local", "10.77.0.2", { flush: true, ttl: 0 }));
    }
    for (const gap of gaps(link.run(10_000).queries)) expect(gap).toBeGreaterThanOrEqual(1_000);
    expect(link.queries.length).toBeGreaterThan(1);
  });

  test("a bounded number of questions is remembered for that (S-11)", () => {
    const recent = new RecentQuestions();
    const ended = (index: number): typeof BROWSE => question(`host-${index}.local`, TYPE.A);
    for (let index = 0; index < LIMITS.recentQuestions + 10; index++) recent.remember(ended(index), 0, 0);
    expect(recent.size).toBe(LIMITS.recentQuestions);
    expect(recent.take(ended(9))).toBeUndefined();
    expect(recent.take(ended(10))).toBe(0);
    recent.remember(BROWSE, 1_500, 1_500);
    expect(recent.size).toBe(1);
  });
});

describe("askers of the same question share it (RFC 6762 §5.2)", () => {
  test("ten of them make one series (Q-26, L-29)", () => {
    const link = longUp();
    for (let asker = 0; asker < 10; asker++) link.ask(BROWSE);
    expect(questionsOf(link.run(8_000))).toHaveLength(4);
  });

  test("a late one is told at once what is known, and asks nothing before its time (Q-26)", () => {
    const link = longUp();
    link.ask(BROWSE);
    link.run(500).respond(ptr(BROWSE.name, "One._http._tcp.local"));
    link.run(9_500).clear();
    const late = link.ask(question("_HTTP._tcp.local", TYPE.PTR));
    expect(link.told).toEqual([
      { at: 0, ask: late, change: "added", record: "PTR _http._tcp.local One._http._tcp.local" },
    ]);
    expect(times(link.run(20_000).queries)).toEqual([5_070]);
  });

  test("both are told of what comes later (Q-26)", () => {
    const link = longUp();
    const asks = [link.ask(BROWSE), link.ask(BROWSE)];
    link.run(500).respond(ptr(BROWSE.name, "One._http._tcp.local"));
    expect(link.told.map(({ ask, change }) => [ask, change])).toEqual(asks.map((ask) => [ask, "added"]));
  });
});

describe("questions due at about the same time share packets (RFC 6762 §5.3)", () => {
  test("ten different ones asked together (Q-25, Q-29)", () => {
    for (let seed = 0; seed < 20; seed++) {
      const link = longUp({ random: seeded("together", seed) });
      for (let index = 0; index < 10; index++) link.ask(question(`_type${index}._tcp.local`, TYPE.PTR));
      link.run(15_500);
      expect(new Set(questionsOf(link)).size).toBe(10);
      expect(questionsOf(link)).toHaveLength(50);
      expect(link.queries.length).toBeLessThanOrEqual(10);
    }
  });

  test("A and AAAA of a host go in one packet (Q-29)", () => {
    const link = longUp();
    link.ask(question("peer.local", TYPE.A));
    link.ask(question("peer.local", TYPE.AAAA));
    link.run(200);
    expect(link.queries).toHaveLength(1);
    expect(questionsOf(link)).toEqual(["peer.local 1", "peer.local 28"]);
  });

  test("several hundred are split to fit the MTU (W-36)", () => {
    const link = longUp();
    for (let index = 0; index < 300; index++)
      link.ask(question(`a rather long type name ${index}._tcp.local`, TYPE.PTR));
    link.run(200);
    expect(new Set(questionsOf(link)).size).toBe(300);
    for (const { bytes, message } of link.queries) {
      expect(bytes.length).toBeLessThanOrEqual(1_472);
      expect(message.truncated).toBe(false);
    }
  });
});

describe("the QU bit (RFC 6762 §5.4)", () => {
  const bits = (link: CoreOnLink): boolean[] =>
    link.queries.flatMap(({ message }) => message.questions.map(({ unicast }) => unicast));

  test("is set on the first question after the link came up, and not on its repeats (Q-15, Q-16)", () => {
    const link = new CoreOnLink();
    link.ask(BROWSE);
    expect(bits(link.run(8_000))).toEqual([true, false, false, false]);
  });

  test("is not set on questions that begin later (Q-17)", () => {
    const link = new CoreOnLink().run(30_000);
    link.ask(BROWSE);
    expect(bits(link.run(4_000))).toEqual([false, false, false]);
  });

  test("is set again when connectivity may have changed, and the series begins anew (Q-15, P-01)", () => {
    const link = longUp();
    link.ask(BROWSE);
    link.run(60_000).clear().restart().run(4_000);
    expect(bits(link)).toEqual([true, false, false]);
    expect(times(link.queries)).toEqual([70, 1_070, 3_070]);
  });

  test("is never set where another program had the port first (RFC 6762 §15.1; Q-40, L-15)", () => {
    const link = new CoreOnLink({ unicast: false });
    link.ask(BROWSE);
    expect(bits(link.run(8_000))).toEqual([false, false, false, false]);
  });
});

describe("an answer that is all there is ends the series (RFC 6762 §5.2)", () => {
  test.each([
    ["A", question("peer.local", TYPE.A), a("peer.local", "10.77.0.2", { flush: true })],
    ["AAAA", question("peer.local", TYPE.AAAA), aaaa("peer.local", "fe80::2", { flush: true })],
    ["SRV", question("X._http._tcp.local", TYPE.SRV), srv("X._http._tcp.local", "peer.local", 80, { flush: true })],
  ])("%s with the flush bit: the next query comes at 80 to 82 %% of its TTL (Q-22, Q-19)", (_case, asked, answer) => {
    const link = longUp();
    link.ask(asked);
    link.run(75).respond(answer).run(100_000);
    const [, next = 0, after] = times(link.queries);
    expect(next).toBeGreaterThanOrEqual(75 + 96_000);
    expect(next).toBeLessThanOrEqual(75 + 98_400);
    expect(after).toBeUndefined();
  });

  test("shared answers do not: others may have more (Q-22)", () => {
    const link = longUp();
    link.ask(BROWSE);
    link.run(75).respond(ptr(BROWSE.name, "One._http._tcp.local"));
    expect(times(link.run(8_000).queries)).toEqual([70, 1_070, 3_070, 7_070]);
  });

  test.each<[string, (link: CoreOnLink) => void]>([
    ["connectivity may have changed", (link) => link.restart()],
    ["the record was reported stale", (link) => link.reconfirm(a("peer.local", "10.77.0.2"))],
    ["a goodbye for it was taken back", (link) => link.respond(a("peer.local", "10.77.0.2", { ttl: 0, flush: true }))],
  ])("heard again after %s it ends the series as at first (Q-22)", (_case, disturb) => {
    const answer = a("peer.local", "10.77.0.2", { flush: true });
    const link = longUp();
    link.ask(question("peer.local", TYPE.A));
    link.run(75).respond(answer).run(20_000).clear();
    disturb(link);
    link.run(200).respond(answer).clear().run(90_000);
    expect(times(link.queries)).toEqual([]);
    link.run(10_000);
    expect(link.queries).toHaveLength(1);
  });
});
