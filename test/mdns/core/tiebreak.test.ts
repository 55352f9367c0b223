import { describe, expect, test } from "vitest";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, times } from "./core-on-link.ts";
import { HOST, HOST_CLAIM, INSTANCE, SERVICE_CLAIM, SRV, TXT, V4 } from "./printer.ts";
import { a, aaaa, own, qu, question, srv, txt } from "./records.ts";

const N = "twin.local";

/** A core that probes for the records; at 200 ms, after its first probe, a rival probes for the same name. */
function contested(ours: readonly ResourceRecord[], theirs: readonly ResourceRecord[], at = 200): CoreOnLink {
  const link = new CoreOnLink();
  link.register(own("unique", ...ours));
  const name = (ours[0] as ResourceRecord).name;
  return link.run(at).query(qu(name, TYPE.ANY), { authorities: theirs }).run(10_000);
}

const WON = [125, 375, 625];
const LOST = [125, 1_200, 1_450, 1_700];

describe("simultaneous probes: the lexicographically later data wins (RFC 6762 §8.2)", () => {
  test.each([
    ["a greater address", [a(N, "10.0.0.1")], [a(N, "10.0.0.2")], "lost"],
    ["a smaller address", [a(N, "10.0.0.2")], [a(N, "10.0.0.1")], "won"],
    ["bytes are unsigned: 7f before 80", [a(N, "127.9.9.9")], [a(N, "128.0.0.1")], "lost"],
    ["bytes are unsigned: 80 after 7f", [a(N, "128.0.0.1")], [a(N, "127.9.9.9")], "won"],
    ["numbers, not text: 99 before 200", [a(N, "169.254.99.200")], [a(N, "169.254.200.50")], "lost"],
    ["numbers, not text: 200 after 99", [a(N, "169.254.200.50")], [a(N, "169.254.99.200")], "won"],
    ["class counts before type and data", [aaaa(N, "ff::1")], [a(N, "1.1.1.1", { class: 3 })], "lost"],
    ["the flush bit is no part of the class", [a(N, "9.9.9.9")], [a(N, "1.1.1.1", { flush: true })], "won"],
    ["type counts before data", [a(N, "255.1.1.1")], [aaaa(N, "::1")], "lost"],
    ["a lower type is earlier, whatever its data", [aaaa(N, "::1")], [a(N, "255.1.1.1")], "won"],
    ["data that goes on is later", [txt(N, ["a"])], [txt(N, ["a", "b"])], "lost"],
    ["data that ends first is earlier", [txt(N, ["a", "b"])], [txt(N, ["a"])], "won"],
    ["an SRV port decides", [srv(N, "x.local", 80)], [srv(N, "x.local", 81)], "lost"],
  ] as const)("%s (P-14, P-15, P-16, P-18)", (_case, ours, theirs, outcome) => {
    const link = contested(ours, theirs);
    expect(times(link.probes)).toEqual(outcome === "lost" ? LOST : WON);
    expect(link.news.map(({ news }) => news)).not.toContain("lost");
    expect(link.responses[0]?.at).toBe(outcome === "lost" ? 1_950 : 875);
  });

  test.each([
    ["TXT with SRV against SRV alone: TXT sorts first", [TXT, SRV], [srv(INSTANCE, HOST, 1)], "lost"],
    ["SRV alone against TXT with SRV", [SRV], [txt(INSTANCE, ["z"]), srv(INSTANCE, HOST, 65_535)], "won"],
    ["all pairs equal, theirs longer", [a(N, "10.0.0.1")], [a(N, "10.0.0.1"), aaaa(N, "fe80::1")], "lost"],
    ["all pairs equal, ours longer", [a(N, "10.0.0.1"), aaaa(N, "fe80::1")], [a(N, "10.0.0.1")], "won"],
    [
      "the first difference decides",
      [a(N, "10.0.0.2"), aaaa(N, "fe80::1")],
      [a(N, "10.0.0.1"), aaaa(N, "fe80::9")],
      "won",
    ],
    ["sets are sorted first", [a(N, "10.0.0.5"), a(N, "10.0.0.1")], [a(N, "10.0.0.4"), a(N, "10.0.0.2")], "lost"],
    ["both sets are", [a(N, "10.0.0.2"), a(N, "10.0.0.4")], [a(N, "10.0.0.5"), a(N, "10.0.0.1")], "won"],
  ] as const)("sets of several records: %s (P-20, M-07)", (_case, ours, theirs, outcome) => {
    expect(times(contested(ours, theirs).probes)).toEqual(outcome === "lost" ? LOST : WON);
  });

  test.each([
    ["the same", [SRV, TXT]],
    ["the same in another order", [TXT, SRV]],
    ["the same with the flush bit", [{ ...SRV, flush: true }, TXT]],
    ["the same with other TTLs", [{ ...SRV, ttl: 1 }, TXT]],
    [
      "the same with the owner's name in other case",
      [{ ...SRV, name: srv("PRINTER._ipp._tcp.local", HOST, 1).name }, TXT],
    ],
  ])("equal data is no contest: %s (P-17)", (_case, theirs) => {
    const link = contested([SRV, TXT], theirs);
    expect(times(link.probes)).toEqual(WON);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "announced"]);
  });

  test.each(["multicast", "legacy"] as const)(
    "names in data are expanded before comparing: %s compression (P-19)",
    (compress) => {
      const link = new CoreOnLink();
      link.register(own("unique", SRV, TXT));
      const message = { questions: [qu(INSTANCE, TYPE.ANY)], authorities: [SRV, TXT] };
      link.run(200).receive(encodeMessage(message, { compress })).run(3_000);
      expect(times(link.probes)).toEqual(WON);
    },
  );
});

