import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { HOST, HOST_CLAIM, PTR, SERVICE_CLAIM, SERVICE_TYPE, SRV, TYPE_LIST, TYPE_PTR, V4 } from "./printer.ts";
import { aaaa, brief, own, ptr, question, srv, txt } from "./records.ts";

const BROWSE = question(SERVICE_TYPE, TYPE.PTR);

describe("a host that asks for what it publishes itself", () => {
  test("is told once when it is announced, with and without its own packets coming back (N-04)", () => {
    for (const echoes of [0, 1, 2]) {
      const link = new CoreOnLink();
      link.ask(BROWSE);
      link.register(HOST_CLAIM);
      link.register(SERVICE_CLAIM);
      link.onSent = ({ bytes }) => {
        for (let echo = 0; echo < echoes; echo++) link.receive(bytes, { peer: 1, fromThisHost: true });
      };
      link.run(30_000);
      expect(link.events).toEqual([`875 added ${brief(PTR)}`]);
    }
  });

  test("is told at once when it was announced before (N-04, Q-26)", () => {
    const link = new CoreOnLink().settled(HOST_CLAIM, SERVICE_CLAIM);
    link.ask(BROWSE);
    link.ask(question(HOST, TYPE.A));
    expect(link.events).toEqual([`0 added ${brief(PTR)}`, `0 added ${brief(V4)}`]);
  });

  test("is told of its end, once (N-04)", () => {
    const link = new CoreOnLink();
    const claim = link.register(SERVICE_CLAIM);
    link.run(10_000).ask(BROWSE);
    link.clear();
    link.onSent = ({ bytes }) => link.receive(bytes, { peer: 1, fromThisHost: true });
    link.withdraw(claim).run(10_000);
    expect(link.told.map(({ change, record }) => `${change} ${record}`)).toEqual([`removed ${brief(PTR)}`]);
    expect(link.told[0]?.at).toBeLessThanOrEqual(1_000);
  });

  test("is told of others' beside it, and keeps its own for ever (N-04)", () => {
    const other = ptr(SERVICE_TYPE, "Other._ipp._tcp.local");
    const link = new CoreOnLink().settled(SERVICE_CLAIM);
    link.ask(BROWSE);
    link
      .run(100)
      .respond(other)
      .run(10 * 4_500_000);
    expect(link.told.map(({ change, record }) => `${change} ${record}`)).toEqual([
      `added ${brief(PTR)}`,
      `added ${brief(other)}`,
      `removed ${brief(other)}`,
    ]);
    expect(link.core.known(BROWSE, link.now).map(({ record }) => brief(record))).toEqual([brief(PTR)]);
  });

  test("asks for others' beside it also where one record is the usual answer, as it says that others may have more (RFC 6762 §5.2)", () => {
    const link = new CoreOnLink().settled(own("shared", txt("all.local", ["ours"])));
    link.ask(question("all.local", TYPE.TXT));
    link.run(200);
    expect(link.queries).toHaveLength(1);
  });

  test("loses no record of its own to another's flush bit or goodbye (A-48, C-06)", () => {
    const link = new CoreOnLink().settled(own("shared", PTR));
    link.ask(BROWSE);
    link.run(5_000).clear();
    link
      .respond(ptr(SERVICE_TYPE, "Other._ipp._tcp.local", { flush: true }))
      .respond({ ...PTR, ttl: 0 })
      .run(5_000);
    expect(link.told.map(({ change, record }) => `${change} ${record}`)).toEqual([
      "added PTR _ipp._tcp.local Other._ipp._tcp.local",
    ]);
  });

  test("lists its own shared records as known answers, so that others see that nothing is missing (Q-06, C-18)", () => {
    const link = new CoreOnLink().settled(HOST_CLAIM, SERVICE_CLAIM);
    link.ask(BROWSE);
    link.run(60_000);
    expect(link.queries.length).toBeGreaterThan(3);
    for (const { message } of link.queries)
      expect(message.answers.map((known) => `${brief(known)} ${known.ttl} ${known.flush}`)).toEqual([
        `${brief(PTR)} 4500 false`,
      ]);
  });

  test.each([
    ["browses its type", BROWSE, false],
    ["asks for all there is at its name", question(SRV.name, TYPE.ANY), false],
    ["asks for its own data, and is woken", question(SRV.name, TYPE.SRV), true],
  ])("does not make another host drop its service when it %s (C-18, L-24)", (_case, asked, restarts) => {
    const [publisher, peer] = [new CoreOnLink().settled(HOST_CLAIM, SERVICE_CLAIM), new CoreOnLink().run(60_000)];
    peer.onSent = ({ bytes }) => publisher.receive(bytes, { peer: 2 });
    publisher.onSent = ({ bytes }) => peer.receive(bytes, { peer: 1 });
    peer.ask(asked);
    for (let step = 0; step < 2_000; step++) {
      if (step === 200) publisher.ask(asked);
      if (step === 400 && restarts) publisher.restart();
      publisher.run(50);
      peer.run(50);
    }
    expect(peer.told.map(({ change }) => change)).not.toContain("removed");
    expect(peer.core.known(asked, peer.now).length).toBeGreaterThan(0);
  });

  test("asks nobody for what it alone has, not even when it is woken (C-18, L-24)", () => {
    const link = new CoreOnLink().settled(HOST_CLAIM);
    link.ask(question(HOST, TYPE.A));
    link.ask(question(HOST, TYPE.AAAA));
    link.run(5_000).clear().restart().run(60_000);
    expect(link.queries).toEqual([]);
  });

  test("drops a rival's record of a name that it wins (C-06, C-23)", () => {
    const rival = srv("Printer._ipp._tcp.local", "gone.local", 99, { flush: true });
    const asked = question("Printer._ipp._tcp.local", TYPE.SRV);
    const link = new CoreOnLink().run(60_000);
    link.ask(asked);
    link.run(200).respond(rival).run(5_000).clear().register(SERVICE_CLAIM);
    link.run(875 + 1_000);
    expect(link.core.known(asked, link.now).map(({ record }) => brief(record))).toEqual([brief(SRV)]);
    expect(link.told.map(({ change, record }) => `${change} ${record}`).sort()).toEqual(
      [`added ${brief(SRV)}`, `outdated ${brief(rival)}`, `removed ${brief(rival)}`].sort(),
    );
  });
});

