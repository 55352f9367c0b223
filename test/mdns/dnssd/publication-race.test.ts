import { describe, expect, test } from "vitest";
import type { Publication } from "../../../src/mdns/dnssd/publication.ts";
import type { Mdns } from "../../../src/mdns/mdns.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { HTTP, SimMdns } from "./sim-mdns.ts";

interface Race {
  readonly names: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
  readonly seconds: number;
}

/** As many hosts as there are labels publish one name, `interval` ms apart; fails where one of them is refused. */
async function race(seed: number, labels: readonly string[], interval = 0): Promise<Race> {
  const sim = new SimMdns(seed);
  const racers = labels.map((label, number) => sim.mdns(label, { network: sim.host(`racer${number}`) }));
  const start = sim.now;
  const publishing = [];
  for (const [number, mdns] of racers.entries()) {
    publishing.push(mdns.publish({ name: "Site", type: HTTP, port: 1_000 + number }));
    if (interval > 0) await sim.run(interval);
  }
  const ads = await sim.settle(Promise.all(publishing));
  const seconds = (sim.now - start) / 1_000;
  const names = new Set(ads.map(({ name }) => name));
  const hosts = new Set(ads.map(({ host }) => host));
  await Promise.all(racers.map((mdns) => mdns.close()));
  return { names, hosts, seconds };
}

const labels = (count: number): string[] => Array.from({ length: count }, (_, number) => `h${number}`);

describe("hosts that want one name at the same time (RFC 6762 §8.2, §9; P-16, P-37)", () => {
  test.each([1, 2, 3])("twelve each get one, in a second or so each (seed %i)", async (seed) => {
    const { names, seconds } = await race(seed, labels(12));
    expect(names.size).toBe(12);
    expect(seconds).toBeLessThan(12);
  });

  test("forty do in hardly more, as their numbers leap from ten on", async () => {
    const { names, seconds } = await race(1, labels(40));
    expect(names.size).toBe(40);
    expect(seconds).toBeLessThan(14);
  });

  test("twelve do that come one after the other, each with later data than those before", async () => {
    expect((await race(1, labels(12), 500)).names.size).toBe(12);
  });

  test("twelve machines of one make do, and get a host name each", async () => {
    const { names, hosts } = await race(1, Array<string>(12).fill("device"));
    expect([names.size, hosts.size]).toEqual([12, 12]);
  });
});

/** Whatever it probes for, somebody else has it, but for services `except` this name. */
function denyAll(sim: SimMdns, except?: string): void {
  const peer = sim.lan.peer("peer", sim.segment);
  peer.onMessage = ({ authorities }) => {
    const answers = authorities
      .filter(({ type, name }) => type === TYPE.SRV && (except === undefined || !name.toString().startsWith(except)))
      .map(({ data, ...record }) => ({
        ...record,
        flush: true,
        data: data.kind === "srv" ? { ...data, port: 9 } : data,
      }));
    if (answers.length > 0) peer.send({ response: true, answers });
  };
}

describe("while others contest the name, publish waits on", () => {
  function publishing(mdns: Mdns, signal?: AbortSignal): Promise<Publication> {
    const outcome = mdns.publish({ name: "Site", type: HTTP, port: 80, signal });
    outcome.catch(() => {});
    return outcome;
  }

  test("for a minute (RFC 6762 §9)", async () => {
    const sim = new SimMdns();
    denyAll(sim);
    const mdns = sim.mdns("alpha");
    const start = sim.now;
    await expect(sim.settle(publishing(mdns))).rejects.toMatchObject({
      code: "ERR_MDNS_NOT_ANNOUNCED",
      message: expect.stringMatching(/within 60 s: its name is still being sought/),
    });
    expect(sim.now - start).toBeGreaterThanOrEqual(60_000);
    expect(sim.now - start).toBeLessThanOrEqual(60_010);
    expect(mdns.counters.open).toBe(0);
    await mdns.close();
  });

  test("until its signal aborts, or all is closed", async () => {
    const sim = new SimMdns();
    denyAll(sim);
    const mdns = sim.mdns("alpha");
    const abort = new AbortController();
    const outcomes = [publishing(mdns, abort.signal), publishing(mdns)];
    await sim.run(20_000);
    abort.abort("enough");
    await expect(outcomes[0]).rejects.toBe("enough");
    await mdns.close();
    await expect(outcomes[1]).rejects.toMatchObject({ code: "ERR_MDNS_CLOSED" });
  });

  test("until the network has gone, at most 5 s longer (M-03)", async () => {
    const sim = new SimMdns();
    denyAll(sim);
    const host = sim.host("alpha");
    const mdns = sim.mdns("alpha", { network: host });
    const outcome = publishing(mdns);
    await sim.run(11_000);
    host.interface("e0").down();
    const start = sim.now;
    await expect(sim.settle(outcome)).rejects.toMatchObject({
      code: "ERR_MDNS_NOT_ANNOUNCED",
      message: expect.stringContaining("no network interface"),
    });
    expect(sim.now - start).toBeLessThanOrEqual(5_010);
    await mdns.close();
  });

  test("also for what is published unprobed, whose host name is probed for", async () => {
    const sim = new SimMdns();
    const racers = labels(12).map((label) => sim.mdns("device", { network: sim.host(label) }));
    const ads = await sim.settle(
      Promise.all(racers.map((mdns, port) => mdns.publish({ name: `S${port}`, type: HTTP, port: 80, probe: false }))),
    );
    expect(new Set(ads.map(({ host }) => host)).size).toBe(12);
    await Promise.all(racers.map((mdns) => mdns.close()));
  });

  test("also for a name that nobody contests, while the conflicts of others hold its probes back (RFC 6762 §8.1)", async () => {
    const sim = new SimMdns();
    denyAll(sim, "Free");
    const mdns = sim.mdns("alpha");
    const abort = new AbortController();
    const contested = publishing(mdns, abort.signal);
    await sim.run(21_700);
    abort.abort("enough");
    await expect(contested).rejects.toBe("enough");
    const start = sim.now;
    const free = await sim.settle(mdns.publish({ name: "Free", type: HTTP, port: 80 }));
    expect(free.name).toBe("Free");
    expect(sim.now - start).toBeGreaterThan(5_000);
    await mdns.close();
  });

  test("also when a published service takes a new name", async () => {
    const sim = new SimMdns();
    const racers = labels(12).map((label) => sim.mdns(label));
    const ads = await sim.settle(
      Promise.all(racers.map((mdns, number) => mdns.publish({ name: `S${number}`, type: HTTP, port: 80 + number }))),
    );
    await sim.settle(Promise.all(ads.map((ad) => ad.update({ name: "Site" }))));
    expect(new Set(ads.map(({ name }) => name)).size).toBe(12);
    await Promise.all(racers.map((mdns) => mdns.close()));
  });
});
