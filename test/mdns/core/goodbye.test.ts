import { describe, expect, test } from "vitest";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf, CoreOnLink, times } from "./core-on-link.ts";
import {
  HOST,
  HOST_CLAIM,
  INSTANCE,
  PTR,
  REVERSE_PTR,
  SERVICE_CLAIM,
  SERVICE_TYPE,
  SRV,
  SUBTYPE_PTR,
  TXT,
  TYPE_PTR,
  V4,
} from "./printer.ts";
import { brief, own, ptr, question, srv, txt } from "./records.ts";

const SERVICE_RECORDS = [PTR, SUBTYPE_PTR, TYPE_PTR, SRV, TXT].map(brief).sort();

function started(
  ms: number,
  options?: ConstructorParameters<typeof CoreOnLink>[0],
): { link: CoreOnLink; host: number; service: number } {
  const link = new CoreOnLink(options);
  const host = link.register(HOST_CLAIM);
  const service = link.register(SERVICE_CLAIM);
  link.run(ms).clear();
  return { link, host, service };
}

function goodbyes(link: CoreOnLink): string[] {
  const records = link.responses.flatMap(({ message }) => message.answers);
  return records
    .filter(({ ttl }) => ttl === 0)
    .map(brief)
    .sort();
}

describe("withdrawing (RFC 6762 §10.1)", () => {
  test("sends TTL 0 at once for each record that was announced, and nothing after it (P-51, P-56)", () => {
    const { link, service } = started(10_000);
    link.withdraw(service).run(60_000);
    expect(new Set(goodbyes(link))).toEqual(new Set(SERVICE_RECORDS));
    expect(times(link.responses)[0]).toBe(0);
    expect(link.responses.flatMap(({ message }) => message.answers.filter(({ ttl }) => ttl > 0)).map(brief)).toEqual(
      [],
    );
  });

  test("its flush bits are those of the announcement (P-54, A-46)", () => {
    const { link, service } = started(10_000);
    link.withdraw(service).run(1_000);
    for (const entry of link.responses.flatMap(({ message }) => message.answers)) {
      expect(`${brief(entry)} ${entry.flush}`).toBe(`${brief(entry)} ${entry.type !== TYPE.PTR}`);
    }
  });

  test("is not held back by the rate limit (P-52)", () => {
    const { link, service } = started(975);
    link.withdraw(service).run(60_000);
    expect(times(link.responses)[0]).toBe(0);
    expect(new Set(goodbyes(link))).toEqual(new Set(SERVICE_RECORDS));
  });

  test("between the announcements cancels the second (P-56)", () => {
    const { link, service } = started(900);
    link.withdraw(service).run(60_000);
    const later = link.responses.flatMap(({ message }) => message.answers).filter(({ ttl }) => ttl > 0);
    expect(later.map(brief).filter((entry) => SERVICE_RECORDS.includes(entry))).toEqual([]);
  });

  test("cancels answers that wait (P-56)", () => {
    const { link, service } = started(10_000);
    link.query(question(SERVICE_TYPE, TYPE.PTR)).query(question(SERVICE_TYPE, TYPE.PTR), {}, { port: 40_000 });
    link.query(question(SERVICE_TYPE, TYPE.PTR), { truncated: true }, { peer: 3 });
    link.run(10).withdraw(service).run(5_000);
    const records = link.responses.flatMap(({ message }) => [...message.answers, ...message.additionals]);
    const alive = records.filter(({ ttl }) => ttl > 0).map(brief);
    expect(alive.filter((entry) => SERVICE_RECORDS.includes(entry))).toEqual([]);
  });

  test.each([
    ["before the first probe", 50],
    ["while probing", 500],
  ])("%s sends no goodbye for what was never announced (P-52, M-04)", (_case, at) => {
    const { link, host, service } = started(at);
    link.withdraw(service).withdraw(host).run(60_000);
    expect(goodbyes(link).filter((entry) => [SRV, TXT, V4].map(brief).includes(entry))).toEqual([]);
    expect(link.responses.flatMap(answersOf)).toEqual(goodbyes(link));
    expect(times(link.probes)).toEqual([]);
  });

  test("everything says goodbye to everything, on each family (P-51, P-52)", () => {
    const { link } = started(10_000, { families: ["ipv4", "ipv6"] });
    link.withdrawAll().run(60_000);
    for (const family of ["ipv4", "ipv6"]) {
      const sent = link.responses.filter((entry) => entry.family === family);
      const given = new Set(sent.flatMap(answersOf));
      expect(given).toEqual(new Set([...SERVICE_RECORDS, brief(V4), brief(REVERSE_PTR)]));
      expect(sent[0]?.at).toBe(0);
    }
    expect(link.core.deadline).toBeUndefined();
  });

  test("after it nothing is given or denied any more (P-43)", () => {
    const { link, service } = started(10_000);
    link.withdraw(service).run(5_000).clear();
    link.query(question(INSTANCE, TYPE.SRV)).query(question(INSTANCE, TYPE.MX)).query(question(SERVICE_TYPE, TYPE.PTR));
    expect(link.run(2_000).transcript).toEqual([]);
  });

  test("of many services fits the MTU (P-51, W-36)", () => {
    const link = new CoreOnLink();
    for (let index = 0; index < 60; index++) {
      const name = `Service number ${index}._http._tcp.local`;
      link.register([
        ...own("shared", ptr("_http._tcp.local", name)),
        ...own("unique", srv(name, HOST, 80), txt(name, ["a=b"])),
      ]);
    }
    link.run(60_000).clear().withdrawAll().run(1_000);
    expect(new Set(goodbyes(link)).size).toBe(180);
    for (const { bytes } of link.responses) expect(bytes.length).toBeLessThanOrEqual(1_472);
  });
});

