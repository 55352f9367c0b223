import { expect, test } from "vitest";
import { Core } from "../../../src/mdns/core/core.ts";
import type { Peer, Transmission } from "../../../src/mdns/core/datagram.ts";
import { HeardQueries } from "../../../src/mdns/core/heard-queries.ts";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import { RecentMulticasts } from "../../../src/mdns/core/recent-multicasts.ts";
import { ReplyBudget } from "../../../src/mdns/core/reply-budget.ts";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { printerOnLink } from "./printer.ts";
import { question } from "./records.ts";

const TYPE_NAME = Name.parse("_t._tcp.local");
const BROWSE: Question = { name: TYPE_NAME, type: TYPE.PTR, class: CLASS.IN, unicast: false };

const ptr = (label: string): ResourceRecord => ({
  name: TYPE_NAME,
  type: TYPE.PTR,
  class: CLASS.IN,
  flush: false,
  ttl: 4_500,
  data: { kind: "name", target: TYPE_NAME.child(label) },
});

const peer = (index: number, port = 5353): Peer => ({
  family: "ipv4",
  address: `10.77.${index >> 8}.${index & 0xff}`,
  port,
});

function newCore(): Core {
  return new Core({ families: ["ipv4"], random: () => 0.5, host: new HostState(), unicast: true }, 0);
}

function receive(core: Core, bytes: Uint8Array, source: Peer, now: number): void {
  core.receive({ bytes, source, to: "group", onLink: true, fromThisHost: false }, now);
}

const response = (...answers: ResourceRecord[]): Uint8Array =>
  encodeMessage({ response: true, authoritative: true, answers });

function sent(core: Core): Transmission[] {
  return core.takeOutputs().flatMap((output) => (output.kind === "send" ? [output.transmission] : []));
}

/** A core that has announced a shared and a unique record. */
function publishing(): Core {
  const core = newCore();
  const target = TYPE_NAME.child("S");
  const txt: ResourceRecord = { ...ptr("S"), name: target, type: TYPE.TXT, data: { kind: "txt", strings: [] } };
  core.register(
    [
      { record: ptr("S"), ownership: "shared" },
      { record: txt, ownership: "unique" },
    ],
    0,
  );
  for (let due = core.deadline; due !== undefined && due <= 5_000; due = core.deadline) core.advance(due);
  core.takeOutputs();
  return core;
}

test("long queries of others are followed of a bounded number of hosts, and up to a bounded length (S-11)", () => {
  const heard = new HeardQueries();
  const collect = (index: number, message: Parameters<typeof encodeMessage>[0]) =>
    heard.collect(
      decodeMessage(encodeMessage(message)),
      { bytes: new Uint8Array(), source: peer(index), to: "group", onLink: true, fromThisHost: false },
      0,
    );
  for (let index = 0; index <= LIMITS.heardQueries; index++) collect(index, { truncated: true, questions: [BROWSE] });
  expect(collect(0, {})?.questions).toEqual([]);
  expect(collect(1, {})?.questions).toHaveLength(1);
  const many = Array.from({ length: 50 }, (_, index) => ptr(`other ${index}`));
  for (let packet = 0; packet <= LIMITS.heardRecords / 50; packet++) collect(2, { truncated: true, answers: many });
  expect(collect(2, {})?.questions).toEqual([]);
});

test("unicast answers wait for a bounded number of peers, the rest is multicast (S-08, H-18)", () => {
  const core = publishing();
  const query = encodeMessage({ questions: [{ ...BROWSE, unicast: true }] });
  for (let index = 0; index < LIMITS.waitingPeers + 20; index++) receive(core, query, peer(index), 10_000);
  expect(core.counters.responder.dropped).toBe(20);
  core.advance(10_120);
  const answers = sent(core);
  expect(answers.filter(({ to }) => "address" in to)).toHaveLength(LIMITS.waitingPeers);
  expect(answers.filter(({ to }) => "group" in to)).toHaveLength(1);
});