describe("the loser waits a second and probes the same name from the start (RFC 6762 §8.2)", () => {
  const later = [a(HOST, "10.77.0.250")];

  test.each([
    ["1", 200, [125, 1_200, 1_450, 1_700]],
    ["2", 400, [125, 375, 1_400, 1_650, 1_900]],
    ["3", 700, [125, 375, 625, 1_700, 1_950, 2_200]],
  ])("after probe %s (P-16)", (_probe, at, probes) => {
    const link = contested([V4], later, at);
    expect(times(link.probes)).toEqual(probes);
    expect(link.responses[0]?.at).toBe((probes.at(-1) as number) + 250);
    for (const { message } of link.probes) expect(message.questions[0]?.name.toString()).toBe(HOST);
    expect(link.news.map(({ news }) => news)).not.toContain("lost");
  });

  test.each([
    ["announces meanwhile", 800],
    ["answers after that", 1_300],
  ])("the winner that %s takes the name (P-10, P-16)", (_case, at) => {
    const link = new CoreOnLink();
    const claim = link.register(HOST_CLAIM);
    link.run(200).query(qu(HOST, TYPE.ANY), { authorities: later });
    link.run(at - 200).respond({ ...(later[0] as ResourceRecord), flush: true });
    expect(link.news.at(-1)).toEqual({ at, claim, news: "lost" });
  });

  test("losing again means waiting again (P-16)", () => {
    const link = new CoreOnLink();
    link.register(HOST_CLAIM);
    link.run(200).query(qu(HOST, TYPE.ANY), { authorities: later });
    link.run(1_100).query(qu(HOST, TYPE.ANY), { authorities: later });
    link.run(5_000);
    expect(times(link.probes)).toEqual([125, 1_200, 2_300, 2_550, 2_800]);
  });

  test("probes of the winner during the wait change nothing (P-16)", () => {
    const link = new CoreOnLink();
    link.register(HOST_CLAIM);
    link.run(200).query(qu(HOST, TYPE.ANY), { authorities: later });
    link.run(250).query(qu(HOST, TYPE.ANY), { authorities: later });
    link.run(250).query(qu(HOST, TYPE.ANY), { authorities: later });
    link.run(5_000);
    const [, second = 0] = times(link.probes);
    expect(second).toBeGreaterThanOrEqual(1_200);
    expect(second).toBeLessThanOrEqual(1_700);
    expect(link.news.at(-1)?.news).toBe("announced");
  });

  test("a rival that is earlier does not disturb us, however often it probes (P-15)", () => {
    const link = new CoreOnLink();
    link.register(HOST_CLAIM);
    link.run(130);
    for (let probe = 0; probe < 3; probe++)
      link.query(question(HOST, TYPE.ANY), { authorities: [a(HOST, "1.1.1.1")] }).run(250);
    link.run(5_000);
    expect(times(link.probes)).toEqual(WON);
    expect(link.responses[0]?.at).toBe(875);
  });
});

