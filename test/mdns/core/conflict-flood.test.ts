import { describe, expect, test } from "vitest";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { a, own, qu } from "./records.ts";

const DENIED_FOR = 60_000;

/** Everything it probes for is denied at once for a minute, by turns with responses and with winning probes. */
function denied(denials: readonly ("response" | "flush" | "probe")[], seed = 0): { link: CoreOnLink; tries: number[] } {
  const link = new CoreOnLink({ random: seeded("denied", seed) });
  const tries: number[] = [];
  let probed = "";
  let renamed = 0;
  let denialsSent = 0;
  const claim = link.register(own("unique", a("x-0.local", "10.77.0.1")));
  link.onNews = (news) => {
    if (news !== "lost") return;
    renamed += 1;
    link.replace(claim, own("unique", a(`x-${renamed}.local`, "10.77.0.1")));
  };
  link.onSent = ({ at, message }) => {
    const name = message.questions[0]?.name.toString();
    if (message.response || name === undefined) return;
    if (name !== probed || denials.includes("probe")) tries.push(at);
    probed = name;
    if (at > DENIED_FOR) return;
    const denial = denials[denialsSent++ % denials.length];
    if (denial === "probe") link.query(qu(name, TYPE.ANY), { authorities: [a(name, "200.0.0.1")] });
    else link.respond(a(name, "200.0.0.1", { flush: denial === "flush" }));
  };
  link.run(90_000);
  return { link, tries: tries.filter((at) => at <= DENIED_FOR) };
}

function most(times: readonly number[], window: number): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + window).length));
}

describe("endless denials (RFC 6762 §8.1)", () => {
  test.each([
    ["responses", ["response"]],
    ["responses with and without the flush bit", ["flush", "response"]],
    ["responses and winning probes by turns", ["flush", "probe", "response", "probe"]],
  ] as const)("%s: at most 15 tries in any ten seconds, then 5 s apart (P-22, S-06, H-29)", (_case, denials) => {
    for (let seed = 0; seed < 5; seed++) {
      const { tries } = denied(denials, seed);
      expect(tries.length).toBeGreaterThanOrEqual(15);
      expect(most(tries, 10_000)).toBeLessThanOrEqual(15);
      for (let index = 16; index < tries.length; index++) {
        expect((tries[index] as number) - (tries[index - 1] as number)).toBeGreaterThanOrEqual(5_000);
      }
    }
  });

  test("a try that loses its tie-break and is then denied is one conflict, and is limited all the same (P-22)", () => {
    const link = new CoreOnLink({ random: seeded("outranked and denied") });
    const tries: number[] = [];
    const claim = link.register(own("unique", a("x-0.local", "10.77.0.1")));
    link.onNews = (news) => {
      if (news === "lost") link.replace(claim, own("unique", a(`x-${tries.length}.local`, "10.77.0.1")));
    };
    link.onSent = ({ at, message }) => {
      const name = message.questions[0]?.name.toString();
      if (message.response || name === undefined) return;
      tries.push(at);
      expect(link.host.conflicts.total).toBe(tries.length - 1);
      link.query(qu(name, TYPE.ANY), { authorities: [a(name, "200.0.0.1")] });
      link.respond(a(name, "200.0.0.1", { flush: true }));
    };
    link.run(60_000);
    expect(most(tries, 10_000)).toBe(15);
    for (let index = 16; index < tries.length; index++) {
      expect((tries[index] as number) - (tries[index - 1] as number)).toBeGreaterThanOrEqual(5_000);
    }
  });

  test("trying never ends: the name is had within 6 s of the last denial (P-22)", () => {
    const { link, tries } = denied(["flush", "response"]);
    const announced = link.news.find(({ news }) => news === "announced")?.at ?? Number.POSITIVE_INFINITY;
    expect(announced - (tries.at(-1) as number)).toBeLessThanOrEqual(6_000 + 750);
    expect(announced).toBeGreaterThan(DENIED_FOR);
    expect(announced).toBeLessThanOrEqual(DENIED_FOR + 6_000 + 1_000);
  });

  test("are reported once after a minute (RFC 6762 §9; P-42)", () => {
    const { link } = denied(["flush"]);
    const reports = link.news.filter(({ news }) => news === "unsettled");
    expect(reports).toHaveLength(1);
    expect(reports[0]?.at).toBeGreaterThanOrEqual(55_000);
    expect(reports[0]?.at).toBeLessThanOrEqual(70_000);
  });

  test("a few conflicts slow nothing down (P-22)", () => {
    const link = new CoreOnLink();
    let renamed = 0;
    const claim = link.register(own("unique", a("x-0.local", "10.77.0.1")));
    link.onNews = (news) => {
      if (news === "lost") link.replace(claim, own("unique", a(`x-${++renamed}.local`, "10.77.0.1")));
    };
    link.onSent = ({ message }) => {
      const name = message.questions[0]?.name;
      if (renamed < 5 && name !== undefined) link.respond(a(name, "200.0.0.1"));
    };
    link.run(10_000);
    expect(link.news.at(-1)?.news).toBe("announced");
    expect(link.news.at(-1)?.at).toBeLessThanOrEqual(6 * 250 + 750);
  });

  test("conflicts of all names of the host count together (P-22, S-06)", () => {
    const link = new CoreOnLink({ random: seeded("many names") });
    const tries: number[] = [];
    for (let index = 0; index < 20; index++) link.register(own("unique", a(`y-${index}.local`, "10.77.0.1")));
    const renamed = new Map<number, number>();
    link.onNews = (news, claim) => {
      if (news !== "lost") return;
      const next = (renamed.get(claim) ?? 0) + 1;
      renamed.set(claim, next);
      link.replace(claim, own("unique", a(`y-${claim}-${next}.local`, "10.77.0.1")));
    };
    link.onSent = ({ at, message }) => {
      for (const { name } of message.questions) {
        if (message.response) continue;
        tries.push(at);
        link.respond(a(name, "200.0.0.1"));
      }
    };
    link.run(40_000);
    const packets = [...new Set(tries)];
    expect(most(packets, 10_000)).toBeLessThanOrEqual(15);
    expect(packets.length).toBeGreaterThan(2);
  });

  test("conflicts on all links of the host count together; after fifteen their tries are 5 s apart (P-22)", () => {
    const host = new HostState();
    const tries: number[][] = [[], []];
    const links = tries.map((ofLink, number) => {
      const link = new CoreOnLink({ host, random: seeded("links", number) });
      let renamed = 0;
      const claim = link.register(own("unique", a("z-0.local", `10.77.0.${number}`)));
      link.onNews = (news) => {
        if (news === "lost") link.replace(claim, own("unique", a(`z-${++renamed}.local`, `10.77.0.${number}`)));
      };
      link.onSent = ({ at, message }) => {
        const name = message.questions[0]?.name;
        if (name === undefined) return;
        ofLink.push(at);
        link.respond(a(name, "200.0.0.1", { flush: true }));
      };
      return link;
    });
    for (let step = 0; step < 4_000; step++) for (const link of links) link.run(10);
    const fast = tries.flat().filter((at) => at < 5_000);
    expect(fast).toHaveLength(15);
    const slow = tries
      .flat()
      .filter((at) => at >= 5_000)
      .sort((one, other) => one - other);
    expect(slow.length).toBeGreaterThan(5);
    for (let index = 1; index < slow.length; index++) {
      expect((slow[index] as number) - (slow[index - 1] as number)).toBeGreaterThanOrEqual(5_000);
    }
  });
});
