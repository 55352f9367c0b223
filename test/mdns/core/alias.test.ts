import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { a, brief, cname, question } from "./records.ts";

const ASKED = question("alias.local", TYPE.A);
const ALIAS = cname("alias.local", "peer.local", { flush: true });
const ADDRESS = a("peer.local", "10.77.0.2", { flush: true });

function asking(): CoreOnLink {
  const link = new CoreOnLink().run(60_000);
  link.ask(ASKED);
  return link.run(70).clear();
}

function questionsOf(link: CoreOnLink): string[] {
  return link.queries.flatMap(({ message }) => message.questions.map(({ name, type }) => `${name} ${type}`));
}

describe("an alias is an answer, and its target is asked for (RFC 6762 §6)", () => {
  test("target and address in one response (Q-36)", () => {
    const link = asking().respond([ALIAS, ADDRESS]);
    expect(link.told.filter(({ change }) => change === "added").map(({ record }) => record)).toContain(brief(ADDRESS));
  });

  test("the target alone: asked for, and its address told to who asked for the alias (Q-36)", () => {
    const link = asking().respond(ALIAS).run(200);
    expect(questionsOf(link)).toContain("peer.local 1");
    link.respond(ADDRESS);
    expect(link.told.filter(({ change }) => change === "added").map(({ record }) => record)).toContain(brief(ADDRESS));
  });

  test("the alias itself is not asked for again before its time (Q-22, Q-36)", () => {
    const link = asking().respond([ALIAS, ADDRESS]).run(60_000);
    expect(questionsOf(link)).not.toContain("alias.local 1");
  });

  test("asked for as such it is not followed (Q-36)", () => {
    const link = new CoreOnLink().run(60_000);
    link.ask(question("alias.local", TYPE.CNAME));
    link.run(70).clear().respond(ALIAS).run(500);
    expect(link.events).toEqual([`0 added ${brief(ALIAS)}`]);
    expect(questionsOf(link)).not.toContain("peer.local 1");
  });

  test("its end takes the address away from who asked for the alias (Q-36, C-01)", () => {
    const link = asking()
      .respond([{ ...ALIAS, ttl: 5 }, ADDRESS])
      .run(10_000);
    expect(link.told.filter(({ change }) => change === "removed").map(({ record }) => record)).toContain(
      brief(ADDRESS),
    );
  });
});

describe("an alias that changes for a moment (RFC 6762 §10.2)", () => {
  const other = cname("alias.local", "other.local", { flush: true });

  test("and back is followed again (Q-36, C-08)", () => {
    const link = asking().respond([ALIAS, ADDRESS]).run(5_000);
    link.respond(other).run(300).respond(ALIAS).run(5_000).clear();
    link.respond(a("peer.local", "10.77.0.3", { flush: true })).run(5_000);
    expect(link.events).toContain("0 added A peer.local 10.77.0.3");
  });

  test("by a record beside it that is withdrawn is followed again (Q-36, C-02)", () => {
    const link = asking()
      .respond([{ ...ALIAS, flush: false }, ADDRESS])
      .run(5_000)
      .clear();
    link.respond({ ...other, flush: false }).run(300);
    link.respond({ ...other, flush: false, ttl: 0 }).run(5_000);
    expect(link.told.at(-1)).toMatchObject({ change: "added", record: brief(ADDRESS) });
  });
});

describe("aliases of aliases (H-14)", () => {
  test("an alias of itself leads nowhere and asks for nothing more", () => {
    const link = asking().respond(cname("alias.local", "alias.local")).run(60_000);
    expect(link.told.filter(({ record }) => record.startsWith("A "))).toEqual([]);
    expect(link.queries.length).toBeLessThan(20);
  });

  test("two that point at each other do no harm (H-14)", () => {
    const link = asking()
      .respond([cname("alias.local", "other.local"), cname("other.local", "alias.local")])
      .run(60_000);
    expect(link.queries.length).toBeLessThan(20);
  });

  test("a chain is followed for ten steps and no more (H-14)", () => {
    for (const [steps, found] of [
      [1, true],
      [LIMITS.aliasSteps, true],
      [LIMITS.aliasSteps + 1, false],
    ] as const) {
      const chain = Array.from({ length: steps }, (_, index) =>
        cname(index === 0 ? "alias.local" : `x${index}.local`, `x${index + 1}.local`),
      );
      const link = asking()
        .respond([...chain, a(`x${steps}.local`, "10.77.0.2")])
        .run(500);
      expect(`${steps} ${link.told.some(({ record }) => record.startsWith("A "))}`).toBe(`${steps} ${found}`);
    }
  });

  test("a name that changes from alias to record and back gives consistent events (H-13)", () => {
    const link = asking();
    for (let turn = 0; turn < 60; turn++) {
      link.respond(
        turn % 2 === 0 ? { ...ALIAS, ttl: 3 } : a("alias.local", `10.77.0.${turn + 1}`, { ttl: 3, flush: true }),
      );
      link.run(500 + (turn % 6) * 500);
    }
    link.run(300_000);
    const balance = new Map<string, number>();
    for (const { change, record } of link.told) {
      if (change === "added") balance.set(record, (balance.get(record) ?? 0) + 1);
      if (change === "removed") balance.set(record, (balance.get(record) ?? 0) - 1);
      for (const held of balance.values()) expect([0, 1]).toContain(held);
    }
    expect([...balance.values()].filter((held) => held !== 0)).toEqual([]);
  });
});

describe("an alias that changes its target (RFC 6762 §6)", () => {
  test("the new target is asked for and its address told (Q-36)", () => {
    const link = asking().respond([ALIAS, ADDRESS]).run(5_000).clear();
    link.respond(cname("alias.local", "new.local", { flush: true })).run(5_000);
    expect(questionsOf(link)).toContain("new.local 1");
    const address = a("new.local", "10.77.0.6", { flush: true });
    link.respond(address);
    expect(link.told.filter(({ change }) => change === "added").map(({ record }) => record)).toContain(brief(address));
    expect(link.told.filter(({ change }) => change === "removed").map(({ record }) => record)).toContain(
      brief(ADDRESS),
    );
  });

  test("a loop tells each alias once (H-14, Q-36)", () => {
    const link = asking().respond([cname("alias.local", "other.local"), cname("other.local", "alias.local")]);
    expect(link.told.map(({ record }) => record).sort()).toEqual([
      "CNAME alias.local other.local",
      "CNAME other.local alias.local",
    ]);
  });
});
