import fc from "fast-check";
import { expect, test } from "vitest";
import { MdnsError } from "../../src/mdns/dnssd/mdns-error.ts";
import { Mdns } from "../../src/mdns/mdns.ts";
import { SimLan } from "../sim/sim-lan.ts";
import { mutant } from "./corpus.ts";
import { effort } from "./effort.ts";

const JUNK = [
  "",
  ".",
  "..",
  "x".repeat(64),
  "x.".repeat(150),
  "\0",
  "\u202e",
  "é".repeat(40),
  -1,
  0.5,
  Number.NaN,
  null,
  {},
  [],
  true,
];

/** Mostly what is asked for, now and then what nobody should give. */
function mostly(...good: readonly unknown[]): fc.Arbitrary<never> {
  const junk = fc.oneof(fc.constantFrom(...JUNK), fc.anything({ maxDepth: 1 }));
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: junk },
  ) as fc.Arbitrary<never>;
}

const name = mostly("A", "B", "a.b\\c", "Ünder");
const type = mostly("_http._tcp", "_ipp._tcp", "_sub._sub._http._tcp", "_x._udp");
const host = mostly("h1", "h2", "h1.local", "printer");
const port = mostly(80, 443, 65_535);
const timeout = mostly(1, 300, 2_000, undefined);
const txt = mostly(undefined, { k: "v" }, { k: true, long: "x".repeat(200) }, []);
const which = fc.nat({ max: 20 });

/** A call on an object that may be closed already; what it opens is kept in `opened`. */
type Act = (mdns: Mdns, opened: Opened[]) => unknown;
type Opened = { close(): unknown; update?(changes: never): unknown };

function kept<T extends Opened>(opening: T | Promise<T>, opened: Opened[]): unknown {
  if (!(opening instanceof Promise)) return opened.push(opening);
  return opening.then((one) => opened.push(one));
}

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ name, type, port, txt, host: mostly(undefined, "h3"), wait: mostly(true, false) }).map(
    (service): Act =>
      (mdns, opened) =>
        kept(mdns.publish(service), opened),
  ),
  fc.record({ host }).map(
    (options): Act =>
      (mdns, opened) =>
        kept(mdns.publishHost(options), opened),
  ),
  fc
    .record({
      name: host,
      type: mostly("TXT", "A", 65_280),
      data: mostly({ kind: "txt", strings: [] }),
      ttl: mostly(undefined, 10),
    })
    .map(
      (record): Act =>
        (mdns, opened) =>
          kept(mdns.publishRecords([record]), opened),
    ),
  type.map(
    (wanted): Act =>
      (mdns, opened) =>
        kept(mdns.browse(wanted), opened),
  ),
  fc.tuple(host, mostly("A", "ANY", 16)).map(
    ([of, kind]): Act =>
      (mdns, opened) =>
        kept(mdns.query(of, kind), opened),
  ),
  fc.constant<Act>((mdns, opened) => kept(mdns.browseTypes(), opened)),
  fc.tuple(name, type, timeout).map(
    ([of, kind, wait]): Act =>
      (mdns) =>
        mdns.resolve(of, kind, { timeout: wait }),
  ),
  fc.tuple(host, timeout).map(
    ([of, wait]): Act =>
      (mdns) =>
        mdns.lookup(of, { timeout: wait }),
  ),
  fc.tuple(mostly("10.77.0.1", "fe80::1"), timeout).map(
    ([of, wait]): Act =>
      (mdns) =>
        mdns.reverse(of, { timeout: wait }),
  ),
  fc.record({ name, type, host }).map(
    (service): Act =>
      (mdns) =>
        mdns.reconfirm(service),
  ),
  fc.tuple(which, fc.record({ txt, port })).map(
    ([index, changes]): Act =>
      (_, opened) =>
        opened[index]?.update?.(changes as never),
  ),
  which.map(
    (index): Act =>
      (_, opened) =>
        opened[index]?.close(),
  ),
);

const step = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.nat(1), act).map(([of, value]) => ({ kind: "call" as const, of, value })) },
  { weight: 2, arbitrary: mutant.map((value) => ({ kind: "attack" as const, value })) },
  { weight: 2, arbitrary: fc.nat({ max: 3_000 }).map((value) => ({ kind: "wait" as const, value })) },
  { weight: 1, arbitrary: fc.nat(1).map((value) => ({ kind: "unplug" as const, value })) },
  { weight: 1, arbitrary: fc.constant({ kind: "close" as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

test("after any sequence of calls, right ones and wrong ones, each has settled, with a typed error if any, and nothing is open (N-02, N-11, H-04, H-12)", async () => {
  await fc.assert(fc.asyncProperty(fc.nat(), fc.array(step, { maxLength: 50, size: "max" }), run), effort(60));
}, 1_200_000);

async function run(seed: number, steps: readonly Step[]): Promise<void> {
  const lan = new SimLan({ seed, keepPackets: 0 });
  const segment = lan.segment();
  const hosts = [lan.host("h1", [segment]), lan.host("h2", [segment])] as const;
  const programs = hosts.map((network) => new Mdns({ network, hostName: network.name }));
  const peer = lan.peer("attacker", segment);
  const opened: Opened[] = [];
  const settled: Promise<void>[] = [];
  const wrong: unknown[] = [];
  const note = (error: unknown): void => {
    if (!(error instanceof MdnsError && error.code.startsWith("ERR_MDNS_"))) wrong.push(error);
  };
  for (const action of steps) {
    switch (action.kind) {
      case "call":
        try {
          const outcome = action.value(programs[action.of] as Mdns, opened);
          settled.push(Promise.resolve(outcome).then(() => {}, note));
        } catch (error) {
          note(error);
        }
        break;
      case "attack":
        peer.send(action.value);
        break;
      case "wait":
        await lan.runAsync(action.value);
        break;
      case "unplug":
        for (const cable of hosts[action.value]?.interfaces ?? []) {
          cable.down();
          cable.up();
        }
        break;
      case "close":
        settled.push((programs[1] as Mdns).close());
        break;
    }
  }
  await lan.runAsync(6_000);
  settled.push(...programs.map((mdns) => mdns.close()));
  await lan.runAsync(2_000);
  await Promise.all(settled);
  expect(wrong).toEqual([]);
  for (const { counters } of programs) expect(counters.open).toBe(0);
}
