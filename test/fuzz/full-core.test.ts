import fc from "fast-check";
import { expect, test } from "vitest";
import { Core } from "../../src/mdns/core/core.ts";
import type { Datagram } from "../../src/mdns/core/datagram.ts";
import { HostState } from "../../src/mdns/core/host-state.ts";
import { LIMITS } from "../../src/mdns/core/limits.ts";
import { encodeMessage } from "../../src/mdns/wire/encode.ts";
import { Name } from "../../src/mdns/wire/name.ts";
import type { Question } from "../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../src/mdns/wire/record.ts";
import { CLASS } from "../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../src/mdns/wire/record-type.ts";
import { mutant } from "./corpus.ts";
import { datagram } from "./datagrams.ts";
import { effort } from "./effort.ts";
import { advanceTo, checkOutputs } from "./running-core.ts";

const TYPE_NAME = Name.parse("_t._tcp.local");
const BROWSE: Question = { name: TYPE_NAME, type: TYPE.PTR, class: CLASS.IN, unicast: false };
const PER_PACKET = 50;

const attack: fc.Arbitrary<Datagram> = fc.oneof(
  datagram,
  fc
    .tuple(datagram, mutant)
    .map(([{ source, to, onLink, fromThisHost }, bytes]) => ({ bytes, source, to, onLink, fromThisHost })),
);
const step = fc.oneof(
  { weight: 6, arbitrary: attack.map((value) => ({ kind: "receive" as const, value })) },
  { weight: 1, arbitrary: fc.nat({ max: 600 }).map((value) => ({ kind: "wait" as const, value })) },
);

test("any sequence of datagrams into a core whose caches are full, with a claim in each phase, keeps it within its caps (C-22, H-16, S-11)", () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(step, { maxLength: 150, size: "max" }), (seed, steps) => {
      const { core, at } = fullCore(seed);
      let now = at;
      for (const { kind, value } of steps) {
        if (kind === "receive") core.receive(value, now);
        else now = advanceTo(core, now, now + value);
        checkOutputs(core);
        checkCaps(core);
      }
      now = advanceTo(core, now, now + 5_000);
      checkCaps(core);
      core.withdrawAll(now);
      core.forget(now);
      checkOutputs(core);
      expect(core.deadline).toBeUndefined();
      expect(core.counters.cache.records).toBe(0);
    }),
    effort(4),
  );
}, 1_200_000);

/** Each cache and list at its cap; claims that wait, probe, announce and are settled. */
function fullCore(seed: number): { readonly core: Core; readonly at: number } {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const core = new Core({ families: ["ipv4", "ipv6"], random, host: new HostState(), unicast: true }, 0);
  core.ask(BROWSE, 0);
  let now = 0;
  for (const [label, wait] of [
    ["settled", 4_000],
    ["announcing", 1_200],
    ["probing", 400],
    ["waiting", 0],
  ] as const) {
    core.register(claimed(label), now);
    now = advanceTo(core, now, now + wait);
  }
  for (let index = 0; index < LIMITS.cacheRecords; index += PER_PACKET) {
    const answers = Array.from({ length: PER_PACKET }, (_, place) => pointer(`I${index + place}`));
    core.receive(from(index / PER_PACKET, encodeMessage({ response: true, answers })), now);
  }
  const query = encodeMessage({ truncated: true, questions: [BROWSE] });
  for (let index = 0; index < LIMITS.truncatedSources; index++) core.receive(from(index, query), now);
  checkOutputs(core);
  const { cache, responder, claims } = core.counters;
  expect([cache.records, responder.truncatedQueries, claims]).toEqual([
    LIMITS.cacheRecords,
    LIMITS.truncatedSources,
    4,
  ]);
  return { core, at: now };
}

function checkCaps(core: Core): void {
  const { cache, responder } = core.counters;
  expect(cache.records).toBeLessThanOrEqual(LIMITS.cacheRecords);
  expect(responder.truncatedQueries).toBeLessThanOrEqual(LIMITS.truncatedSources);
}

function pointer(label: string): ResourceRecord {
  const data = { kind: "name", target: TYPE_NAME.child(label) } as const;
  return { name: TYPE_NAME, type: TYPE.PTR, class: CLASS.IN, flush: false, ttl: 4_500, data };
}

function claimed(label: string) {
  const address = { kind: "address", address: "10.77.0.1" } as const;
  const name = Name.parse(label === "probing" ? "x.local" : `${label}.local`);
  const record: ResourceRecord = { name, type: TYPE.A, class: CLASS.IN, flush: false, ttl: 120, data: address };
  return [
    { record, ownership: "unique" as const },
    { record: pointer(label), ownership: "shared" as const },
  ];
}

function from(index: number, bytes: Uint8Array): Datagram {
  const address = `10.77.${10 + (index >> 8)}.${index & 0xff}`;
  return { bytes, source: { family: "ipv4", address, port: 5_353 }, to: "group", onLink: true, fromThisHost: false };
}