test("legacy replies wait in a bounded queue (S-08, H-18)", () => {
  const core = publishing();
  const query = encodeMessage({ id: 7, questions: [BROWSE] });
  for (let index = 0; index < LIMITS.waitingLegacyReplies + 50; index++)
    receive(core, query, peer(index % 8, 40_000), 10_000);
  expect(core.counters.responder.dropped).toBe(50);
  core.advance(10_120);
  expect(sent(core)).toHaveLength(LIMITS.waitingLegacyReplies);
});

test("replies to one source are bounded in a second, and so is the number of sources counted (S-08, H-18)", () => {
  const budget = new ReplyBudget();
  for (let bytes = 0; bytes < LIMITS.replyBytes; bytes += 1_024) {
    expect(budget.allows("a", 0)).toBe(true);
    budget.spend("a", 1_024);
  }
  expect(budget.isSpent("a", 999)).toBe(true);
  expect(budget.refused).toBe(0);
  expect(budget.allows("a", 999)).toBe(false);
  expect(budget.refused).toBe(1);
  expect(budget.allows("b", 999)).toBe(true);
  expect(budget.allows("a", 1_000)).toBe(true);
  for (let source = 0; source < 2 * LIMITS.replySources; source++) budget.allows(`source ${source}`, 1_000);
  expect(budget.sources).toBe(LIMITS.replySources);
  expect(budget.isSpent("late", 1_998)).toBe(true);
  expect(budget.allows("a", 1_999)).toBe(true);
  expect(budget.allows("late", 2_000)).toBe(true);
  expect(budget.sources).toBe(1);
});

test("records given up are known as our own for a moment, a bounded number of them (H-29, S-11)", () => {
  const host = new HostState();
  for (let index = 0; index <= LIMITS.formerRecords; index++) {
    host.add(`record ${index}`);
    host.giveUp(`record ${index}`, 0);
  }
  expect(host.owns("record 0", 0)).toBe(false);
  expect(host.owns("record 1", 0)).toBe(true);
  expect(host.owns("record 1", 3_000)).toBe(false);
  expect(host.size).toBe(0);
});

test("the same number of those that others may have, and of the times of their last multicast (C-03, A-30, S-11)", () => {
  const host = new HostState();
  const multicasts = new RecentMulticasts();
  for (let index = 0; index <= LIMITS.formerRecords; index++) {
    host.add(`record ${index}`);
    host.giveUpShared(`record ${index}`, 0);
    multicasts.remember(`record ${index}`, { ipv4: 0 });
  }
  expect(host.doubtsUntil("record 0", 0)).toBeUndefined();
  expect(host.doubtsUntil("record 1", 0)).toBe(3_000);
  expect(host.doubtsUntil("record 1", 3_000)).toBeUndefined();
  expect(multicasts.take("record 0")).toEqual({});
  expect(multicasts.take("record 1")).toEqual({ ipv4: 0 });
  expect(multicasts.take("record 1")).toEqual({});
});

test("over IPv6 a record alone in its packet may have `payloadIpv6` bytes, and no more (W-39)", () => {
  const core = new Core({ families: ["ipv6"], random: () => 0.5, host: new HostState(), unicast: true }, 0);
  const name = Name.parse("big.local");
  const withBytes = (length: number): OwnRecord => {
    const data = { kind: "opaque", bytes: new Uint8Array(length) } as const;
    return { record: { ...ptr("S"), name, type: 65_400, data }, ownership: "shared" };
  };
  const most = LIMITS.payloadIpv6 - 12 - name.wireLength - 10; // less the header, and type, class, TTL, RDLENGTH
  expect(() => core.register([withBytes(most + 1)], 0)).toThrow("8952");
  core.register([withBytes(most)], 0);
  core.advance(0);
  expect(sent(core).map(({ bytes }) => bytes.length)).toEqual([LIMITS.payloadIpv6]);
});

