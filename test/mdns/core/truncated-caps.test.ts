import { expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { TruncatedQueries } from "../../../src/mdns/core/truncated-queries.ts";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { answersOf, type PeerOptions } from "./core-on-link.ts";
import { PTR, printerOnLink, SERVICE_TYPE } from "./printer.ts";
import { brief, ptr, question } from "./records.ts";

const EMPTY = decodeMessage(encodeMessage({}));
const asked = question(SERVICE_TYPE, TYPE.PTR);
const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
const datagram = { bytes: new Uint8Array(), source, to: "group", onLink: true, fromThisHost: false } as const;

/** Known answers that are not ours. */
function others(from: number, count: number): ResourceRecord[] {
  return Array.from({ length: count }, (_, index) => ptr("_http._tcp.local", `I${from + index}._http._tcp.local`));
}

function host(index: number): PeerOptions {
  return { address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` };
}

test("truncated queries are collected of a bounded number of hosts, the rest is answered from what it holds (H-20, S-11)", () => {
  const link = printerOnLink();
  for (let index = 0; index < LIMITS.truncatedSources + 100; index++)
    link.query(asked, { truncated: true }, host(index));
  expect(link.core.counters.responder.truncatedQueries).toBe(LIMITS.truncatedSources);
  expect(link.core.counters.responder.dropped).toBe(100);
  expect(link.run(120).responses.map(answersOf)).toEqual([[brief(PTR)]]);
  expect(link.run(380).core.counters.responder.truncatedQueries).toBe(0);
});

test("after twenty thousand of them an honest host is answered (H-20, S-11)", () => {
  const link = printerOnLink();
  for (let index = 0; index < 20_000; index++)
    link.query(asked, { truncated: true, answers: others(index, 1) }, host(index));
  link.run(5_000).clear().query(asked).run(500);
  expect(link.responses.map(answersOf)).toEqual([[brief(PTR)]]);
});

test("no more than a bounded number of packets puts the answer to a truncated query off (H-20)", () => {
  const link = printerOnLink().query(asked, { truncated: true });
  const more = { truncated: true, answers: others(0, 100) };
  for (let packet = 1; packet < LIMITS.truncatedPackets; packet++) link.query([], more);
  expect(link.core.counters.responder.dropped).toBe(0);
  link.run(300).query([], more);
  expect(link.core.counters.responder.dropped).toBe(1);
  expect(link.run(200).responses.map(answersOf)).toEqual([[brief(PTR)]]);
});

test("a source that never stops sending packets with TC is answered in the end (H-20, A-21)", () => {
  const link = printerOnLink().query(asked, { truncated: true });
  for (let packet = 0; packet < 200; packet++) link.run(100).query([], { truncated: true, answers: others(packet, 3) });
  link.run(2_000);
  expect(link.responses.map(answersOf)).toContainEqual([brief(PTR)]);
  expect(link.responses[0]?.at).toBeLessThanOrEqual(10_000);
});

test("of one truncated query no more questions and known answers are kept than the caps say (S-10, S-11, H-20)", () => {
  const collected = new TruncatedQueries(() => true);
  const many = 3_000;
  for (let packet = 0; packet < 8; packet++) {
    const questions = Array.from({ length: many }, (_, index) => question(`q${packet}-${index}.local`, TYPE.A));
    const message = { ...EMPTY, truncated: true, questions, answers: others(packet * many, many) };
    collected.collect(message, datagram, 0, { asksUs: true, random: 0.5 });
  }
  const query = collected.takeDue(10_000);
  expect(query?.questions.length).toBe(LIMITS.truncatedQuestions);
  expect(query?.known.size).toBe(LIMITS.truncatedKnownAnswers);
});

test("of the known answers only those of ours are kept (S-10, S-11)", () => {
  const collected = new TruncatedQueries((record) => record === PTR);
  const message = { ...EMPTY, truncated: true, questions: [asked], answers: [...others(0, 500), PTR] };
  collected.collect(message, datagram, 0, { asksUs: true, random: 0.5 });
  expect(collected.takeDue(10_000)?.known.size).toBe(1);
});
