import { describe, expect, test } from "vitest";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, type PeerOptions, type Sent } from "./core-on-link.ts";
import { HOST, INSTANCE, PTR, SRV, TXT, V4 } from "./printer.ts";
import { a, brief, own, qu, question, record, srv } from "./records.ts";

const LEGACY: PeerOptions = { port: 40_000 };
const KINDS = [
  ["QU", qu(INSTANCE, TYPE.SRV), {}],
  ["legacy", question(INSTANCE, TYPE.SRV), LEGACY],
] as const;

const service = (...records: readonly OwnRecord[]): OwnRecord[] => [...own("shared", PTR), ...records];

function published(): { link: CoreOnLink; host: number; claim: number } {
  const link = new CoreOnLink();
  const host = link.register(own("unique", V4));
  const claim = link.register(service(...own("unique", SRV, TXT)));
  return { link: link.run(10_000).clear(), host, claim };
}

function replies({ sent }: CoreOnLink): Sent[] {
  return sent.filter(({ to }) => to !== "group");
}

function given(reply: Sent | undefined): string[] {
  const { answers = [], additionals = [] } = reply?.message ?? {};
  return [...answers, ...additionals].map((entry) => `${brief(entry)} ${entry.ttl}`);
}

describe.each(KINDS)("a %s question asked again", (kind, asked, options) => {
  const ttl = (seconds: number): number => (kind === "legacy" ? Math.min(10, seconds) : seconds);

  test("gets the same reply (A-38, U-03)", () => {
    const { link } = published();
    link.query(asked, { id: 7 }, options).query(asked, { id: 7 }, options);
    const [first, second] = replies(link);
    expect(first?.bytes).toEqual(second?.bytes);
  });

  test("is told the new data once it changed (P-46)", () => {
    const { link, claim } = published();
    link.query(asked, {}, options);
    link.update(claim, service(...own("unique", srv(INSTANCE, HOST, 99), TXT))).run(10_000);
    link.clear().query(asked, {}, options);
    expect(given(replies(link)[0])).toContain(`${brief(srv(INSTANCE, HOST, 99))} ${ttl(120)}`);
  });

  test("is told a new lifetime (W-34)", () => {
    const { link, claim } = published();
    link.query(asked, {}, options);
    link.update(claim, service(...own("unique", { ...SRV, ttl: 5 }, TXT))).run(1_000);
    link.clear().query(asked, {}, options);
    expect(given(replies(link)[0])).toContain(`${brief(SRV)} 5`);
  });

  test("is told the host's new addresses, too (RFC 6763 §12.2; A-51)", () => {
    const { link, host } = published();
    link.query(asked, {}, options);
    link.update(host, own("unique", V4, a(HOST, "10.77.0.5"))).run(10_000);
    link.clear().query(asked, {}, options);
    expect(given(replies(link)[0])).toContain(`${brief(a(HOST, "10.77.0.5"))} ${ttl(120)}`);
  });

  test("gets no reply while the name is in doubt, nor after it is withdrawn (A-55)", () => {
    const { link, claim } = published();
    link.query(asked, {}, options);
    link.respond(srv(INSTANCE, "rival.local", 9, { flush: true })).run(300);
    link.clear().query(asked, {}, options);
    expect(link.sent).toEqual([]);
    link.run(10_000).withdraw(claim).clear().query(asked, {}, options).run(1_000);
    expect(link.sent).toEqual([]);
  });
});

describe("a QU question asked again", () => {
  const asked = qu(INSTANCE, TYPE.SRV);
  const whereTo = ({ sent }: CoreOnLink): string[] => sent.map(({ to }) => to);

  test("is answered by multicast when a quarter of the lifetime is over (RFC 6762 §5.4; A-36, A-37)", () => {
    const { link } = published();
    link.query(asked).query(asked).run(30_000).clear().query(asked);
    expect(whereTo(link)).toEqual(["group"]);
    link.run(1_000).clear().query(asked).query(asked);
    expect(whereTo(link)).toEqual(["10.77.0.2:5353", "10.77.0.2:5353"]);
  });

  test("with the answer as known, or for all to hear, is answered as it was asked (A-23, A-39)", () => {
    const { link } = published();
    link
      .query(asked)
      .clear()
      .query(asked, { answers: [SRV] });
    expect(link.sent).toEqual([]);
    link.query(question(INSTANCE, TYPE.SRV));
    expect(whereTo(link)).toEqual(["group"]);
  });

  test("by a host off the link is answered by multicast (RFC 6762 §11; A-40)", () => {
    const { link } = published();
    link.query(asked).clear().query(asked, {}, { address: "192.0.2.9", onLink: false });
    expect(whereTo(link)).toEqual(["group"]);
  });
});

describe("a legacy question asked again", () => {
  const asked = question(INSTANCE, TYPE.SRV);

  test("by others gets their IDs (U-03)", () => {
    const { link } = published();
    for (const id of [1, 0xbeef, 0]) link.query(asked, { id }, LEGACY);
    expect(replies(link).map(({ message }) => message.id)).toEqual([1, 0xbeef, 0]);
  });

  test("from off the link gets nothing (H-01, S-01)", () => {
    const { link } = published();
    link.query(asked, {}, LEGACY).query(asked, {}, { ...LEGACY, onLink: false });
    expect(link.sent).toHaveLength(1);
  });

  test("with RD, in other case or with room for more is answered as it was asked (U-04, U-08, W-12)", () => {
    const { link } = published();
    const shouted = question("PRINTER._IPP._TCP.LOCAL", TYPE.SRV);
    const edns = record(".", TYPE.OPT, { kind: "opt", options: [] }, { class: 1_200, ttl: 0 });
    link.query(asked, {}, LEGACY).query(asked, { recursionDesired: true }, LEGACY).query(shouted, {}, LEGACY);
    link.query(asked, { additionals: [edns] }, LEGACY).query(asked, {}, LEGACY);
    const messages = replies(link).map(({ message }) => message);
    expect(messages.map(({ recursionDesired }) => recursionDesired)).toEqual([false, true, false, false, false]);
    expect(messages.map(({ questions }) => String(questions[0]?.name))).toEqual(
      [asked, asked, shouted, asked, asked].map(({ name }) => String(name)),
    );
    for (const { answers } of messages) expect(answers.map(brief)).toEqual([brief(SRV)]);
  });
});
