import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Transmission } from "../../../src/mdns/core/datagram.ts";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import { Link } from "../../../src/mdns/link/link.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { SimClock } from "../../sim/sim-clock.ts";
import { a, ptr, question } from "../core/records.ts";

const TYPE_NAME = "_http._tcp.local";
const ONE = ptr(TYPE_NAME, "One._http._tcp.local");
const TWO = ptr(TYPE_NAME, "Two._http._tcp.local");
const BROWSE = question(TYPE_NAME, TYPE.PTR);
const OWN = [{ record: a("host.local", "10.77.0.1"), ownership: "unique" }] as const;

describe("a handler of a link", () => {
  let clock: SimClock;
  let sent: Transmission[];
  let link: Link;
  let microtasks: (() => void)[];
  let onSent: (() => void) | undefined;

  beforeEach(() => {
    microtasks = [];
    vi.stubGlobal("queueMicrotask", (run: () => void) => microtasks.push(run));
    clock = new SimClock();
    sent = [];
    link = new Link({
      name: "e0",
      addresses: [],
      clock,
      transmit: (transmission) => {
        sent.push(transmission);
        onSent?.();
        onSent = undefined;
      },
      families: ["ipv4"],
      random: () => 0.5,
      host: new HostState(),
      unicast: true,
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  function hear(...answers: readonly ResourceRecord[]): void {
    const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
    const bytes = encodeMessage({ response: true, answers });
    link.receive({ bytes, source, to: "group", onLink: true, fromThisHost: false });
  }

  function hearQuery(asked: Question): void {
    const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
    const bytes = encodeMessage({ questions: [asked] });
    link.receive({ bytes, source, to: "group", onLink: true, fromThisHost: false });
  }

  /** Runs what was left to microtasks. @returns what they throw */
  function thrown(): readonly unknown[] {
    return microtasks.splice(0).flatMap((run) => {
      try {
        run();
        return [];
      } catch (error) {
        return [error];
      }
    });
  }

  test("that throws keeps neither other handlers nor what is due from their turn, and its error is uncaught (RFC 6762 §8.3)", () => {
    const failure = new Error("of the caller");
    const news: string[] = [];
    link.register(OWN, (claim) => {
      news.push(claim);
      throw failure;
    });
    const told: string[] = [];
    link.ask(BROWSE, () => {
      throw failure;
    });
    link.ask(BROWSE, ({ change }) => told.push(change));
    expect(thrown()).toEqual([failure]);
    hear(ONE);
    expect(told).toEqual(["added"]);
    clock.run(10_000);
    expect(news).toEqual(["probing", "announced"]);
    expect(thrown()).toEqual([failure, failure]);
    const announcements = sent.filter(({ bytes }) => ((bytes[2] ?? 0) & 0x80) !== 0);
    expect(announcements).toHaveLength(2);
  });

  test("may end the link: all are told that what they know is gone, itself included (RFC 6762 §10.3; C-16)", () => {
    const told: string[] = [];
    link.ask(BROWSE, ({ change }) => {
      told.push(`first ${change}`);
      if (told.filter((line) => line === "first added").length === 2) link.close({ goodbye: false });
    });
    link.ask(BROWSE, ({ change }) => told.push(`second ${change}`));
    hear(ONE, TWO);
    const each = ["added", "added", "removed", "removed"];
    expect(told.filter((line) => line.startsWith("first"))).toEqual(each.map((change) => `first ${change}`));
    expect(told.filter((line) => line.startsWith("second"))).toEqual(each.map((change) => `second ${change}`));
    expect(clock.pending).toBe(0);
  });

  test("may end its ask, ask anew and withdraw while it is told", () => {
    const told: string[] = [];
    const stop = link.ask(BROWSE, ({ change }) => {
      told.push(`first ${change}`);
      stop();
      link.ask(BROWSE, (answer) => told.push(`anew ${answer.change}`));
    });
    hear(ONE, TWO);
    expect(told).toEqual(["first added", "anew added", "anew added"]);
  });

  test("may ask while an answer is sent that was sent before (RFC 6762 §5.2)", () => {
    link.register(OWN, () => {});
    thrown();
    clock.run(10_000);
    const queries = (): number => sent.filter(({ bytes }) => ((bytes[2] ?? 0) & 0x80) === 0).length;
    const before = queries();
    const asked = question("host.local", TYPE.A, { unicast: true });
    const isReply = ({ to }: Transmission): boolean => !("group" in to);
    for (let round = 0; round < 2; round++) hearQuery(asked);
    onSent = () => link.ask(BROWSE, () => {});
    hearQuery(asked);
    expect(sent.filter(isReply)).toHaveLength(3);
    clock.run(500);
    expect(queries()).toBe(before + 1);
  });
});
