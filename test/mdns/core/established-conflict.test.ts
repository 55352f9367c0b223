import { describe, expect, test } from "vitest";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import { recordKey } from "../../../src/mdns/wire/record-key.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { answersOf, CoreOnLink, times } from "./core-on-link.ts";
import {
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
import { a, aaaa, brief, nsec, opaque, own, ptr, question, srv, txt } from "./records.ts";

const RIVAL = srv(INSTANCE, "other.local", 80, { flush: true });

describe("a conflict with an established record (RFC 6762 §9)", () => {
  test.each([
    ["SRV", RIVAL, INSTANCE],
    ["TXT", txt(INSTANCE, ["other"], { flush: true }), INSTANCE],
    ["an address", a(HOST, "10.77.0.9", { flush: true }), HOST],
    ["an address without the flush bit, name in other case", a("HOST.local", "10.77.0.9"), HOST],
  ])(
    "%s: the name is probed at once, and kept and announced again when nobody answers (P-33, P-34, A-49)",
    (_case, rival, name) => {
      const link = printerOnLink().respond(rival);
      link.run(60_000);
      expect(link.probes).toHaveLength(3);
      expect(times(link.probes)[0]).toBeLessThanOrEqual(250);
      for (const { message } of link.probes)
        expect(message.questions.map((asked) => asked.name.toString())).toEqual([name]);
      expect(link.news.map(({ news }) => news)).toEqual(["probing", "announced"]);
      const announced = link.responses.filter(({ message }) =>
        message.answers.some((entry) => entry.name.toString() === name),
      );
      expect(announced.length).toBeGreaterThanOrEqual(2);
      expect(announced[0]?.at).toBe((times(link.probes)[0] as number) + 750);
    },
  );

  test.each([
    ["the additional section", { additionals: [RIVAL] }],
    ["the authority section", { authorities: [RIVAL] }],
  ])("counts in %s too (P-33)", (_case, content) => {
    const link = printerOnLink().respond([], content).run(2_000);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "announced"]);
  });

  test("starts probing 0 to 250 ms later, whatever the random numbers (P-33)", () => {
    for (let seed = 0; seed < 50; seed++) {
      const link = printerOnLink({ random: seeded("conflict", seed) })
        .respond(RIVAL)
        .run(3_000);
      expect(times(link.probes)[0]).toBeLessThanOrEqual(250);
      expect(link.probes).toHaveLength(3);
    }
  });

  test("the rival that answers the probes takes the name (P-34, P-43)", () => {
    const link = printerOnLink().respond(RIVAL);
    link.onSent = ({ message }) => {
      if (!message.response) link.respond(RIVAL);
    };
    link.run(5_000);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "lost"]);
    link.onSent = undefined;
    link.clear().query(question(INSTANCE, TYPE.SRV)).query(question(INSTANCE, TYPE.MX)).run(2_000);
    expect(link.transcript).toEqual([]);
  });

  test("the name is not answered for while in doubt; other names are (A-55, P-33)", () => {
    const link = printerOnLink().respond(RIVAL);
    link.run(300).query(question(INSTANCE, TYPE.SRV)).query(question(HOST, TYPE.A)).run(100);
    expect(link.responses.flatMap(answersOf)).toEqual([brief(V4)]);
  });

  test("no goodbye is said for a name lost to a rival: the PTR is the rival's as well (M-04, P-43)", () => {
    const link = new CoreOnLink();
    const claim = link.register(SERVICE_CLAIM);
    link.run(10_000).clear();
    link.onSent = ({ message }) => {
      if (!message.response) link.respond(RIVAL);
    };
    link.respond(RIVAL).run(1_000);
    expect(link.news.at(-1)?.news).toBe("lost");
    const renamed = "Printer (2)._ipp._tcp.local";
    link
      .replace(claim, [...own("shared", ptr(SERVICE_TYPE, renamed)), ...own("unique", srv(renamed, HOST, 631))])
      .run(10_000);
    const goodbyes = link.responses.flatMap(({ message }) => message.answers).filter(({ ttl }) => ttl === 0);
    expect(goodbyes.map(brief)).not.toContain(brief(PTR));
    expect(goodbyes.map(brief)).not.toContain(brief(RIVAL));
  });

  test("withdrawn while in doubt, what was announced gets its goodbye (P-51)", () => {
    const link = new CoreOnLink();
    const claim = link.register(SERVICE_CLAIM);
    link.run(10_000).clear().respond(RIVAL).run(300).clear().withdraw(claim).run(5_000);
    const goodbyes = link.responses.flatMap(({ message }) => message.answers).filter(({ ttl }) => ttl === 0);
    expect(goodbyes.map(brief)).toContain(brief(SRV));
    expect(times(link.probes)).toEqual([]);
  });

  test("the rival's record is not cached (C-23)", () => {
    const link = printerOnLink();
    link.ask(question(INSTANCE, TYPE.SRV));
    link.clear().respond(RIVAL).run(200);
    expect(link.told.map(({ record }) => record)).not.toContain(brief(RIVAL));
    expect(link.core.known(question(INSTANCE, TYPE.SRV), link.now).map(({ record }) => brief(record))).not.toContain(
      brief(RIVAL),
    );
  });
});

