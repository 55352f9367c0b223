import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { ptr, question, srv } from "./records.ts";

const HTTP = question("_http._tcp.local", TYPE.PTR);
const IPP = question("_ipp._tcp.local", TYPE.PTR);
const ONE = ptr(HTTP.name, "One._http._tcp.local", { ttl: 2_000 });
const TWO = ptr(IPP.name, "Two._ipp._tcp.local", { ttl: 2_000 });
const SERVER = question("Two._ipp._tcp.local", TYPE.SRV);

const HALF = 1_000_000; // ms of the lives of the two
const REFRESH = 1_620_000; // of both, at 81 %

/** Both types have been browsed for so long that the series leave an hour's quiet; `ONE` was heard at zero. */
function browsing(): CoreOnLink {
  const link = new CoreOnLink().run(60_000);
  for (const asked of [HTTP, IPP, SERVER]) link.ask(asked);
  return link.run(4_200_000).clear().respond(ONE);
}

/** The same; `TWO` was heard when `ONE` was at a quarter of its life. */
function browsingBoth(): CoreOnLink {
  return browsing()
    .run(HALF / 2)
    .respond(TWO);
}

/** What each query asks, in order of the names, after its time. */
function asked(link: CoreOnLink): string[] {
  return link.queries.map(({ at, message }) => {
    const names = message.questions.map(({ name }) => name.toString());
    return [at, ...names.sort()].join(" ");
  });
}

describe("a question that is sent to refresh an answer takes others along (RFC 6762 §5.2, §5.3, §6.4)", () => {
  test("whose answers are past half their life, so that an owner of several answers once (Q-19, Q-25)", () => {
    const link = browsingBoth().run(REFRESH - HALF / 2);
    expect(asked(link)).toEqual([`${REFRESH} _http._tcp.local _ipp._tcp.local`]);
    link.run(60).respond([ONE, TWO]).clear().run(REFRESH);
    expect(asked(link)).toEqual([`${REFRESH} _http._tcp.local _ipp._tcp.local`]);
  });

  test("none whose answers are still listed (Q-07, Q-25)", () => {
    const link = browsing()
      .run(REFRESH - HALF)
      .respond(TWO)
      .run(HALF);
    expect(asked(link)).toEqual([`${REFRESH} _http._tcp.local`]);
  });

  test("each once in a lifetime, however often the first is repeated (Q-19)", () => {
    const link = browsingBoth().run(2 * HALF - HALF / 2);
    const alone = asked(link).slice(1);
    expect(asked(link)[0]).toBe(`${REFRESH} _http._tcp.local _ipp._tcp.local`);
    expect(alone).toHaveLength(3);
    for (const text of alone) expect(text).toMatch(/^\d+ _http\._tcp\.local$/);
  });

  test("none that another host asked since then (Q-13)", () => {
    const link = browsingBoth()
      .run(HALF + 50_000)
      .query(IPP)
      .run(70_000);
    expect(asked(link)).toEqual([`${REFRESH} _http._tcp.local`]);
  });

  test("one that another host asked if it listed the answer (Q-14)", () => {
    const link = browsingBoth().run(HALF + 50_000);
    link.query(IPP, { answers: [TWO] }).run(70_000);
    expect(asked(link)).toEqual([`${REFRESH} _http._tcp.local _ipp._tcp.local`]);
  });

  test("none with a unique answer, which one host alone can give (Q-22)", () => {
    const link = browsing().run(HALF / 2);
    link.respond(srv(SERVER.name, "peer.local", 631, { ttl: 2_000, flush: true })).run(REFRESH - HALF / 2);
    expect(asked(link)).toEqual([`${REFRESH} _http._tcp.local`]);
  });

  test("nor does the refresh of a unique answer (Q-22)", () => {
    const link = new CoreOnLink().run(60_000);
    for (const name of [IPP, SERVER]) link.ask(name);
    link
      .run(4_200_000)
      .clear()
      .respond(srv(SERVER.name, "peer.local", 631, { ttl: 2_000, flush: true }));
    link
      .run(HALF / 2)
      .respond(TWO)
      .run(REFRESH - HALF / 2);
    expect(asked(link)).toEqual([`${REFRESH} ${SERVER.name}`]);
  });

  test("on the IP versions on which nobody asked (Q-13)", () => {
    const link = new CoreOnLink({ families: ["ipv4", "ipv6"] }).run(60_000);
    for (const name of [HTTP, IPP]) link.ask(name);
    link
      .run(4_200_000)
      .clear()
      .respond(ONE)
      .run(HALF / 2)
      .respond(TWO)
      .run(HALF + 50_000);
    link.query(IPP, {}, { family: "ipv6" }).run(70_000);
    expect(link.queries.map(({ family, message }) => [family, message.questions.length])).toEqual([
      ["ipv4", 2],
      ["ipv6", 1],
    ]);
  });
});

describe("the hourly question of a series (RFC 6762 §5.2)", () => {
  const apart = 1_800_000;
  const due = 4_095_070 + 3_600_000; // of the first type; the second's is half an hour away

  function hourly(heard: number): CoreOnLink {
    const link = new CoreOnLink().run(60_000).clear();
    link.ask(HTTP);
    link.run(apart).ask(IPP);
    link.run(heard - apart).respond({ ...ONE, ttl: 4_500 });
    return link.run(due - 1_200_000 - heard).respond(TWO);
  }

  test("takes others along as well where it will be answered (Q-25)", () => {
    const link = hourly(due - 2_500_000)
      .run(1_199_000)
      .clear()
      .run(2_000);
    expect(asked(link)).toEqual(["1000 _http._tcp.local _ipp._tcp.local"]);
  });

  test("takes none along where all its answers are listed (Q-25)", () => {
    const link = hourly(due - 2_000_000)
      .run(1_199_000)
      .clear()
      .run(2_000);
    expect(asked(link)).toEqual(["1000 _http._tcp.local"]);
  });
});
