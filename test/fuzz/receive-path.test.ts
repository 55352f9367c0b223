import fc from "fast-check";
import { expect, test } from "vitest";
import { Core } from "../../src/mdns/core/core.ts";
import type { Family } from "../../src/mdns/core/datagram.ts";
import { HostState } from "../../src/mdns/core/host-state.ts";
import { LIMITS } from "../../src/mdns/core/limits.ts";
import type { OwnRecord } from "../../src/mdns/core/own-record.ts";
import { decodeMessage } from "../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../src/mdns/wire/encode.ts";
import { Name } from "../../src/mdns/wire/name.ts";
import type { Question } from "../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../src/mdns/wire/record.ts";
import { CLASS } from "../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../src/mdns/wire/record-type.ts";

/** Sequences tried; a longer run sets EARSHOT_FUZZ_RUNS, and EARSHOT_SEED replays one. */
const RUNS = Number(process.env["EARSHOT_FUZZ_RUNS"] ?? 400);
const SEED = process.env["EARSHOT_SEED"] === undefined ? undefined : Number(process.env["EARSHOT_SEED"]);

// Few names and little data, so that packets meet our claims, questions and cached records all the time.
const name = fc
  .constantFrom("x.local", "y.local", "S._t._tcp.local", "R._t._tcp.local", "_t._tcp.local", "alias.local", ".")
  .map((text) => Name.parse(text));
const type = fc.constantFrom(
  TYPE.A,
  TYPE.AAAA,
  TYPE.PTR,
  TYPE.SRV,
  TYPE.TXT,
  TYPE.NSEC,
  TYPE.CNAME,
  TYPE.ANY,
  0,
  65_280,
);
const klass = fc.constantFrom(CLASS.IN, CLASS.ANY, 3);
const ttl = fc.constantFrom(0, 1, 3, 59, 60, 119, 120, 4_500, 0x7fffffff, 0xffffffff);

const question: fc.Arbitrary<Question> = fc.record({ name, type, class: klass, unicast: fc.boolean() });

function dataFor(recordType: number): fc.Arbitrary<ResourceRecord["data"]> {
  const kind = <K extends ResourceRecord["data"]["kind"]>(value: K) => fc.constant(value);
  switch (recordType) {
    case TYPE.A:
      return fc.record({ kind: kind("address"), address: fc.constantFrom("10.77.0.1", "10.77.0.2", "10.77.0.9") });
    case TYPE.AAAA:
      return fc.record({ kind: kind("address"), address: fc.constantFrom("fe80::1", "fe80::9") });
    case TYPE.PTR:
    case TYPE.CNAME:
      return fc.record({ kind: kind("name"), target: name });
    case TYPE.SRV:
      return fc.record({
        kind: kind("srv"),
        priority: fc.constant(0),
        weight: fc.constant(0),
        port: fc.constantFrom(80, 81),
        target: name,
      });
    case TYPE.TXT:
      return fc.record({ kind: kind("txt"), strings: fc.array(fc.uint8Array({ maxLength: 3 }), { maxLength: 2 }) });
    case TYPE.NSEC:
      return fc.record({ kind: kind("nsec"), next: name, types: fc.subarray([1, 12, 16, 28, 33, 47]) });
    default:
      return fc.record({ kind: kind("opaque"), bytes: fc.uint8Array({ maxLength: 6 }) });
  }
}

const record: fc.Arbitrary<ResourceRecord> = fc
  .tuple(name, type, fc.constantFrom(CLASS.IN, 3), ttl, fc.boolean())
  .chain(([owner, recordType, recordClass, lifetime, flush]) =>
    dataFor(recordType).map((data) => ({
      name: owner,
      type: recordType,
      class: recordClass,
      ttl: lifetime,
      flush,
      data,
    })),
  );

const message = fc
  .record({
    id: fc.nat({ max: 0xffff }),
    response: fc.boolean(),
    truncated: fc.boolean(),
    questions: fc.array(question, { maxLength: 3 }),
    answers: fc.array(record, { maxLength: 4 }),
    authorities: fc.array(record, { maxLength: 2 }),
    additionals: fc.array(record, { maxLength: 2 }),
  })
  .map((parts) => encodeMessage(parts));

const damaged = fc
  .tuple(message, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }), fc.nat())
  .map(([bytes, changes, cut]) => {
    const copy = Uint8Array.from(bytes);
    for (const [at, value] of changes) copy[at % copy.length] = value;
    return cut % 5 === 0 ? copy.subarray(0, cut % (copy.length + 1)) : copy;
  });

const datagram = fc.record({
  bytes: fc.oneof(
    { weight: 8, arbitrary: message },
    { weight: 2, arbitrary: damaged },
    fc.uint8Array({ maxLength: 40 }),
  ),
  source: fc.record({
    family: fc.constantFrom<Family>("ipv4", "ipv6"),
    address: fc.constantFrom("10.77.0.2", "10.77.0.3", "fe80::2"),
    port: fc.constantFrom(5353, 5353, 5353, 40_000, 0),
  }),
  to: fc.constantFrom("group" as const, "group" as const, "host" as const),
  onLink: fc.constantFrom(true, true, false),
  fromThisHost: fc.constantFrom(false, false, false, true),
});