describe("records that others still use get no goodbye (P-53)", () => {
  const second = "Second._ipp._tcp.local";
  const secondClaim: readonly OwnRecord[] = [
    ...own("shared", ptr(SERVICE_TYPE, second), TYPE_PTR),
    ...own("unique", srv(second, HOST, 632), txt(second, ["x"])),
  ];

  test("the host's addresses and the type's listing while another service has them (P-53, N-17)", () => {
    const link = new CoreOnLink();
    link.register(HOST_CLAIM);
    const first = link.register(SERVICE_CLAIM);
    const other = link.register(secondClaim);
    link.run(10_000).clear().withdraw(first).run(5_000);
    expect(new Set(goodbyes(link))).toEqual(new Set([PTR, SUBTYPE_PTR, SRV, TXT].map(brief)));
    link.clear().query(question("_services._dns-sd._udp.local", TYPE.PTR)).query(question(HOST, TYPE.A));
    link.query(question(SERVICE_TYPE, TYPE.PTR)).run(500);
    const given = link.responses.flatMap(answersOf);
    expect(given).toEqual(expect.arrayContaining([TYPE_PTR, V4, ptr(SERVICE_TYPE, second)].map(brief)));
    link.run(5_000).clear().withdraw(other).run(1_000);
    expect(goodbyes(link)).toContain(brief(TYPE_PTR));
    expect(goodbyes(link)).not.toContain(brief(V4));
  });

  test("but not what only a claim holds that has lost its name (P-51)", () => {
    const link = new CoreOnLink();
    const first = link.register(SERVICE_CLAIM);
    link.run(10_000);
    const loser = link.register(secondClaim);
    link
      .run(300)
      .respond(srv(second, "rival.local", 9, { flush: true }))
      .clear();
    expect(goodbyes(link.withdraw(first))).toContain(brief(TYPE_PTR));
    expect(link.clear().withdraw(loser).run(5_000).transcript).toEqual([]);
  });
});