test("a chain of aliases is followed ten steps, a loop ends (Q-36, H-14)", () => {
  const core = newCore();
  const host = (index: number): Name => Name.parse(`h${index}.local`);
  core.ask({ name: host(0), type: TYPE.A, class: CLASS.IN, unicast: false }, 0);
  const alias = (from: number, to: number): ResourceRecord => ({
    ...ptr("S"),
    name: host(from),
    type: TYPE.CNAME,
    data: { kind: "name", target: host(to) },
  });
  for (let index = 0; index < 20; index++) receive(core, response(alias(index, index + 1)), peer(1), 0);
  expect(core.counters.questions).toBe(1 + LIMITS.aliasSteps);
  const looped = newCore();
  looped.ask({ name: host(0), type: TYPE.A, class: CLASS.IN, unicast: false }, 0);
  receive(looped, response(alias(0, 1)), peer(1), 0);
  receive(looped, response(alias(1, 0)), peer(1), 0);
  expect(looped.counters.questions).toBeLessThanOrEqual(1 + LIMITS.aliasSteps);
});

test("a record too big for a packet goes alone in one of up to 9000 bytes with headers, a bigger one is refused (W-37, W-38, W-39, H-07)", () => {
  const name = TYPE_NAME.child("big");
  const txt = (strings: number): ResourceRecord => ({
    ...ptr("S"),
    name,
    type: TYPE.TXT,
    data: { kind: "txt", strings: Array.from({ length: strings }, () => new Uint8Array(255)) },
  });
  const core = newCore();
  expect(() => core.register([{ record: txt(35), ownership: "shared" }], 0)).toThrowError(
    expect.objectContaining({ code: "ERR_MDNS_RECORD_TOO_LARGE" }),
  );
  expect(sent(core)).toEqual([]);
  const records = [txt(34), ptr("big"), ptr("other")].map((record) => ({ record, ownership: "shared" as const }));
  core.register(records, 0);
  core.advance(0);
  const packets = sent(core).map(({ bytes }) => ({ size: bytes.length, records: decodeMessage(bytes).answers.length }));
  expect(packets.find(({ size }) => size > 1_472)?.records).toBe(1);
  expect(packets.every(({ size }) => size <= LIMITS.payloadIpv4)).toBe(true);
  expect(packets.reduce((sum, packet) => sum + packet.records, 0)).toBe(3);
});

test("a legacy reply is cut at 512 bytes and says so, unless the query allows more (U-08)", () => {
  const core = newCore();
  const records = Array.from({ length: 60 }, (_, index) => ({
    record: ptr(`instance ${index}`),
    ownership: "shared" as const,
  }));
  core.register(records, 0);
  for (let due = core.deadline; due !== undefined && due <= 5_000; due = core.deadline) core.advance(due);
  core.takeOutputs();
  const opt: ResourceRecord = {
    name: Name.of([]),
    type: TYPE.OPT,
    class: 4_096,
    flush: false,
    ttl: 0,
    data: { kind: "opt", options: [] },
  };
  receive(core, encodeMessage({ id: 1, questions: [BROWSE] }), peer(1, 40_000), 10_000);
  receive(core, encodeMessage({ id: 2, questions: [BROWSE], additionals: [opt] }), peer(2, 40_000), 10_000);
  core.advance(10_120);
  const [short, long] = sent(core).map(({ bytes }) => ({ size: bytes.length, ...decodeMessage(bytes) }));
  expect(short?.truncated).toBe(true);
  expect(short?.size).toBeLessThanOrEqual(LIMITS.legacyPayload);
  expect(long?.size).toBeGreaterThan(LIMITS.legacyPayload);
  expect(long?.size).toBeLessThanOrEqual(1_472);
});

test("questions and legacy questions from thirty thousand addresses leave nothing to do (H-18, S-11)", () => {
  const link = printerOnLink();
  for (let source = 0; source < 30_000; source++) {
    const address = `10.${source >> 16}.${(source >> 8) & 255}.${source & 255}`;
    link.query(question("nobody.local", TYPE.A), {}, { address, port: 1_024 + (source % 60_000) });
    if (source % 10 === 0) link.query(question("host.local", TYPE.A), {}, { address, port: 1_024 + (source % 60_000) });
  }
  link.run(10_000);
  expect(link.core.deadline).toBeUndefined();
});
