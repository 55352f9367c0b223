import { describe, expect, test } from "vitest";
import type { ClaimId } from "../../../src/mdns/core/output.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, times } from "./core-on-link.ts";
import { INSTANCE, PTR, SERVICE_TYPE, SRV, TYPE_LIST, TYPE_PTR } from "./printer.ts";
import { a, brief, own, ptr, question, srv } from "./records.ts";

const TYPES = question(TYPE_LIST, TYPE.PTR);
const REMOVED = `removed ${brief(TYPE_PTR)}`;
const LATE_COPIES = 3_000;

/** A host that asks for what it has published for a minute. */
function publisher(): { readonly link: CoreOnLink; readonly claim: ClaimId } {
  const link = new CoreOnLink().run(60_000);
  link.ask(TYPES);
  const claim = link.register(own("shared", TYPE_PTR));
  link.run(60_000).clear();
  return { link, claim };
}

describe("a shared record of ours that we give up", () => {
  test("lives for the goodbye's second, as everywhere else (RFC 6762 §10.1; C-02)", () => {
    const { link, claim } = publisher();
    link.withdraw(claim).run(60_000);
    expect(link.events).toEqual([`1000 ${REMOVED}`]);
  });

  test.each([
    ["on the link", {}],
    ["of this machine", { fromThisHost: true }],
  ])("stays, as another host %s saves it within that second (RFC 6762 §10.1; C-03)", (_where, options) => {
    const { link, claim } = publisher();
    link.onSent = ({ at, message }) => {
      if (!message.response && at >= LATE_COPIES) link.respond(TYPE_PTR, {}, options);
    };
    link.withdraw(claim).run(60).respond(TYPE_PTR, {}, options);
    link.run(3_600_000);
    expect(link.events).toEqual([]);
    expect(link.core.known(TYPES, link.now)).toHaveLength(1);
  });

  test("is asked for once nothing of ours can come round any more, and goes unless it is heard then (Q-37)", () => {
    const { link, claim } = publisher();
    link.withdraw(claim).run(60).respond(TYPE_PTR);
    link.run(60_000);
    expect(times(link.queries.filter(({ at }) => at < 13_000))).toEqual([3_000, 4_000, 6_000]);
    expect(link.events).toEqual([`13000 ${REMOVED}`]);
  });

  test("goes a second after a reflector has brought our announcement and then our goodbye (L-28)", () => {
    const { link, claim } = publisher();
    link.withdraw(claim);
    const goodbye = link.sent[0]?.bytes ?? new Uint8Array();
    link.run(300).respond(TYPE_PTR, {}, { peer: 9 }).run(100).receive(goodbye, { peer: 9 });
    link.run(60_000);
    expect(link.events).toEqual([`1400 ${REMOVED}`]);
  });

  test("is no business of ours when nobody here asks for it (C-23)", () => {
    const link = new CoreOnLink();
    const claim = link.register(own("shared", TYPE_PTR));
    link.run(60_000).withdraw(claim).run(60).respond(TYPE_PTR).clear().run(60_000);
    expect(link.sent).toEqual([]);
    expect(link.core.counters.cache.records).toBe(0);
  });
});

test("a service of ours that is withdrawn is gone at once, and no late copy brings it back (N-04, L-28)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(question(SERVICE_TYPE, TYPE.PTR));
  const claim = link.register([...own("shared", PTR), ...own("unique", SRV)]);
  link.run(60_000).clear().withdraw(claim).run(500).respond(PTR, {}, { peer: 9 }).run(60_000);
  expect(link.events).toEqual([`0 removed ${brief(PTR)}`]);
});

test.each([0, 200])(
  "a shared record given up %i ms after it came, unannounced, stays another host's (RFC 6762 §10.1)",
  (held) => {
    const { link, claim } = publisher();
    link.onSent = ({ message: { response, questions, answers } }) => {
      const isGoodbye = response && answers.some(({ ttl }) => ttl === 0);
      if (isGoodbye || questions.some(({ name }) => name.key === TYPES.name.key)) link.respond(TYPE_PTR);
    };
    link.query(TYPES).run(200).withdraw(claim).run(200).clear();
    const again = link.core.register(own("shared", TYPE_PTR), link.now);
    if (held > 0) link.run(held);
    link.withdraw(again).run(60_000);
    expect(link.responses).toEqual([]);
    expect(link.events).toEqual([]);
    expect(link.core.known(TYPES, link.now)).toHaveLength(1);
  },
);