describe("each name is decided by its own records (RFC 6762 §8.2)", () => {
  test("of two probed names only the contested one waits (P-21)", () => {
    const link = new CoreOnLink();
    const host = link.register(HOST_CLAIM);
    const service = link.register(SERVICE_CLAIM);
    link.run(200).query([qu(HOST, TYPE.ANY), qu("else.local", TYPE.ANY)], {
      authorities: [a("else.local", "1.1.1.1"), a(HOST, "200.0.0.1"), a("else.local", "255.1.1.1")],
    });
    link.run(5_000);
    expect(link.news.filter(({ news }) => news === "announced")).toEqual([
      { at: 875, claim: service, news: "announced" },
      { at: 1_950, claim: host, news: "announced" },
    ]);
  });

  test("records of other names in the packet do not decide (P-21)", () => {
    const link = new CoreOnLink();
    link.register(HOST_CLAIM);
    link.run(200).query([qu(HOST, TYPE.ANY), qu("else.local", TYPE.ANY)], {
      authorities: [a(HOST, "1.1.1.1"), aaaa("else.local", "ffff::1"), a("else.local", "255.1.1.1")],
    });
    expect(times(link.run(3_000).probes)).toEqual(WON);
  });

  test("our own probe that comes back is no rival (P-17, H-29)", () => {
    const link = new CoreOnLink();
    link.register(HOST_CLAIM);
    link.register(SERVICE_CLAIM);
    link.onSent = ({ bytes }) => {
      link.receive(bytes, { peer: 1, fromThisHost: true });
      link.receive(bytes, { address: "10.88.0.1" });
    };
    expect(times(link.run(5_000).probes)).toEqual(WON);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "probing", "announced", "announced"]);
  });
});

describe("what is compared is what was sent (RFC 6762 §8.2)", () => {
  test("a record too large for the probe has no say: one host of two wins at once (P-07, P-16, P-20)", () => {
    const text = (first: string): ResourceRecord =>
      txt(
        INSTANCE,
        Array.from({ length: 10 }, (_, index) => `${first}${index}${"x".repeat(245)}`),
      );
    const hosts = [new CoreOnLink(), new CoreOnLink()] as const;
    const flying: (() => void)[] = [];
    for (const [index, host] of hosts.entries()) {
      host.onSent = ({ to, bytes }): void => {
        if (to === "group") flying.push(() => hosts[1 - index]?.receive(bytes, { peer: 10 + index }));
      };
      host.register(own("unique", srv(INSTANCE, `h${index}.local`, 1), text(`${index}`)));
    }
    for (let time = 0; time < 3_000; time += 5) {
      for (const host of hosts) host.run(5);
      for (let land = flying.shift(); land !== undefined; land = flying.shift()) land();
    }
    expect(hosts.map(({ news }) => news.at(-1)?.news).sort()).toEqual(["announced", "lost"]);
  });

  test("a query from a port other than 5353 is no probe, whatever its authority section has (U-15, P-14)", () => {
    const link = new CoreOnLink();
    link.register(own("unique", txt(N, ["a"])));
    link.run(200).query(question(N, TYPE.ANY), { authorities: [txt(N, ["z"])] }, { port: 40_000 });
    expect(times(link.run(1_000).probes)).toEqual(WON);
  });

  test("a restart within the second does not shorten it (P-16, P-01)", () => {
    const link = new CoreOnLink();
    link.register(own("unique", txt(N, ["a"])));
    link.run(200).query(qu(N, TYPE.ANY), { authorities: [txt(N, ["z"])] });
    expect(times(link.run(10).restart().run(3_000).probes)).toEqual(LOST);
  });

  test("two claims at one name propose their records together (P-07, P-20)", () => {
    const link = new CoreOnLink();
    link.register(own("unique", a(N, "10.77.0.1")));
    link.register(own("unique", srv(N, HOST, 1)));
    link.run(1_000);
    expect(link.probes.map(({ message }) => message.authorities.length)).toEqual([2, 2, 2]);
  });
});