describe("what is no conflict with an established record (RFC 6762 §9)", () => {
  test.each([
    ["a goodbye with other data (P-58)", { ...RIVAL, ttl: 0 }],
    ["equal data (P-35, A-56)", { ...SRV, flush: true }],
    [
      "equal data, names in other case (P-35, W-33)",
      srv("PRINTER._ipp._tcp.LOCAL", "HOST.local", 631, { flush: true }),
    ],
    ["equal data without the flush bit (P-35, W-20)", { ...TXT, flush: false }],
    ["another class", { ...RIVAL, class: 3 }],
    ["another name", srv("Printer 2._ipp._tcp.local", "other.local", 80, { flush: true })],
    ["a shared name (A-49)", ptr(SERVICE_TYPE, "Other._ipp._tcp.local")],
    ["a shared name with the flush bit (A-49)", ptr(SERVICE_TYPE, "Other._ipp._tcp.local", { flush: true })],
    [
      "OPT at our name (W-21)",
      { ...opaque(HOST, TYPE.OPT, [], { class: 0x9000 }), data: { kind: "opt", options: [] } as const },
    ],
  ])("%s", (_case, record) => {
    const link = printerOnLink().respond(record).run(10_000);
    expect(link.news).toEqual([]);
    expect(link.transcript).toEqual([]);
  });

  test("for records said to be unique already, such as a proxy's (A-49, P-24)", () => {
    const link = new CoreOnLink().settled(own("known-unique", SRV, TXT)).respond(RIVAL);
    expect(link.run(10_000).news).toEqual([]);
    expect(link.transcript).toEqual([]);
  });

  test.each([
    ["from another port (L-04)", { port: 5_354 }],
    ["by unicast, unasked for (RFC 6762 §6; Q-18, S-02)", { to: "host" }],
    ["by unicast from off the link (RFC 6762 §11; L-12, S-01)", { to: "host", onLink: false, address: "192.0.2.9" }],
  ] as const)("a response %s", (_case, options) => {
    const link = printerOnLink().respond(RIVAL, {}, options).run(10_000);
    expect(link.news).toEqual([]);
    expect(link.transcript).toEqual([]);
  });

  test("a multicast response from a foreign subnet does count: it is local (RFC 6762 §11; L-11)", () => {
    const link = printerOnLink().respond(RIVAL, {}, { onLink: false, address: "192.0.2.9" }).run(3_000);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "announced"]);
  });

  test("one of our addresses, on this link or another (P-36, H-29, L-28)", () => {
    const host = new HostState();
    const elsewhere = [a(HOST, "10.88.0.1"), aaaa(HOST, "fe80::88")];
    for (const record of elsewhere) host.add(recordKey(record));
    const link = new CoreOnLink({ host }).settled(HOST_CLAIM);
    link.respond([...elsewhere, V4].map((record) => ({ ...record, flush: true }))).run(10_000);
    expect(link.news).toEqual([]);
    expect(times(link.probes)).toEqual([]);
  });

  test("an NSEC of the name from a twin with the same records (P-35, C-15)", () => {
    const link = printerOnLink()
      .respond(nsec(HOST, [TYPE.A], { flush: true }))
      .run(10_000);
    expect(link.news).toEqual([]);
  });
});

