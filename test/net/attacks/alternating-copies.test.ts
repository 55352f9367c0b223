import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Lan } from "../../interop/lan.ts";
import { noNamespaces } from "../link/namespaces.ts";
import { Attacker } from "./attacker.ts";
import { SERVICE_TYPE, service } from "./siege.ts";
import { Station } from "./station.ts";

const PAYLOADS = 4; // in turn, as those do that want to slip past a filter that holds the last one only

describe("a station with two interfaces on the attacker's link", () => {
  let lan: Lan | undefined;
  let target: Station;
  let attacker: Attacker;
  beforeAll(async () => {
    if (noNamespaces !== undefined) return;
    lan = new Lan();
    const segment = lan.segment(["ipv4"]);
    const [attacked, attacking] = [lan.host(segment, segment), lan.host(segment)];
    [target, attacker] = await Promise.all([Station.start(attacked, "target"), Attacker.start(attacking)]);
    await target.browse(SERVICE_TYPE);
  }, 60_000);
  beforeEach(({ skip }) => skip(noNamespaces !== undefined, noNamespaces));
  afterAll(() => lan?.remove());

  const twins = async (): Promise<number> => (await target.report()).counters.sockets?.twins ?? 0;

  test("H-23: of each of several packets in turn, one copy is taken in and the other one is told from it", async () => {
    const before = await twins();
    for (let index = 0; index < PAYLOADS; index++) {
      attacker.send({ response: true, authoritative: true, answers: service(`Turn ${index}`, 6_000 + index) });
    }
    for (let index = 0; index < PAYLOADS; index++) await target.saw(6_000 + index);
    while ((await twins()) < before + PAYLOADS) {} // each question and answer takes a turn of the event loop
    const { counters, escaped } = await target.report();
    expect(counters.links).toHaveLength(2);
    expect(counters.sockets?.twins).toBe(before + PAYLOADS);
    expect(escaped).toEqual([]);
  });
});
