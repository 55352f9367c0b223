import { describe, expect, test } from "vitest";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import { recordKey } from "../../../src/mdns/wire/record-key.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, times } from "./core-on-link.ts";
import { HOST, HOST_CLAIM, INSTANCE, PTR, SERVICE_CLAIM, SERVICE_TYPE, SRV, TXT, V4 } from "./printer.ts";
import { a, aaaa, brief, nsec, opaque, own, ptr, question, srv, txt } from "./records.ts";

const AFTER_PROBE = [
  ["1, at once", 125],
  ["1", 130],
  ["2", 380],
  ["3", 630],
  ["3, at the last moment", 874],
] as const;

const DENIALS = [
  ["an address", a(HOST, "10.77.0.9"), HOST],
  ["an address with the flush bit", a(HOST, "10.77.0.9", { flush: true }), HOST],
  ["an address, name in other case", a("hOsT.LOCAL", "10.77.0.9"), HOST],
  ["an SRV", srv(INSTANCE, "other.local", 80, { flush: true }), INSTANCE],
  ["an SRV, name in other case", srv("PRINTER._ipp._TCP.local", "other.local", 80), INSTANCE],
] as const;

function probing(): { link: CoreOnLink; host: number; service: number } {
  const link = new CoreOnLink();
  return { link, host: link.register(HOST_CLAIM), service: link.register(SERVICE_CLAIM) };
}

describe.each(DENIALS)("a conflicting response while probing: %s (RFC 6762 §8.1)", (_case, denial, name) => {
  test.each(AFTER_PROBE)("after probe %s: the name is lost and never announced (P-10, P-43)", (_probe, at) => {
    const { link, host, service } = probing();
    link.run(at).respond(denial).run(20_000);
    const loser = name === HOST ? host : service;
    expect(link.news.filter(({ news }) => news === "lost")).toEqual([{ at, claim: loser, news: "lost" }]);
    const given = link.responses.flatMap(({ message }) => [...message.answers, ...message.additionals]);
    expect(given.filter((entry) => entry.name.toString() === name)).toEqual([]);
    expect(
      link.probes.filter(
        (probe) => probe.at > at && probe.message.questions.some((asked) => asked.name.toString() === name),
      ),
    ).toEqual([]);
    link.clear().query(question(name, TYPE.ANY)).query(question(name, TYPE.MX)).run(2_000);
    expect(link.transcript).toEqual([]);
  });

  test("the other name is not affected (P-21)", () => {
    const { link, host, service } = probing();
    link.run(130).respond(denial).run(2_000);
    const other = name === HOST ? service : host;
    expect(link.news.filter(({ claim }) => claim === other)).toEqual([
      { at: 0, claim: other, news: "probing" },
      { at: 875, claim: other, news: "announced" },
    ]);
  });
});

describe("after a lost name", () => {
  test("the new one is probed within 300 ms and then announced (P-10, P-37)", () => {
    const { link, service } = probing();
    const renamed = "Printer (2)._ipp._tcp.local";
    link.run(380).respond(srv(INSTANCE, "other.local", 80, { flush: true }));
    link
      .clear()
      .replace(service, own("unique", srv(renamed, HOST, 631), txt(renamed, ["rp=ipp/print"])))
      .run(10_000);
    const first = link.probes.find(({ message }) => message.questions.some(({ name }) => name.toString() === renamed));
    expect(first?.at).toBeLessThanOrEqual(300);
    const announced = link.responses.filter(({ message }) =>
      message.answers.some(({ name }) => name.toString() === renamed),
    );
    expect(announced[0]?.at).toBe((first?.at ?? 0) + 750);
    const goodbyes = link.responses.flatMap(({ message }) => message.answers).filter(({ ttl }) => ttl === 0);
    expect(goodbyes.map(brief)).toEqual([]);
  });

  test("withdrawing it sends no goodbye: it was never announced (M-04, P-52)", () => {
    const { link, service } = probing();
    link
      .run(380)
      .respond(srv(INSTANCE, "other.local", 80))
      .withdraw(service)
      .run(5_000);
    expect(link.responses.flatMap(({ message }) => message.answers).filter(({ ttl }) => ttl === 0)).toEqual([]);
  });
});

describe("what is a conflict while probing with ANY (RFC 6762 §8.1)", () => {
  test.each([
    ["a TXT", txt(HOST, ["x"])],
    ["HINFO", opaque(HOST, TYPE.HINFO, [1, 65, 1, 66])],
    ["AAAA", aaaa(HOST, "fe80::9")],
    ["NSEC that claims a type we do not propose", nsec(HOST, [TYPE.HINFO])],
    ["another address with our TTL", a(HOST, "10.77.0.9", { ttl: 120 })],
  ])("%s of the name (P-12)", (_case, denial) => {
    const { link, host } = probing();
    link.run(200).respond(denial);
    expect(link.news.at(-1)).toEqual({ at: 200, claim: host, news: "lost" });
  });

  test("a record in the additional section (P-10, P-12)", () => {
    const { link, host } = probing();
    link.run(200).respond([], { additionals: [a(HOST, "10.77.0.9")] });
    expect(link.news.at(-1)).toEqual({ at: 200, claim: host, news: "lost" });
  });

  test.each(
    AFTER_PROBE.flatMap(([probe, at]) => (["ipv4", "ipv6"] as const).map((family) => [probe, family, at] as const)),
  )("a unicast response after probe %s, over %s (P-10, Q-18)", (_probe, family, at) => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] });
    const host = link.register(HOST_CLAIM);
    link.run(at).respond(a(HOST, "10.77.0.9", { flush: true }), {}, { to: "host", family });
    expect(link.news.at(-1)).toEqual({ at, claim: host, news: "lost" });
  });
});