describe("our own packets coming back (RFC 6762 §6, §9)", () => {
  test.each([
    ["by loopback", { address: "10.77.0.1", fromThisHost: true }],
    ["mirrored from another of our addresses", { address: "10.88.0.1", fromThisHost: true }],
    ["through a reflector", { address: "10.77.0.254" }],
  ])(
    "%s, twice each: no conflict, nothing sent that would not be sent anyway (L-23, L-28, P-35, H-29)",
    (_case, options) => {
      const quiet = new CoreOnLink();
      quiet.register(HOST_CLAIM);
      quiet.register(SERVICE_CLAIM);
      quiet.run(60_000);

      const link = new CoreOnLink();
      link.register(HOST_CLAIM);
      link.register(SERVICE_CLAIM);
      link.onSent = ({ bytes }) => link.receive(bytes, options).receive(bytes, options);
      link.run(60_000);
      expect(link.news).toEqual(quiet.news);
      expect(link.transcript).toEqual(quiet.transcript);
    },
  );

  test("seconds late, through a slow reflector: no rename (P-35, H-29)", () => {
    const link = new CoreOnLink();
    link.register(HOST_CLAIM);
    link.register(SERVICE_CLAIM);
    link.run(10_000);
    const packets = link.sent.map(({ bytes }) => bytes);
    for (const bytes of packets) link.clear().receive(bytes, { address: "10.77.0.254" }).run(500);
    link.run(10_000);
    expect(link.news).toEqual([]);
    expect(times(link.probes)).toEqual([]);
  });

  test("our own goodbye after withdrawing does not hurt a claim that has taken its place (H-29, P-58)", () => {
    const link = new CoreOnLink();
    const first = link.register(SERVICE_CLAIM);
    link.run(10_000).clear().withdraw(first);
    const [goodbye] = link.responses;
    link.clear().register(SERVICE_CLAIM);
    link
      .run(100)
      .receive(goodbye?.bytes ?? new Uint8Array(), { address: "10.77.0.1", fromThisHost: true })
      .run(10_000);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "announced"]);
  });

  test("hosts that share a unique set with equal data leave each other alone (RFC 6762 §2; A-56)", () => {
    const [one, two] = [printerOnLink(), printerOnLink()];
    one.onSent = ({ bytes }) => two.receive(bytes, { peer: 1 });
    two.onSent = ({ bytes }) => one.receive(bytes, { peer: 2 });
    for (const link of [one, two]) link.clear().restart();
    for (let step = 0; step < 500; step++) {
      one.run(20);
      two.run(20);
    }
    for (const link of [one, two]) expect(link.news.map(({ news }) => news)).not.toContain("lost");
    for (const link of [one, two]) expect(link.news.at(-1)?.news).toBe("announced");
    expect(one.responses.flatMap(answersOf)).toContain(brief(PTR));
  });
});

describe("a name that two claims share (RFC 6762 §9)", () => {
  const N = "n.local";
  const inDoubt = (): CoreOnLink =>
    new CoreOnLink()
      .settled(own("unique", a(N, "10.77.0.1")), own("unique", srv(N, "host.local", 1)))
      .respond(srv(N, "rival.local", 2, { flush: true }));

  test("is in doubt as a whole: all its records are proposed again (P-33, P-07)", () => {
    const link = inDoubt().run(3_000);
    expect(link.probes.map(({ message }) => message.authorities.length)).toEqual([2, 2, 2]);
    expect(link.news.filter(({ news }) => news === "probing")).toHaveLength(2);
  });

  test("denies nothing while a part is in doubt (A-07, A-55)", () => {
    const link = inDoubt().run(100).query(question(N, TYPE.TXT)).run(600);
    expect(link.responses).toEqual([]);
  });

  test("nor for a part that is sure to be ours: the bitmap would deny the rest (A-07, A-55)", () => {
    const reverse = "1.0.77.10.in-addr.arpa";
    const link = new CoreOnLink().settled(
      own("known-unique", ptr(reverse, "host.local")),
      own("unique", txt(reverse, ["ours"])),
    );
    link.respond(txt(reverse, ["theirs"], { flush: true })).run(200);
    expect(link.probes).not.toEqual([]);
    link.query(question(reverse, TYPE.SRV)).run(500);
    expect(link.responses).toEqual([]);
  });

  test("nor does a name denied just before: what was prepared is forgotten (A-55)", () => {
    const link = new CoreOnLink().settled(own("unique", a(N, "10.77.0.1")));
    link.query([question(N, TYPE.TXT), question(N, TYPE.AAAA)]).respond(a(N, "10.77.0.9", { flush: true }));
    expect(link.run(500).responses).toEqual([]);
  });
});

describe("the same name once more", () => {
  test("replaced by equal records it is silent while it is probed for (A-55, P-02)", () => {
    const link = new CoreOnLink();
    const records = own("unique", srv(INSTANCE, "host.local", 631));
    const claim = link.register(records);
    link.run(10_000).clear().replace(claim, records).run(300);
    link.query(question(INSTANCE, TYPE.SRV)).run(50);
    expect(link.probes).not.toEqual([]);
    expect(link.responses).toEqual([]);
  });
});