describe("a host that hears its own queries (RFC 6762 §15.1)", () => {
  const echo = { peer: 1, fromThisHost: true };

  test("keeps to its series: they are no duplicate questions (L-23, Q-13)", () => {
    const link = new CoreOnLink().run(60_000).clear();
    link.onSent = ({ bytes }) => link.receive(bytes, echo);
    link.ask(question("_http._tcp.local", TYPE.PTR));
    link.run(16_000);
    expect(link.queries.map(({ at }) => at)).toEqual([70, 1_070, 3_070, 7_070, 15_070]);
  });

  test("does not take them for failures of others (L-23, C-18)", () => {
    const record = srv("X._http._tcp.local", "peer.local", 80, { flush: true });
    const link = new CoreOnLink().run(60_000);
    link.onSent = ({ bytes }) => link.receive(bytes, echo);
    link.ask(question("X._http._tcp.local", TYPE.SRV));
    link.run(200).respond(record).clear().run(120_000);
    expect(link.queries).toHaveLength(4);
    expect(link.events).toEqual([`120000 removed ${brief(record)}`]);
  });

  test("does not answer or suppress itself: a browser of its own type and a peer both get answers (L-23)", () => {
    const link = new CoreOnLink().settled(HOST_CLAIM, SERVICE_CLAIM);
    link.onSent = ({ bytes }) => link.receive(bytes, echo);
    link.ask(BROWSE);
    link.run(30_000).clear().query(BROWSE).run(2_000);
    expect(link.responses.map(({ message }) => message.answers.map(brief))).toEqual([[brief(PTR)]]);
  });
});

describe("two claims with a shared record (RFC 6763 §9)", () => {
  test("losing one leaves the record with the other: it stays known and is not asked for (C-18, Q-06)", () => {
    const asked = question(TYPE_LIST, TYPE.PTR);
    const link = new CoreOnLink();
    link.register([...own("shared", TYPE_PTR), ...own("unique", SRV)]);
    link.run(10_000);
    link.ask(asked);
    link.run(5_000).clear();
    const other = "Other._ipp._tcp.local";
    const second = link.register([...own("shared", TYPE_PTR), ...own("unique", srv(other, HOST, 1))]);
    link.run(400).respond(srv(other, "rival.local", 9, { flush: true }));
    expect(link.news.at(-1)?.news).toBe("lost");
    link.run(3_000).withdraw(second).run(3_000);
    expect(link.events).toEqual([]);
    expect(link.core.known(asked, link.now)).toHaveLength(1);
  });
});

describe("a type that our own name lacks", () => {
  test("is told absent at once, and nobody else is asked (Q-28, Q-29, A-04)", () => {
    const link = new CoreOnLink().settled(HOST_CLAIM);
    link.ask(question(HOST, TYPE.AAAA));
    link.run(40_000);
    expect(link.events).toEqual(["0 absent"]);
    expect(link.queries).toEqual([]);
  });

  test("until the name has it (Q-28)", () => {
    const link = new CoreOnLink();
    const claim = link.register(own("unique", V4));
    link.run(10_000);
    link.ask(question(HOST, TYPE.AAAA));
    const address = aaaa(HOST, "fe80::1");
    link
      .clear()
      .update(claim, own("unique", V4, address))
      .run(1_000);
    expect(link.events).toEqual([`0 added ${brief(address)}`]);
  });
});

describe("our own data, heard before and outdated by a rival's", () => {
  test("is renewed when we publish it, and not asked for twice (C-08, Q-22)", () => {
    const link = new CoreOnLink();
    link.ask(question(SRV.name, TYPE.SRV));
    link
      .run(200)
      .respond({ ...SRV, flush: true })
      .run(3_000);
    link
      .respond(srv(SRV.name, "rival.local", 5, { flush: true }))
      .run(100)
      .clear();
    link.register(own("known-unique", SRV));
    link.run(3_000);
    expect(link.events).toContain(`0 renewed ${brief(SRV)}`);
    expect(link.queries).toEqual([]);
  });
});
