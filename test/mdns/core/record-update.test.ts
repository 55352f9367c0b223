import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf, CoreOnLink, gaps, times } from "./core-on-link.ts";
import {
  HOST,
  HOST_CLAIM,
  INSTANCE,
  PTR,
  REVERSE_PTR,
  SERVICE_CLAIM,
  SRV,
  SUBTYPE_PTR,
  TXT,
  TYPE_PTR,
  V4,
} from "./printer.ts";
import { a, aaaa, brief, own, ptr, qu, question, txt } from "./records.ts";

function withTxt(...strings: string[]): ReturnType<typeof own> {
  return [...own("shared", PTR, SUBTYPE_PTR, TYPE_PTR), ...own("unique", SRV, txt(INSTANCE, strings))];
}

function established(): { link: CoreOnLink; host: number; service: number } {
  const link = new CoreOnLink();
  const host = link.register(HOST_CLAIM);
  const service = link.register(SERVICE_CLAIM);
  link.run(10_000).clear();
  return { link, host, service };
}

function texts(link: CoreOnLink): string[] {
  return link.responses.flatMap(answersOf).filter((entry) => entry.startsWith("TXT"));
}

describe("changed data of a unique record (RFC 6762 §8.4)", () => {
  test("is announced at least twice, a second apart, with the flush bit, unprobed and without goodbye (P-46, P-48)", () => {
    const { link, service } = established();
    link.update(service, withTxt("rp=new")).run(60_000);
    expect(times(link.probes)).toEqual([]);
    const announced = link.responses.filter((sent) => answersOf(sent).includes(brief(txt(INSTANCE, ["rp=new"]))));
    expect(announced.length).toBeGreaterThanOrEqual(2);
    expect(announced[0]?.at).toBeLessThanOrEqual(250);
    for (const gap of gaps(announced)) expect(gap).toBeGreaterThanOrEqual(1_000);
    for (const { message } of link.responses) {
      expect(message.answers.map(({ ttl }) => ttl)).not.toContain(0);
      for (const entry of message.answers) if (entry.type === TYPE.TXT) expect(entry.flush).toBe(true);
    }
    expect(texts(link)).not.toContain(brief(TXT));
  });

  test("is what questions get from then on, and old data asked for is not given (P-46)", () => {
    const { link, service } = established();
    link.update(service, withTxt("rp=new")).run(10_000).clear();
    link.query(question(INSTANCE, TYPE.TXT), { answers: [TXT] }).run(2_000);
    expect(link.responses.map(answersOf)).toEqual([[brief(txt(INSTANCE, ["rp=new"]))]]);
  });

  test("nothing is announced when nothing has changed (P-30)", () => {
    const { link, service } = established();
    expect(link.update(service, withTxt("rp=ipp/print")).run(60_000).transcript).toEqual([]);
  });

  test("an update while probing is probed with the new data (P-07, P-46)", () => {
    const link = new CoreOnLink();
    const service = link.register(SERVICE_CLAIM);
    link.run(200).update(service, withTxt("rp=new")).run(5_000);
    expect(link.probes.at(-1)?.message.authorities.map(brief)).toContain(brief(txt(INSTANCE, ["rp=new"])));
    expect(new Set(texts(link))).toEqual(new Set([brief(txt(INSTANCE, ["rp=new"]))]));
  });

  test("the old announcement coming back late is no conflict of ours with ourselves (H-29, P-35)", () => {
    const { link, service } = established();
    link.query(question(INSTANCE, TYPE.TXT)).run(500);
    const old = link.responses[0]?.bytes ?? new Uint8Array();
    link.clear().update(service, withTxt("rp=new"));
    link.run(200).receive(old, { address: "10.77.0.1", fromThisHost: true }).run(10_000);
    expect(times(link.probes)).toEqual([]);
    expect(link.news.map(({ news }) => news)).not.toContain("probing");
  });
});

describe("changed data of a shared record (RFC 6762 §8.4)", () => {
  test("gets a goodbye for the old data before the new is announced (P-47)", () => {
    const old = ptr("_list._tcp.local", "one.local");
    const link = new CoreOnLink();
    const claim = link.register(own("shared", old));
    link
      .run(10_000)
      .clear()
      .update(claim, own("shared", ptr("_list._tcp.local", "two.local")))
      .run(60_000);
    const given = link.responses.flatMap(({ message }) =>
      message.answers.map((entry) => `${brief(entry)} ${entry.ttl}`),
    );
    const goodbye = given.indexOf(`${brief(old)} 0`);
    const fresh = given.indexOf(`${brief(ptr("_list._tcp.local", "two.local"))} 4500`);
    expect(goodbye).toBeGreaterThanOrEqual(0);
    expect(fresh).toBeGreaterThan(goodbye);
    expect(given).not.toContain(`${brief(old)} 4500`);
    expect(times(link.probes)).toEqual([]);
  });

  test("a subtype left out gets its goodbye; the service keeps its name (P-47, P-51)", () => {
    const { link, service } = established();
    link.update(service, [...own("shared", PTR, TYPE_PTR), ...own("unique", SRV, TXT)]).run(10_000);
    const goodbyes = link.responses.flatMap(({ message }) => message.answers).filter(({ ttl }) => ttl === 0);
    expect(goodbyes.map(brief)).toEqual([brief(SUBTYPE_PTR)]);
    expect(times(link.probes)).toEqual([]);
  });
});

