import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf, CoreOnLink, type Sent } from "./core-on-link.ts";
import { HOST_CLAIM, INSTANCE, PTR, SERVICE_TYPE, SRV } from "./printer.ts";
import { brief, own, ptr, qu, question, record, srv, txt } from "./records.ts";

const BIG = txt(
  INSTANCE,
  Array.from({ length: 10 }, (_, index) => `${index}=${"x".repeat(248)}`),
);

const EDNS = record(".", TYPE.OPT, { kind: "opt", options: [] }, { class: 65_535, ttl: 0 });

function withBigText(): CoreOnLink {
  return new CoreOnLink().settled(HOST_CLAIM, [...own("shared", PTR), ...own("unique", SRV, BIG)]);
}

function count({ message }: Sent): number {
  return message.answers.length + message.authorities.length + message.additionals.length;
}

describe("a record above the MTU (RFC 6762 §17)", () => {
  test.each([
    ["PTR", question(SERVICE_TYPE, TYPE.PTR), [PTR]],
    ["SRV", question(INSTANCE, TYPE.SRV), [SRV]],
    ["TXT", question(INSTANCE, TYPE.TXT), [BIG]],
    ["ANY", question(INSTANCE, TYPE.ANY), [SRV, BIG]],
    ["QU", qu(INSTANCE, TYPE.TXT), [BIG]],
    ["a probe's", qu(INSTANCE, TYPE.ANY), [SRV, BIG]],
  ])("asked for %s: it shares a packet with no other record (W-37, W-38)", (_case, asked, answers) => {
    const link = withBigText().query(asked).run(2_000);
    const given = link.sent.flatMap(answersOf);
    for (const answer of answers) expect(given).toContain(brief(answer));
    for (const sent of link.sent) if (sent.bytes.length > 1_472) expect(count(sent)).toBe(1);
  });

  test.each([
    ["without OPT", {}, 512],
    [
      "with OPT",
      {
        additionals: [
          {
            ...SRV,
            name: question(".", 1).name,
            type: TYPE.OPT,
            class: 4_096,
            ttl: 0,
            data: { kind: "opt", options: [] } as const,
          },
        ],
      },
      1_472,
    ],
  ])("a legacy client %s gets what fits, marked TC (U-08)", (_case, content, limit) => {
    const link = withBigText()
      .query(question(INSTANCE, TYPE.TXT), { id: 1, ...content }, { port: 40_000 })
      .run(2_000);
    expect(link.sent).toHaveLength(1);
    expect(link.sent[0]?.bytes.length).toBeLessThanOrEqual(limit);
    expect(link.sent[0]?.message.truncated).toBe(true);
  });

  test("its probe is one question with what can be said of the name within the rules (P-07, W-38)", () => {
    const link = new CoreOnLink();
    link.register(own("unique", SRV, BIG));
    link.run(10_000);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "announced"]);
    expect(link.probes.length).toBeGreaterThanOrEqual(3);
    for (const sent of link.sent) if (sent.bytes.length > 1_472) expect(count(sent)).toBe(1);
  });

  test("its goodbye goes alone too (P-51, W-38)", () => {
    const link = withBigText().withdrawAll().run(1_000);
    expect(new Set(link.sent.flatMap(answersOf))).toEqual(
      new Set([...HOST_CLAIM.map(({ record }) => record), PTR, SRV, BIG].map(brief)),
    );
    for (const sent of link.sent) if (sent.bytes.length > 1_472) expect(count(sent)).toBe(1);
  });
});

test("as a known answer too large for its packet it goes on in the next (RFC 6762 §7.2, §17; Q-12, W-38)", () => {
  const link = new CoreOnLink().run(60_000);
  link.ask(question(INSTANCE, TYPE.TXT));
  link.run(200).respond(BIG).clear().run(10_000);
  for (const sent of link.sent) if (sent.bytes.length > 1_472) expect(count(sent)).toBe(1);
  expect(link.queries.length).toBeGreaterThan(0);
  expect(link.sent.flatMap(({ message }) => message.questions.map(({ name }) => name.toString()))).toContain(INSTANCE);
});

test.each([9_000, 16_436, 65_536])("an MTU of %i allows no packet above 9000 bytes (RFC 6762 §17; W-39)", (mtu) => {
  const link = new CoreOnLink({ mtu });
  for (let index = 0; index < 400; index++) {
    const name = `Service number ${index}._ipp._tcp.local`;
    link.register([
      ...own("shared", ptr(SERVICE_TYPE, name)),
      ...own("unique", srv(name, "host.local", 1), txt(name, ["a=b"])),
    ]);
  }
  link.run(20_000).query(question(SERVICE_TYPE, TYPE.PTR)).run(2_000);
  link
    .query(question(SERVICE_TYPE, TYPE.PTR), { additionals: [EDNS] }, { port: 40_000 })
    .run(2_000)
    .withdrawAll()
    .run(100);
  expect(Math.max(...link.sent.map(({ bytes }) => bytes.length))).toBeGreaterThan(4_000);
  for (const { bytes } of link.sent) expect(bytes.length).toBeLessThanOrEqual(8_972);
});
