import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, times } from "./core-on-link.ts";
import { a, aaaa, brief, nsec, opaque, question, record } from "./records.ts";

const HOST = "peer.local";
const AAAA = question(HOST, TYPE.AAAA);
const A = question(HOST, TYPE.A);
const DENIAL = nsec(HOST, [TYPE.A], { flush: true });

function asking(): CoreOnLink {
  const link = new CoreOnLink().run(60_000);
  link.ask(AAAA);
  return link.run(70).clear();
}

describe("an NSEC answers for what there is not (RFC 6762 §6.1)", () => {
  test.each([
    ["the answer section", (link: CoreOnLink) => link.respond(DENIAL)],
    ["the additional section", (link: CoreOnLink) => link.respond([], { additionals: [DENIAL] })],
    ["company of an address", (link: CoreOnLink) => link.respond(a(HOST, "10.77.0.2"), { additionals: [DENIAL] })],
  ])("in %s: told at once, and the question is not repeated (Q-28, Q-29)", (_case, deny) => {
    const link = deny(asking()).run(90_000);
    expect(link.events).toEqual(["0 absent"]);
    expect(times(link.queries)).toEqual([]);
  });

  test("a late asker is told at once (Q-26, Q-28)", () => {
    const link = asking().respond(DENIAL).run(10_000).clear();
    link.ask(AAAA);
    expect(link.events).toEqual(["0 absent"]);
    expect(times(link.run(60_000).queries)).toEqual([]);
  });

  test("for as long as the NSEC lives; then the type is asked for again (C-14)", () => {
    const link = asking()
      .respond({ ...DENIAL, ttl: 10 })
      .run(9_999);
    const early = times(link.queries);
    expect(early.filter((at) => at < 8_000)).toEqual([]);
    link.run(2_000);
    expect(times(link.queries).filter((at) => at >= 8_000).length).toBeGreaterThan(0);
  });

  test("repeated with the same content it is told once (Q-28, C-13)", () => {
    const link = asking().respond(DENIAL).run(5_000).respond(DENIAL).run(5_000);
    expect(link.events).toEqual(["0 absent"]);
  });

  test("a record that comes takes its place (C-15)", () => {
    const link = asking()
      .respond(DENIAL)
      .run(2_000)
      .respond(aaaa(HOST, "fe80::2", { flush: true }));
    expect(link.events).toEqual(["0 absent", "2000 added AAAA peer.local fe80::2"]);
  });

  test("types in its bitmap are not denied (Q-28)", () => {
    const link = asking()
      .respond(nsec(HOST, [TYPE.A, TYPE.AAAA], { flush: true }))
      .run(2_000);
    expect(link.events).toEqual([]);
    expect(times(link.queries)).toEqual([1_000]);
  });

  test("it removes no record of another type, its flush bit or not (C-15, C-09)", () => {
    const link = new CoreOnLink().run(60_000);
    link.ask(A);
    link
      .run(70)
      .respond(a(HOST, "10.77.0.2", { flush: true }))
      .run(5_000)
      .clear();
    link.respond(nsec(HOST, [TYPE.HINFO], { flush: true })).run(60_000);
    expect(link.told.filter(({ change }) => change === "removed")).toEqual([]);
    expect(link.core.known(A, link.now).map((known) => brief(known.record))).toEqual(["A peer.local 10.77.0.2"]);
  });

  test("from a goodbye it is gone: TTL 0 denies nothing (C-04, Q-28)", () => {
    expect(
      asking()
        .respond({ ...DENIAL, ttl: 0 })
        .run(500).events,
    ).toEqual([]);
  });
});

describe("odd forms of NSEC (RFC 6762 §6.1)", () => {
  const next = question("else.local", 1).name;
  const root = question(".", 1).name;

  test.each([
    ["another next-domain name", next],
    ["the root as next-domain name", root],
  ])("%s: read as the owner's (W-43, W-44)", (_case, name) => {
    const link = asking().respond(
      record(HOST, TYPE.NSEC, { kind: "nsec", next: name, types: [TYPE.A] }, { flush: true }),
    );
    expect(link.events).toEqual(["0 absent"]);
  });

  test("the next-domain name written in full (W-44)", () => {
    const uncompressed = [...Buffer.from("\x04peer\x05local\0", "latin1"), 0, 1, 0x40];
    expect(asking().respond(opaque(HOST, TYPE.NSEC, uncompressed, { flush: true })).events).toEqual(["0 absent"]);
  });

  test("several windows: no harm (W-45)", () => {
    const link = asking().respond(nsec(HOST, [TYPE.A, 257, 32_769], { flush: true }), {
      additionals: [a(HOST, "10.77.0.2")],
    });
    expect(link.events.filter((event) => !event.endsWith("absent"))).toEqual([]);
    expect(link.run(5_000).told.length).toBeLessThanOrEqual(1);
  });

  test("an unreadable one does not cost the rest (W-46)", () => {
    const link = new CoreOnLink().run(60_000);
    link.ask(A);
    link.respond(a(HOST, "10.77.0.2"), { additionals: [opaque(HOST, TYPE.NSEC, [0xc0, 12, 0, 200, 1])] });
    expect(link.events.at(-1)).toContain("added A peer.local 10.77.0.2");
  });
});

describe("a record that goes while its denial stands", () => {
  test("is reported removed and then absent (Q-28, C-02)", () => {
    const link = asking();
    const gone = aaaa(HOST, "fe80::5", { flush: true });
    link.clear();
    link.ask(AAAA);
    link.run(100).respond(gone).run(5_000).clear();
    link.respond({ ...gone, ttl: 0 }, { additionals: [DENIAL] }).run(5_000);
    const changes = link.told.map(({ change }) => change);
    expect(changes.indexOf("absent")).toBeGreaterThan(changes.indexOf("removed"));
    expect(changes).toContain("removed");
  });
});