describe("changed addresses (RFC 6762 §8.4)", () => {
  test("are announced as the whole new set, with the flush bit (P-50)", () => {
    const { link, host } = established();
    const more = [V4, a(HOST, "10.77.0.11"), aaaa(HOST, "fe80::1")];
    link.update(host, [...own("unique", ...more), ...own("known-unique", REVERSE_PTR)]).run(10_000);
    const [first] = link.responses;
    const addresses = first?.message.answers.filter(({ data }) => data.kind === "address") ?? [];
    expect(addresses.map(brief).sort()).toEqual(more.map(brief).sort());
    expect(addresses.map(({ flush }) => flush)).toEqual([true, true, true]);
    expect(times(link.probes)).toEqual([]);
  });

  test("an address that is gone is no longer given (P-50, A-61)", () => {
    const { link, host } = established();
    link.update(host, [...own("unique", a(HOST, "10.77.0.11")), ...own("known-unique", REVERSE_PTR)]).run(10_000);
    link.clear().query(question(HOST, TYPE.A)).run(500);
    expect(link.responses.map(answersOf)).toEqual([[brief(a(HOST, "10.77.0.11"))]]);
  });
});

describe("ten updates a minute (RFC 6762 §8.4)", () => {
  test("of a hundred in ten seconds at most ten are announced in the first minute, the last value among them (P-49)", () => {
    const { link, service } = established();
    for (let index = 0; index < 100; index++) link.update(service, withTxt(`value=${index}`)).run(100);
    link.run(50_000);
    expect(new Set(texts(link)).size).toBeLessThanOrEqual(10);
    link.run(60_000);
    expect(texts(link).at(-1)).toBe("TXT Printer._ipp._tcp.local value=99");
    for (const entry of new Set(texts(link))) {
      const announced = link.responses.filter((sent) => answersOf(sent).includes(entry));
      for (const gap of gaps(announced)) expect(gap).toBeGreaterThanOrEqual(1_000);
    }
  });

  test("an update every ten seconds is announced each time (P-49)", () => {
    const { link, service } = established();
    for (let index = 0; index < 12; index++) link.update(service, withTxt(`value=${index}`)).run(10_000);
    expect(new Set(texts(link)).size).toBe(12);
  });

  test("questions get the last value even while its announcement is held back (P-49)", () => {
    const { link, service } = established();
    for (let index = 0; index < 30; index++) link.update(service, withTxt(`value=${index}`)).run(100);
    link.run(2_000).clear().query(question(INSTANCE, TYPE.TXT), {}, { port: 40_000 }).run(500);
    expect(link.responses.filter(({ to }) => to !== "group").map(answersOf)).toEqual([
      ["TXT Printer._ipp._tcp.local value=29"],
    ]);
  });

  test("the first announcement of the changed record starts at once, its second a second later (P-46, P-49)", () => {
    const { link, service } = established();
    link.update(service, withTxt("a=1")).run(400).update(service, withTxt("a=2")).run(10_000);
    const last = link.responses.filter((sent) => answersOf(sent).includes("TXT Printer._ipp._tcp.local a=2"));
    expect(last.length).toBeGreaterThanOrEqual(2);
    expect(times(last)[0]).toBeLessThanOrEqual(1_500);
  });
});

