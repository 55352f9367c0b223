import { describe, expect, test } from "vitest";
import type { Peer } from "../../../src/mdns/core/datagram.ts";
import { HeardQueries, type HeardQuery } from "../../../src/mdns/core/heard-queries.ts";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { TIMING } from "../../../src/mdns/core/timing.ts";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { ptr, question } from "./records.ts";

const BROWSE = question("_http._tcp.local", TYPE.PTR);
const FIRST = ptr(BROWSE.name, "First._http._tcp.local");
const SECOND = ptr(BROWSE.name, "Second._http._tcp.local");
const OTHERS: Peer = { family: "ipv4", address: "10.77.1.1", port: 5353 };

function collect(
  heard: HeardQueries,
  content: Partial<Message>,
  at: number,
  source: Peer = { family: "ipv4", address: "10.77.0.2", port: 5353 },
): HeardQuery | undefined {
  const datagram = { bytes: new Uint8Array(), source, to: "group", onLink: true, fromThisHost: false } as const;
  return heard.collect(decodeMessage(encodeMessage(content)), datagram, at);
}

const opening = { truncated: true, questions: [BROWSE], answers: [FIRST] };

describe("the known answers of somebody's query come in several packets (RFC 6762 §7.2)", () => {
  test("it is whole with the packet that has no TC (Q-12, C-20)", () => {
    const heard = new HeardQueries();
    expect(collect(heard, opening, 0)).toBeUndefined();
    const query = collect(heard, { answers: [SECOND] }, 100);
    expect(query?.questions).toHaveLength(1);
    expect(query?.answers).toHaveLength(2);
  });

  test.each([
    [TIMING.truncatedWaitMax - 1, 1],
    [TIMING.truncatedWaitMax, 0],
    [3_600_000, 0],
  ])("what comes %i ms after the first packet belongs to %i questions before it (A-20, S-11)", (wait, questions) => {
    const heard = new HeardQueries();
    collect(heard, opening, 0);
    const query = collect(heard, { answers: [SECOND] }, wait);
    expect(query?.questions).toHaveLength(questions);
    expect(query?.answers).toHaveLength(1 + questions);
  });

  test("one that is never finished is let go with the next packet of anybody (S-11)", () => {
    const heard = new HeardQueries();
    for (let host = 0; host < LIMITS.heardQueries; host++) {
      collect(heard, opening, 0, { ...OTHERS, address: `10.77.2.${host}` });
    }
    expect(heard.size).toBe(LIMITS.heardQueries);
    collect(heard, { questions: [BROWSE] }, TIMING.truncatedWaitMax, OTHERS);
    expect(heard.size).toBe(0);
  });
});
