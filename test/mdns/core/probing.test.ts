import { describe, expect, test } from "vitest";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { CoreOnLink, times } from "./core-on-link.ts";
import {
  DUAL_HOST_CLAIM,
  HOST,
  HOST_CLAIM,
  INSTANCE,
  PTR,
  REVERSE_PTR,
  SERVICE_CLAIM,
  SRV,
  TXT,
  V4,
  V6,
} from "./printer.ts";
import { a, brief, own, ptr, question, srv, txt } from "./records.ts";
import { kolmogorovSmirnov } from "./uniformity.ts";

function starting(options?: ConstructorParameters<typeof CoreOnLink>[0]): CoreOnLink {
  const link = new CoreOnLink(options);
  link.register(HOST_CLAIM);
  link.register(SERVICE_CLAIM);
  return link;
}

describe("probing before use (RFC 6762 §8.1)", () => {
  test.each([0.004, 0.25, 0.5, 0.996])(
    "three probes 250 ms apart after a random wait, the name is ours 250 ms after the third (P-02, P-06; wait %d)",
    (random) => {
      const link = starting({ random: () => random }).run(10_000);
      const first = random * 250;
      expect(times(link.probes)).toEqual([first, first + 250, first + 500]);
      expect(link.responses[0]?.at).toBe(first + 750);
      expect(link.news.filter(({ news }) => news === "announced").map(({ at }) => at)).toEqual([
        first + 750,
        first + 750,
      ]);
    },
  );

  test("the wait for the first is uniform over 0 to 250 ms (P-05)", () => {
    const waits = Array.from({ length: 500 }, (_, seed) => {
      const link = starting({ random: seeded("probe wait", seed) }).run(300);
      return link.probes[0]?.at ?? Number.NaN;
    });
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(250);
    expect(kolmogorovSmirnov(waits, 0, 250)).toBeLessThan(1.63);
  });

  test("each name is asked for once, with ANY and QU (P-03, P-04)", () => {
    for (const { message } of starting().run(10_000).probes) {
      const asked = message.questions.map((entry) => [entry.name.toString(), entry.type, entry.class, entry.unicast]);
      expect(asked).toEqual([
        [HOST, TYPE.ANY, 1, true],
        [INSTANCE, TYPE.ANY, 1, true],
      ]);
    }
  });

  test("with QM where unicast may not reach us (RFC 6762 §15.1; P-04, L-15)", () => {
    const { probes } = starting({ unicast: false }).run(10_000);
    expect(probes).toHaveLength(3);
    for (const { message } of probes) expect(message.questions.map(({ unicast }) => unicast)).toEqual([false, false]);
  });

  test("all records proposed for the names are in the authority section, TTLs true and flush bit clear (P-07, P-08)", () => {
    const link = new CoreOnLink();
    link.register(DUAL_HOST_CLAIM);
    link.register(SERVICE_CLAIM);
    for (const { message } of link.run(10_000).probes) {
      expect(message.authorities.map(brief).sort()).toEqual([V4, V6, SRV, TXT].map(brief).sort());
      expect(message.authorities.map(({ flush }) => flush)).toEqual([false, false, false, false]);
      expect(message.authorities.find(({ type }) => type === TYPE.TXT)?.ttl).toBe(4_500);
      expect(message.authorities.find(({ type }) => type === TYPE.A)?.ttl).toBe(120);
      expect(message.answers).toEqual([]);
    }
  });

  test("host and services are probed side by side, in the same packets (P-45, P-60)", () => {
    const link = new CoreOnLink({ random: seeded("side by side") });
    link.register(HOST_CLAIM);
    const names = Array.from({ length: 5 }, (_, index) => `Service ${index}._http._tcp.local`);
    for (const name of names) link.register(own("unique", srv(name, HOST, 80), txt(name, [""])));
    link.run(10_000);
    expect(link.probes).toHaveLength(3);
    for (const { message } of link.probes) {
      expect(message.questions.map(({ name }) => name.toString()).sort()).toEqual([HOST, ...names].sort());
      expect(message.authorities).toHaveLength(11);
    }
  });

  test("more names than fit share as few packets as the MTU allows, each with its own records (P-07, P-60, W-36)", () => {
    const link = new CoreOnLink();
    const names = Array.from(
      { length: 60 },
      (_, index) => `A service with quite a long name ${index}._http._tcp.local`,
    );
    for (const name of names)
      link.register(own("unique", srv(name, HOST, 80), txt(name, ["some=thing", "more=things"])));
    link.run(10_000);
    const asked = link.probes.flatMap(({ message }) => message.questions.map(({ name }) => name.toString()));
    expect(asked.sort()).toEqual([...names, ...names, ...names].sort());
    for (const { bytes, message } of link.probes) {
      expect(bytes.length).toBeLessThanOrEqual(1_472);
      for (const { name } of message.questions) {
        expect(message.authorities.filter((proposed) => proposed.name.equals(name))).toHaveLength(2);
      }
    }
  });

  test("names are compressed, in questions, authority and answers (RFC 6762 §18.14; W-22, W-23)", () => {
    const link = starting().run(10_000);
    for (const [sent, once] of [
      [link.probes[0], ["Printer", "_ipp", "host", "local"]],
      [link.responses[0], ["Printer", "_ipp", "host", "local"]],
    ] as const) {
      const text = Buffer.from(sent?.bytes ?? []).toString("latin1");
      for (const label of once) expect(`${label} ${text.split(label).length - 1}`).toBe(`${label} 1`);
    }
  });

  test("queries and probes have flags, ID and opcode clear (RFC 6762 §18; W-05, W-06, W-08, W-11, W-13)", () => {
    for (const { bytes } of starting().run(10_000).probes) {
      expect(bytes.subarray(0, 4)).toEqual(Uint8Array.of(0, 0, 0, 0));
    }
  });

  test("a publisher of unique records asks, so it is a querier too (RFC 6762 §5; Q-01)", () => {
    expect(starting().run(1_000).probes.length).toBeGreaterThan(0);
  });
});