describe("an update of part of a set (RFC 6762 §10.2)", () => {
  const A1 = a("set.local", "10.77.0.1");
  const A2 = a("set.local", "10.77.0.9");

  test("waits until the members that were just multicast may go again: the set goes whole (A-44, A-30)", () => {
    const link = new CoreOnLink();
    const claim = link.register(own("unique", A1));
    link.run(20_000).clear().query(question("set.local", TYPE.A)).run(500);
    link.update(claim, own("unique", A1, A2)).run(3_000);
    expect(link.sent.slice(1).map(answersOf)).toEqual([[A1, A2].map(brief), [A1, A2].map(brief)]);
    expect(link.sent[1]?.at).toBeGreaterThanOrEqual(1_000);
  });

  test("held back, a QU question does not send the new member alone (A-44, A-36)", () => {
    const link = new CoreOnLink();
    const at = (last: number): ReturnType<typeof own> => own("unique", A1, a("set.local", `10.77.0.${last}`));
    const claim = link.register(at(20));
    link.run(10_000);
    for (let last = 21; last < 25; last++) link.update(claim, at(last)).run(1_500);
    link.clear().update(claim, at(50)).run(1_100).query(qu("set.local", TYPE.A)).run(300);
    expect(link.sent.map(({ message }) => message.answers.length)).toEqual([2]);
  });

  test("held back, an answer that waits takes the new member along (A-44, A-29)", () => {
    const link = new CoreOnLink();
    const at = (last: number): ReturnType<typeof own> => own("unique", A1, a("set.local", `10.77.0.${last}`));
    const claim = link.register(at(20));
    link.run(10_000);
    for (let last = 21; last < 25; last++) link.update(claim, at(last)).run(1_500);
    link
      .clear()
      .query([question("set.local", TYPE.A), question("other.local", TYPE.A)])
      .run(10);
    link.update(claim, at(50)).run(1_000);
    expect(link.sent.map(answersOf)).toEqual([at(50).map(({ record }) => brief(record))]);
  });

  test("held back, the new member goes along in defence against a probe that comes again (A-44, A-34)", () => {
    const link = new CoreOnLink();
    const claim = link.register(own("unique", A1));
    const probe = { authorities: [a("set.local", "10.77.0.66")] };
    link.run(10_000).clear().query(question("set.local", TYPE.A)).run(50);
    link.query(qu("set.local", TYPE.ANY), probe).run(200);
    link
      .update(claim, own("unique", A1, A2))
      .run(50)
      .clear();
    link.query(qu("set.local", TYPE.ANY), probe).run(100);
    const defences = link.sent.filter(({ to }) => to === "group");
    expect(defences.map(answersOf)).toEqual([[A1, A2].map(brief)]);
  });
});

describe("an update of nothing but who else may have the record (RFC 6762 §10.2)", () => {
  const record = txt("k.local", ["1"]);

  test.each([
    { from: "shared", to: "unique", probes: 3 },
    { from: "known-unique", to: "unique", probes: 3 },
    { from: "unique", to: "shared", probes: 0 },
  ] as const)(
    "$from, then $to: probed for and flushed as it is held now (A-45, A-46, P-02)",
    ({ from, to, probes }) => {
      const link = new CoreOnLink();
      const claim = link.register(own(from, record));
      link.run(10_000).clear().update(claim, own(to, record)).run(5_000);
      expect(link.probes.map(({ message }) => message.authorities.map(brief))).toEqual(
        Array.from({ length: probes }, () => [brief(record)]),
      );
      const told = link.responses.flatMap(({ message }) => message.answers);
      expect(told.map(({ flush, ttl }) => flush && ttl > 0)).toEqual([to === "unique", to === "unique"]);
    },
  );
});

describe("an update of nothing but the lifetime or the letters (RFC 6762 §8.4)", () => {
  test("another TTL is announced and given from then on (W-34)", () => {
    const link = new CoreOnLink();
    const claim = link.register(own("unique", txt("k.local", ["1"])));
    link.run(10_000).clear();
    link.update(claim, own("unique", txt("k.local", ["1"], { ttl: 60 }))).run(3_000);
    link.query(question("k.local", TYPE.TXT)).run(100);
    expect(link.sent.map(({ message }) => message.answers[0]?.ttl)).toEqual([60, 60, 60]);
  });

  test("another case of the name is probed for and announced as written (W-34)", () => {
    const link = new CoreOnLink();
    const claim = link.register(own("unique", txt("k.local", ["1"])));
    link.run(10_000).clear();
    link.replace(claim, own("unique", txt("K.local", ["1"]))).run(4_000);
    const names = link.sent.flatMap(({ message }) => [...message.answers, ...message.authorities]);
    expect(new Set(names.map(({ name }) => name.toString()))).toEqual(new Set(["K.local"]));
  });
});

test("in another case the name is probed for, announced and denied as it was written last (W-34)", () => {
  const link = new CoreOnLink();
  const claim = link.register(own("unique", txt("k.local", ["1"])));
  link.run(10_000).query(question("k.local", TYPE.A)).run(2_000).clear();
  link.update(claim, own("unique", txt("K.local", ["1"]))).run(2_000);
  link.query(question("k.local", TYPE.A)).run(2_000).restart().run(5_000);
  const said = link.sent.flatMap(({ message }) => [...message.questions, ...message.answers, ...message.authorities]);
  expect(new Set(said.map(({ name }) => name.toString()))).toEqual(new Set(["K.local"]));
  const denials = said.flatMap((part) => ("data" in part && part.data.kind === "nsec" ? [part.data.next] : []));
  expect(denials.map(String)).toEqual(["K.local"]);
});

describe("updates without end", () => {
  test("begun before the second announcement they are held to ten a minute like any others (P-49)", () => {
    const link = new CoreOnLink();
    const claim = link.register(own("unique", txt("k.local", ["0"])));
    link.run(1_100).clear();
    for (let turn = 1; turn <= 60; turn++) link.update(claim, own("unique", txt("k.local", [`${turn}`]))).run(1_000);
    const told = new Set(link.responses.flatMap(answersOf));
    expect(told.size).toBeGreaterThan(4);
    expect(told.size).toBeLessThanOrEqual(10);
  });
});