describe("what is no conflict while probing", () => {
  test.each([
    ["a response before the first probe (P-11)", 100, a(HOST, "10.77.0.9", { flush: true }), {}],
    ["a record equal to ours (P-12, P-35)", 200, { ...V4, flush: true }, {}],
    ["ours with a lower TTL (P-35)", 200, { ...SRV, ttl: 1, flush: true }, {}],
    ["NSEC that claims only what we propose (P-12)", 200, nsec(INSTANCE, [TYPE.TXT, TYPE.SRV]), {}],
    ["a response from another port (L-04)", 200, a(HOST, "10.77.0.9"), { port: 5_354 }],
    ["a unicast response from off the link (L-12, S-01)", 200, a(HOST, "1.2.3.4"), { to: "host", onLink: false }],
    ["another name", 200, a("other.local", "10.77.0.9"), {}],
    ["another class, as it answers no question of ours (W-35)", 200, a(HOST, "10.77.0.9", { class: 3 }), {}],
  ] as const)("%s (RFC 6762 §8.1, §9)", (_case, at, response, options) => {
    const { link } = probing();
    link.run(at).respond(response, {}, options).run(3_000);
    expect(times(link.probes)).toEqual([125, 375, 625]);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "probing", "announced", "announced"]);
  });

  test("opcode and RCODE other than 0 (RFC 6762 §18; W-07, W-16)", () => {
    const { link } = probing();
    link.run(200).respond(a(HOST, "10.77.0.9"), { rcode: 3 }).respond(a(HOST, "10.77.0.9"), { opcode: 5 }).run(3_000);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "probing", "announced", "announced"]);
  });

  test("an address that is ours on another link (RFC 6762 §9, §14; P-36, H-29)", () => {
    const host = new HostState();
    host.add(recordKey(a(HOST, "10.88.0.1")));
    const link = new CoreOnLink({ host });
    link.register(HOST_CLAIM);
    link
      .run(200)
      .respond(a(HOST, "10.88.0.1", { flush: true }))
      .run(3_000);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "announced"]);
  });

  test("our own announcement from an earlier start, echoed (P-35)", () => {
    const { link } = probing();
    link.run(400).respond([V4, SRV, TXT], {}, { fromThisHost: true }).run(3_000);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "probing", "announced", "announced"]);
  });

  test.each([
    ["addresses", a(HOST, "10.88.0.1", { flush: true })],
    ["NSEC", nsec(HOST, [TYPE.A, TYPE.AAAA, TYPE.HINFO], { flush: true })],
  ])(
    "%s of this host from another responder of the machine: its list may be ahead of ours (P-36, H-29)",
    (_case, entry) => {
      const { link } = probing();
      link.run(200).respond(entry, {}, { fromThisHost: true }).run(3_000);
      expect(link.news.map(({ news }) => news)).toEqual(["probing", "probing", "announced", "announced"]);
      link.respond(entry, {}, { fromThisHost: true }).run(3_000);
      expect(link.news).toHaveLength(4);
    },
  );

  test("but its service of our name is a rival like any other (P-10, L-23)", () => {
    const { link, service } = probing();
    link.run(200).respond(srv(INSTANCE, HOST, 9, { flush: true }), {}, { fromThisHost: true });
    expect(link.news.at(-1)).toEqual({ at: 200, claim: service, news: "lost" });
  });
});

describe("the winner's service", () => {
  test("is seen by the loser, the pointer that both proposed included (P-34, C-11)", () => {
    const link = new CoreOnLink();
    link.ask(question(SERVICE_TYPE, TYPE.PTR));
    link.run(3_000_000).clear();
    link.register(SERVICE_CLAIM);
    link.run(500).respond([PTR, srv(INSTANCE, "rival.local", 999, { flush: true })]);
    expect(link.news.at(-1)?.news).toBe("lost");
    expect(link.events).toContain(`500 added ${brief(PTR)}`);
  });

  test("is seen by the loser of an established name, too (P-34, C-11)", () => {
    const link = new CoreOnLink();
    const service = link.register(SERVICE_CLAIM);
    link.ask(question(SERVICE_TYPE, TYPE.PTR));
    link.run(10_000);
    const theirs = srv(INSTANCE, "rival.local", 999, { flush: true });
    link.respond(theirs).run(300).respond(theirs);
    expect(link.news.at(-1)?.news).toBe("lost");
    const renamed = "Printer (2)._ipp._tcp.local";
    link.replace(service, [...own("shared", ptr(SERVICE_TYPE, renamed)), ...own("unique", srv(renamed, HOST, 631))]);
    link.clear().respond([PTR, theirs]);
    expect(link.core.known(question(SERVICE_TYPE, TYPE.PTR), link.now).map(({ record }) => brief(record))).toContain(
      brief(PTR),
    );
  });
});
