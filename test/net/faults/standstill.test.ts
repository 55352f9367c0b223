import { describe, expect, test } from "vitest";
import type { Heard } from "../attacks/attacker.ts";
import { besieged, SERVICE_TYPE, service, TARGET } from "../attacks/siege.ts";
import { Station } from "../attacks/station.ts";

const BLOCKED = 10_000; // ms

describe("a station that stands still, and peers that die", () => {
  const siege = besieged();

  test("an event loop blocked for 10 s: what was sent meanwhile is taken in, what had begun succeeds, and all names are probed anew (L-24, P-01)", async () => {
    const { attacker, target } = siege();
    const mark = attacker.mark;
    const published = target.publish("Begun", SERVICE_TYPE, 4_300);
    const blocked = target.block(BLOCKED);
    attacker.send({ response: true, authoritative: true, answers: service("Meanwhile", 4_100) });
    await blocked;
    await target.saw(4_100);
    const probes = ({ message: { authorities } }: Heard): boolean =>
      authorities.some(({ name }) => name.equals(TARGET));
    await attacker.next("the name probed anew", probes, mark);
    expect((await published).name).toBe("Begun");
    await siege().answers();
    expect((await target.report()).escaped).toEqual([]);
  }, 90_000);

  test("a peer killed without a goodbye goes ten seconds after somebody doubts it (RFC 6762 §10.4; N-10)", async () => {
    const { target, lan } = siege();
    const peer = await Station.start(lan.host(siege().segment), "peer");
    await peer.publish("Mortal", SERVICE_TYPE, 4_200);
    await target.saw(4_200);
    await peer.kill();
    await target.reconfirm("Mortal");
    await target.lost(4_200);
    await siege().answers();
  }, 90_000);
});