describe("what does not disturb probing", () => {
  test("a record of the name in the cache (RFC 6762 §8.1; P-09)", () => {
    const link = new CoreOnLink();
    link.ask(question(INSTANCE, TYPE.SRV));
    link.run(200).respond(srv(INSTANCE, "gone.local", 99, { flush: true }));
    expect(link.told).toHaveLength(1);
    link.run(5_000).clear().register(SERVICE_CLAIM);
    link.run(3_000);
    expect(times(link.probes)).toEqual([125, 375, 625]);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "announced"]);
  });

  test("plain questions of others (P-13)", () => {
    const link = starting();
    for (let at = 0; at < 900; at += 50) {
      link.query(question(HOST, TYPE.A)).query(question(INSTANCE, TYPE.ANY), { authorities: [] });
      link.query(question(HOST, TYPE.ANY), { answers: [a(HOST, "10.77.0.200")] }, { peer: 4 }).run(50);
    }
    expect(times(link.probes)).toEqual([125, 375, 625]);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "probing", "announced", "announced"]);
  });

  test("success on another link: each is probed (RFC 6762 §14; P-59)", () => {
    const host = new HostState();
    starting({ host }).run(10_000);
    expect(times(starting({ host }).run(10_000).probes)).toEqual([125, 375, 625]);
  });
});

describe("what needs no probe", () => {
  test("shared records alone (RFC 6762 §8.3; P-32)", () => {
    const link = new CoreOnLink();
    link.register(own("shared", PTR));
    link.run(10_000);
    expect(times(link.probes)).toEqual([]);
    expect(link.responses.map(({ message }) => message.answers.map(brief))).toEqual([[brief(PTR)], [brief(PTR)]]);
  });

  test("records verified already, or unique by nature (RFC 6762 §8.1; P-23, P-24)", () => {
    const link = new CoreOnLink();
    link.register(own("known-unique", a("proxied.local", "10.77.0.7"), REVERSE_PTR));
    link.run(10_000);
    expect(times(link.probes)).toEqual([]);
    expect(link.responses[0]?.at).toBe(0);
    expect(link.responses[0]?.message.answers.map(({ flush }) => flush)).toEqual([true, true]);
  });
});

test("connectivity may have changed: probed and announced again (RFC 6762 §8; P-01)", () => {
  const link = starting().run(60_000).clear().restart().run(10_000);
  expect(link.probes).toHaveLength(3);
  const [first = 0] = times(link.probes);
  expect(first).toBeLessThanOrEqual(250);
  expect(times(link.responses)).toEqual([first + 750, expect.any(Number)]);
  expect(link.responses[0]?.message.answers.map(brief)).toContain(brief(ptr("_ipp._tcp.local", INSTANCE)));
});

test("a link with both families carries each probe and announcement once on each (L-21)", () => {
  const link = starting({ families: ["ipv4", "ipv6"] }).run(10_000);
  const families = link.sent.map(({ at, family, to }) => `${at} ${family} ${to}`);
  const both = (at: number): string[] => [`${at} ipv4 group`, `${at} ipv6 group`];
  const second = link.responses.at(-1)?.at as number;
  expect(families.sort()).toEqual([125, 375, 625, 875, second].flatMap(both).sort());
  for (const { at, bytes, family } of link.sent) {
    const twin = link.sent.find((other) => other.at === at && other.family !== family);
    expect(twin?.bytes).toEqual(bytes);
  }
});