const own: fc.Arbitrary<OwnRecord[]> = fc.constantFrom("x.local", "S._t._tcp.local").chain((text) => {
  const owner = Name.parse(text);
  const unique = fc
    .oneof(...[TYPE.A, TYPE.SRV, TYPE.TXT].map((ownType) => fc.tuple(fc.constant(ownType), dataFor(ownType))))
    .map(([ownType, data]): OwnRecord => ({ record: held(owner, ownType, data, 120), ownership: "unique" }));
  const shared = dataFor(TYPE.PTR).map(
    (data): OwnRecord => ({
      record: held(Name.parse("_t._tcp.local"), TYPE.PTR, data, 4_500),
      ownership: "shared",
    }),
  );
  return fc
    .tuple(fc.array(unique, { minLength: 1, maxLength: 3 }), fc.array(shared, { maxLength: 2 }))
    .map((sets) => sets.flat());
});

function held(owner: Name, recordType: number, data: ResourceRecord["data"], lifetime: number): ResourceRecord {
  return { name: owner, type: recordType, class: CLASS.IN, flush: false, ttl: lifetime, data };
}

const step = fc.oneof(
  { weight: 12, arbitrary: datagram.map((value) => ({ kind: "receive" as const, value })) },
  { weight: 6, arbitrary: fc.nat({ max: 1_500 }).map((value) => ({ kind: "wait" as const, value })) },
  { weight: 1, arbitrary: fc.nat({ max: 100_000_000 }).map((value) => ({ kind: "wait" as const, value })) },
  { weight: 2, arbitrary: question.map((value) => ({ kind: "ask" as const, value })) },
  { weight: 1, arbitrary: fc.nat({ max: 20 }).map((value) => ({ kind: "stop" as const, value })) },
  { weight: 2, arbitrary: own.map((value) => ({ kind: "register" as const, value })) },
  { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 20 }), own).map((value) => ({ kind: "update" as const, value })) },
  { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 20 }), own).map((value) => ({ kind: "replace" as const, value })) },
  { weight: 1, arbitrary: fc.nat({ max: 20 }).map((value) => ({ kind: "withdraw" as const, value })) },
  { weight: 1, arbitrary: record.map((value) => ({ kind: "reconfirm" as const, value })) },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

test(`any sequence of datagrams and calls leaves a core alive, within its caps and silent in the end (H-12, H-16, H-25, S-10; ${RUNS} sequences)`, () => {
  const families = fc.constantFrom<Family[]>(["ipv4"], ["ipv6"], ["ipv4", "ipv6"]);
  fc.assert(
    fc.property(families, fc.nat(), fc.array(step, { maxLength: 80, size: "max" }), (spoken, seed, steps) =>
      run(spoken, seed, steps),
    ),
    { numRuns: RUNS, ...(SEED !== undefined && { seed: SEED }) },
  );
}, 600_000);

function run(families: readonly Family[], seed: number, steps: readonly Step[]): void {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const host = new HostState();
  const core = new Core({ families, random, host, unicast: true, tracing: true }, 0);
  const claims: number[] = [];
  const asks: number[] = [];
  let now = 0;
  for (const action of steps) {
    switch (action.kind) {
      case "receive":
        core.receive(action.value, now);
        break;
      case "wait":
        now = advanceTo(core, now, now + action.value);
        break;
      case "ask":
        asks.push(core.ask(action.value, now));
        break;
      case "stop":
        core.stop(asks[action.value] ?? -1, now);
        break;
      case "register":
        claims.push(core.register({ records: action.value }, now));
        break;
      case "update":
        core.update(claims[action.value[0]] ?? -1, action.value[1], now);
        break;
      case "replace":
        core.replace(claims[action.value[0]] ?? -1, action.value[1], now);
        break;
      case "withdraw":
        core.withdraw(claims[action.value] ?? -1, now);
        break;
      case "reconfirm":
        core.reconfirm(action.value, now);
        break;
      case "restart":
        core.restart(now);
        break;
    }
    checkOutputs(core);
    const { cache, responder } = core.counters;
    expect(cache.records).toBeLessThanOrEqual(LIMITS.cacheRecords);
    expect(responder.truncatedQueries).toBeLessThanOrEqual(LIMITS.truncatedSources);
  }
  for (const ask of asks) core.stop(ask, now);
  for (const claim of claims) core.withdraw(claim, now);
  checkOutputs(core);
  now = advanceTo(core, now, now + 10_000);
  core.forget(now);
  core.takeOutputs();
  expect(core.deadline).toBeUndefined();
  expect(core.counters.cache.records).toBe(0);
  expect(host.size).toBe(0);
}

/** Wakes the core whenever it wants; wakes that do not move time on would be a loop. */
function advanceTo(core: Core, from: number, until: number): number {
  let stuck = 0;
  let now = from;
  for (let due = core.deadline; due !== undefined && due <= until; due = core.deadline) {
    stuck = due > now ? 0 : stuck + 1;
    expect(stuck).toBeLessThan(20);
    now = Math.max(now, due);
    core.advance(now);
    checkOutputs(core);
  }
  return until;
}

function checkOutputs(core: Core): void {
  for (const output of core.takeOutputs()) {
    if (output.kind !== "send") continue;
    const { bytes } = output.transmission;
    const sent = decodeMessage(bytes);
    const records = sent.answers.length + sent.authorities.length + sent.additionals.length;
    expect(sent.malformed).toBe(0);
    expect(bytes.length).toBeLessThanOrEqual(records <= 1 ? 8_972 : 1_472);
    if (sent.response) expect(records).toBeGreaterThan(0);
    else expect(sent.questions.length + sent.answers.length).toBeGreaterThan(0);
  }
}