describe("another name for a service (RFC 6762 §8.4, §9)", () => {
  test("the old one gets goodbyes, the new one is probed and announced (P-46, P-51)", () => {
    const { link, service } = started(10_000);
    const renamed = "Büro 3.5 Drucker._ipp._tcp.local".replace("3.5", "3\\.5");
    const claim = [
      ...own("shared", ptr(SERVICE_TYPE, renamed), ptr("_color._sub._ipp._tcp.local", renamed), TYPE_PTR),
      ...own("unique", srv(renamed, HOST, 631), txt(renamed, ["rp=ipp/print"])),
    ];
    link.replace(service, claim).run(60_000);
    expect(new Set(goodbyes(link))).toEqual(new Set([PTR, SUBTYPE_PTR, SRV, TXT].map(brief)));
    expect(link.responses[0]?.at).toBe(0);
    expect(times(link.probes)).toEqual([125, 375, 625]);
    const announced = link.responses.filter((sent) => answersOf(sent).includes(brief(srv(renamed, HOST, 631))));
    expect(announced[0]?.at).toBe(875);
    expect(announced.length).toBeGreaterThanOrEqual(2);
    expect(link.news.map(({ news }) => news)).toEqual(["probing", "announced"]);
  });
});

test("a link that is gone is left without a word (RFC 6762 §10.3)", () => {
  const { link } = started(10_000);
  expect(link.forget().run(60_000).transcript).toEqual([]);
  expect(link.core.deadline).toBeUndefined();
});

describe("withdrawing while an update is held back (RFC 6762 §10.1)", () => {
  const text = (value: string): OwnRecord[] => own("unique", SRV, txt(INSTANCE, [value]));

  test.each(["withdraw", "replace", "withdrawAll"] as const)(
    "%s says goodbye for the data that was announced last (P-51)",
    (how) => {
      const link = new CoreOnLink();
      const claim = link.register(text("v=0"));
      link.run(10_000);
      for (let version = 1; version <= 4; version++) link.update(claim, text(`v=${version}`)).run(1_100);
      link.clear().update(claim, text("v=5")).run(200);
      if (how === "withdraw") link.withdraw(claim);
      if (how === "withdrawAll") link.withdrawAll();
      if (how === "replace") link.replace(claim, own("unique", srv("New._ipp._tcp.local", "host.local", 1)));
      const gone = goodbyes(link);
      expect(gone.some((line) => line.includes(brief(txt(INSTANCE, ["v=4"]))))).toBe(true);
      expect(gone.some((line) => line.includes("v=5"))).toBe(false);
    },
  );
});

describe("withdrawing right after an update (RFC 6762 §10.1, §10.2)", () => {
  const [old, next, other] = ["1", "2", "3"].map((text) => txt("k.local", [text])) as [
    typeof TXT,
    typeof TXT,
    typeof TXT,
  ];

  test.each([
    { after: 300, ended: [old, next] },
    { after: 1_500, ended: [next] },
  ])(
    "$after ms: what others heard too lately for the flush bit to end it gets its goodbye (P-51)",
    ({ after, ended }) => {
      const link = new CoreOnLink();
      const claim = link.register(own("unique", old));
      link.run(10_000).query(question("k.local", TYPE.TXT)).run(10).update(claim, own("unique", next));
      link.run(after).clear().withdraw(claim);
      expect(goodbyes(link)).toEqual(ended.map(brief).sort());
    },
  );

  test("by an update that leaves nothing of its kind: the same (P-51, P-46)", () => {
    const link = new CoreOnLink();
    const address = { ...V4, name: old.name };
    const claim = link.register(own("unique", old, address));
    link
      .run(10_000)
      .update(claim, own("unique", next, address))
      .run(10);
    link.clear().update(claim, own("unique", address)).run(10_000);
    expect(goodbyes(link)).toEqual([old, next].map(brief).sort());
  });

  test("what is ours again gets none (P-46)", () => {
    const link = new CoreOnLink();
    const claim = link.register(own("unique", old));
    link.run(10_000).update(claim, own("unique", next)).run(10).update(claim, own("unique", old));
    link
      .run(10)
      .clear()
      .update(claim, own("unique", old, other))
      .run(10_000);
    expect(goodbyes(link)).toEqual([]);
  });
});