test("a service of ours that another host takes over at once is found when our copies are no more (RFC 6762 §5.2)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(question(SERVICE_TYPE, TYPE.PTR));
  const claim = link.register([...own("shared", PTR), ...own("unique", SRV)]);
  link.run(2 * 3_600_000).clear();
  link.onSent = ({ at, message }) => {
    if (!message.response && at >= LATE_COPIES) link.respond(PTR);
  };
  link.withdraw(claim).run(900).respond(PTR).run(1_000).respond(PTR);
  link.run(60_000);
  expect(link.events).toEqual([`0 removed ${brief(PTR)}`, `${LATE_COPIES} added ${brief(PTR)}`]);
  expect(times(link.queries)).toEqual([LATE_COPIES]);
});

test("also when another host asked for it while it passed for our copy (RFC 6762 §5.2, §7.3)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(question(SERVICE_TYPE, TYPE.PTR));
  const claim = link.register([...own("shared", PTR), ...own("unique", SRV)]);
  link.run(2 * 3_600_000).clear();
  link.withdraw(claim).run(900).respond(PTR).run(1_000).query(question(SERVICE_TYPE, TYPE.PTR)).run(60).respond(PTR);
  link.run(60_000);
  expect(times(link.queries)).toEqual([LATE_COPIES]);
});

test("also when what it has beside it seemed to be the whole answer (RFC 6762 §5.2, §10.2)", () => {
  const [ours, theirs] = [a("moved.local", "10.77.0.1"), a("moved.local", "10.77.0.9")];
  const announced = [ours, theirs].map((record) => ({ ...record, flush: true }));
  const link = new CoreOnLink().run(60_000);
  link.ask(question("moved.local", TYPE.A));
  const claim = link.register(own("unique", ours));
  link.run(60_000).clear();
  link.onSent = ({ at, message }) => {
    if (!message.response && at >= LATE_COPIES) link.respond(announced);
  };
  link.withdraw(claim).run(900).respond(announced).run(1_000).respond(announced).run(60_000);
  expect(link.events).toEqual([
    `0 removed ${brief(ours)}`,
    `900 added ${brief(theirs)}`,
    `${LATE_COPIES} added ${brief(ours)}`,
  ]);
});

test("a late copy of such a service makes it asked for once, however often it comes (RFC 6762 §5.2)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(question(SERVICE_TYPE, TYPE.PTR));
  const claim = link.register([...own("shared", PTR), ...own("unique", SRV)]);
  link
    .run(2 * 3_600_000)
    .clear()
    .withdraw(claim);
  for (let copy = 0; copy < 40; copy++) link.run(50).respond(PTR, {}, { peer: 9 });
  link.run(60_000);
  expect(times(link.queries)).toEqual([LATE_COPIES]);
  expect(link.events).toEqual([`0 removed ${brief(PTR)}`]);
});

test("what another host was heard with outlives our attempt to have it as well (C-01)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(TYPES);
  link.run(200).respond(TYPE_PTR).run(10_000).clear();
  const claim = link.register([...own("shared", TYPE_PTR), ...own("unique", SRV)]);
  link.run(400).withdraw(claim).run(60_000);
  expect(link.events).toEqual([]);
});

test("the records that go with a name that was lost are asked for at once, as they are the winner's (RFC 6762 §9)", () => {
  const asked = question(SERVICE_TYPE, TYPE.PTR);
  const rival = srv(INSTANCE, "rival.local", 9, { flush: true });
  const link = new CoreOnLink().run(60_000);
  link.ask(asked);
  link.register([...own("shared", PTR), ...own("unique", SRV)]);
  link.run(60_000).clear().respond(rival);
  link.onSent = ({ message, at }) => {
    const [first] = message.questions;
    if (message.authorities.length > 0) link.respond(rival);
    else if (first?.name.key === asked.name.key && at < 10_000) link.respond(ptr(SERVICE_TYPE, INSTANCE));
  };
  link.run(60_000);
  expect(link.news.at(-1)?.news).toBe("lost");
  expect(link.events).toEqual([]);
  expect(link.core.known(asked, link.now)).toHaveLength(1);
});
