import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/mdns/core/limits.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { labels, message, name, pointer, record } from "../../mdns/wire/packet-bytes.ts";
import type { Heard } from "./attacker.ts";
import { besieged, STRANGER, service, TARGET, TYPE_NAME } from "./siege.ts";

const SRV: Question = { name: TARGET, type: TYPE.SRV, class: CLASS.IN, unicast: false };
const PTR: Question = { name: TYPE_NAME, type: TYPE.PTR, class: CLASS.IN, unicast: false };
const OWNER = name("_t", "_tcp", "local");

describe("a station attacked by packets", () => {
  const siege = besieged();
  let port = 5_000;

  function announce(...answers: readonly ResourceRecord[]): Partial<Message> {
    return { response: true, authoritative: true, answers };
  }

  /** The station sees the service of these packets, sent as often as it takes, UDP being what it is. */
  async function isSeen(packets: (port: number) => readonly (Partial<Message> | Uint8Array)[]): Promise<void> {
    const own = port++;
    for (let tries = 1; ; tries++) {
      for (const packet of packets(own)) siege().attacker.send(packet);
      try {
        await siege().target.saw(own, 3_000);
        return;
      } catch (error) {
        if (tries === 10) throw error;
      }
    }
  }

  /** Alive, and good for both roles. */
  async function works(): Promise<void> {
    await siege().answers();
    await isSeen((own) => [announce(...service(`Honest ${own}`, own))]);
    expect((await siege().target.report()).escaped).toEqual([]);
  }

  test("H-01: nothing is sent to a source outside of the link, whatever it asks and however", async () => {
    const { attacker, host } = siege();
    const mark = attacker.mark;
    for (const to of ["224.0.0.251", host.interface("e0").ipv4 ?? ""]) {
      for (const fromPort of [42_000, 5_353]) {
        attacker.send({ id: 1, questions: [{ ...SRV, unicast: true }] }, { from: STRANGER, fromPort, to });
      }
    }
    await siege().answers();
    expect(attacker.heard(mark).filter(({ to }) => to.startsWith(STRANGER))).toEqual([]);
  });

  test("H-02: a legacy query gets one reply at most, and nothing is multicast for it", async () => {
    const { attacker } = siege();
    const mark = attacker.mark;
    const queries = Array.from({ length: 20 }, (_, index) => 0x100 + index);
    for (const id of queries) attacker.send({ id, questions: [SRV, PTR] }, { fromPort: 42_100 });
    await attacker.next("a reply", ({ message: { id } }) => queries.includes(id), mark);
    await siege().answers();
    const replies = attacker.heard(mark).filter(({ to }) => to.endsWith(":42100"));
    expect(replies.length).toBeLessThanOrEqual(queries.length);
    expect(attacker.heard(mark).filter(({ to, message }) => to === "group" && message.response)).toEqual([]);
  });

  test("H-10: a record whose data is shorter or longer than its type says is not taken", async () => {
    await isSeen((own) => [
      ...[[10, 77, 1], [10, 77, 1, 67, 0], []].map((data) => addressRecord(data)),
      message({ an: 1 }, record(name("rival", "local"), TYPE.AAAA, [10, 77, 1, 67])),
      message({ an: 1 }, record(labels("Cut"), TYPE.SRV, [0, 0, 0, 0, 0, 1])),
      announce(...service(`Length of type ${own}`, own)),
    ]);
    expect(await siege().target.lookup("rival.local", 500)).toMatchObject([{ address: "10.77.1.66" }]);
  });

  test("H-21: a record whose data is shorter or longer than its length says is not taken", async () => {
    await isSeen((own) => [
      addressRecord([10, 77, 1, 67], { rdlength: 3 }),
      addressRecord([10, 77, 1, 67], { rdlength: 5 }),
      addressRecord([10, 77, 1, 67], { rdlength: 65_535 }),
      announce(...service(`Stated length ${own}`, own)),
    ]);
    expect(await siege().target.lookup("rival.local", 500)).toMatchObject([{ address: "10.77.1.66" }]);
  });

  test("H-13: data that changes under one name again and again ends as it was said last", async () => {
    const label = "Restless";
    for (let change = 1; change <= 40; change++) {
      siege().attacker.send(announce(...service(label, 60_000 + (change % 7))));
      const data = { kind: "name", target: Name.parse(`elsewhere-${change}.local`) } as const;
      siege().attacker.send(
        announce({ name: Name.parse("rival.local"), type: TYPE.CNAME, class: CLASS.IN, flush: true, ttl: 1, data }),
      );
    }
    await isSeen((own) => [announce(...service(label, own))]);
    await works();
  });

  test("H-14: a CNAME that leads to itself, and two that lead to each other, are no address", async () => {
    const alias = (from: string, to: string): ResourceRecord => {
      const data = { kind: "name", target: Name.parse(to) } as const;
      return { name: Name.parse(from), type: TYPE.CNAME, class: CLASS.IN, flush: true, ttl: 120, data };
    };
    const lookups = Promise.all(["self.local", "one.local"].map((host) => siege().target.lookup(host, 2_000)));
    for (let times = 0; times < 5; times++) {
      siege().attacker.send(announce(alias("self.local", "self.local")));
      siege().attacker.send(announce(alias("one.local", "two.local"), alias("two.local", "one.local")));
    }
    expect(await lookups).toEqual([[], []]);
    await works();
  });

  test("H-15: each of the 256 bytes may stand in a label", async () => {
    for (let first = 0; first < 256; first += 32) {
      await isSeen((own) => [
        announce(
          ...service(
            Uint8Array.from({ length: 32 }, (_, index) => first + index),
            own,
          ),
        ),
      ]);
    }
    await works();
  });

  test("H-16: 2,000 damaged announcements and questions leave it at work", async () => {
    const good = [
      encodeMessage(announce(...service("Damaged", 61_000))),
      encodeMessage({ questions: [SRV, PTR], answers: service("Damaged", 61_000) }),
      encodeMessage({ questions: [{ ...SRV, type: TYPE.ANY }], authorities: service("Target", 61_001).slice(1, 2) }),
    ];
    let state = 1;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let count = 0; count < 2_000; count++) {
      const bytes = Uint8Array.from(good[count % good.length] ?? []);
      for (let changes = 0; changes <= count % 4; changes++) bytes[random(bytes.length)] = random(256);
      siege().attacker.send(count % 5 === 0 ? bytes.subarray(0, random(bytes.length)) : bytes);
    }
    await works();
  });

  test("H-17: chains of pointers, and names that grow by them, are read in bounds", async () => {
    const first = record(OWNER, 10, []);
    const hops = Array.from({ length: 1_500 }, (_, hop) =>
      pointer(hop === 0 ? 12 : 12 + first.length + 2 * hop),
    ).flat();
    for (let times = 0; times < 50; times++) {
      siege().attacker.send(message({ an: 2 }, first, record(OWNER, 10, hops), pointer(12 + first.length + 3_000)));
      siege().attacker.send(message({ an: 1 }, pointer(12)));
      siege().attacker.send(message({ an: 1 }, [...labels("a".repeat(63)), ...pointer(12)]));
    }
    await works();
  });

  test("H-18: queries from 300 ports of one source leave nothing behind", async () => {
    for (let index = 0; index < 300; index++) {
      siege().attacker.send({ id: index, truncated: true, questions: [SRV] }, { fromPort: 43_000 + index });
    }
    await works();
    const { counters } = await siege().target.report();
    for (const { responder } of counters.links) expect(responder.truncatedQueries).toBeLessThanOrEqual(1);
  });

  test("H-19: a record said 2,000 times with another TTL each time is held once", async () => {
    const held = async (): Promise<number> => (await siege().target.report()).counters.links[0]?.cache.records ?? 0;
    await isSeen((own) => [announce(...service("Ageing", own))]);
    const before = await held();
    const [pointerTo] = service("Ageing", 1) as [ResourceRecord];
    for (let ttl = 1_000; ttl < 3_000; ttl++) siege().attacker.send(announce({ ...pointerTo, ttl }));
    await siege().answers();
    expect(await held()).toBeLessThanOrEqual(before);
  });

  test("H-20: of one source's truncated queries no more is collected than the caps allow", async () => {
    const dropped = async (): Promise<number> =>
      (await siege().target.report()).counters.links[0]?.responder.dropped ?? 0;
    const before = await dropped();
    const known = Array.from({ length: 20 }, (_, index) => service(`K${index}`, 1)[0] as ResourceRecord);
    for (let count = 0; count < 10 * LIMITS.truncatedPackets; count++) {
      siege().attacker.send({ truncated: true, questions: [PTR], answers: known });
    }
    await works();
    expect(await dropped()).toBeGreaterThan(before);
  });

  test("H-22: an NSEC record with a window of no bytes, of more than 32 or of none at all denies nothing", async () => {
    const { attacker, target } = siege();
    const bare = name("bare", "local");
    const nsec = (...bitmap: readonly number[]) => message({ an: 1 }, record(bare, TYPE.NSEC, [...bare, ...bitmap]));
    const mark = attacker.mark;
    const looking = target.lookup("bare.local", 10_000);
    const isAsked = ({ message: { questions } }: Heard): boolean =>
      questions.some((asked) => asked.name.toString() === "bare.local");
    await attacker.next("the question", isAsked, mark);
    for (let times = 0; times < 5; times++) {
      attacker.send(nsec(0, 0));
      attacker.send(nsec(0, 33, ...new Array(33).fill(0)));
      attacker.send(nsec(0));
    }
    for (let times = 0; times < 5; times++) attacker.send(message({ an: 1 }, record(bare, TYPE.A, [10, 77, 1, 67])));
    expect(await looking).toMatchObject([{ address: "10.77.1.67" }]);
  });

  test("H-25: a broken record behind good ones does not cost the good ones", async () => {
    await isSeen((own) => {
      const good = encodeMessage(announce(...service(`Broken tail ${own}`, own)));
      const packet = Uint8Array.from([...good, ...record(pointer(0x3fff), TYPE.A, [1, 2, 3, 4])]);
      packet[11] = 1; // one additional record
      return [packet];
    });
  });

  test("H-27: counts of 65,535 in a header with nothing behind it", async () => {
    for (let times = 0; times < 200; times++) {
      siege().attacker.send(message({ qd: 65_535, an: 65_535, ns: 65_535, ar: 65_535, flags: times % 2 ? 0x8400 : 0 }));
    }
    await works();
  });

  test("H-28: what RFC 9267 lists, sent to a real socket", async () => {
    const clauses: readonly Uint8Array[] = [
      message({ an: 1 }, record(pointer(12), TYPE.A, [1, 2, 3, 4])), // §2: to itself
      message({ an: 1 }, record(pointer(0x3fff), TYPE.A, [1, 2, 3, 4])), // §2: past the end
      message({ an: 1 }, record(pointer(0), TYPE.A, [1, 2, 3, 4])), // §2: into the header
      message({ an: 1 }, [0x40, 0x61, 0]), // §3: a label type that nobody uses
      message({ an: 1 }, [63, 0x61]), // §3: a label that passes the end
      message({ an: 1 }, record(labels(...new Array(5).fill("x".repeat(63))), TYPE.A, [1, 2, 3, 4])), // §3: 320 bytes
      message({ an: 1 }, labels("abc")), // §4: no end
      message({ an: 1 }, record(OWNER, TYPE.PTR, name("b", "local"), { rdlength: 3 })), // §5: data longer than said
      message({ an: 1 }, record(OWNER, TYPE.PTR, name("b"), { rdlength: 65_535 })), // §5: data that is not there
      message({ an: 9 }, record(OWNER, TYPE.PTR, name("b", "local"))), // §6: fewer records than said
      new Uint8Array(0),
      new Uint8Array(11),
    ];
    for (const packet of clauses) siege().attacker.send(packet);
    await works();
  });

  test("H-29: a rival for every name does not make it try more than 15 names in 10 s", async () => {
    const { attacker, target } = siege();
    const isProbe = ({ message: { response, authorities } }: Heard): boolean => !response && authorities.length > 0;
    const names = new Set<string>();
    const until = performance.now() + 9_000;
    const publishing = target.publish("Wanted", "_h29._tcp", 4_029).catch(() => undefined);
    for (let mark = attacker.mark, left = 9_000; left > 0; left = until - performance.now()) {
      const probe = await attacker.next("a probe", isProbe, mark, left).catch(() => undefined);
      if (probe === undefined) break;
      mark = attacker.mark;
      for (const { name } of probe.message.authorities) names.add(name.key);
      attacker.send(announce(...probe.message.authorities.map((own) => ({ ...own, flush: true, data: rival(own) }))));
    }
    expect(names.size).toBeGreaterThan(1);
    expect(names.size).toBeLessThanOrEqual(15);
    await publishing;
    await works();
  }, 120_000);

  test("H-24: all that it sent in all of this decodes to the end", async () => {
    const all = siege().attacker.heard();
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter(({ message: { malformed } }) => malformed > 0)).toEqual([]);
  });

  test("H-11: all that it sent in all of this came from port 5353", async () => {
    const all = siege().attacker.heard();
    expect(all.length).toBeGreaterThan(10);
    expect(new Set(all.map(({ fromPort }) => fromPort))).toEqual(new Set([5_353]));
  });
});

/** An A record of the rival's name, whatever its data. */
function addressRecord(data: readonly number[], options?: { rdlength: number }): Uint8Array {
  return message({ an: 1 }, record(name("rival", "local"), TYPE.A, data, options));
}

/** Other data of the same type. */
function rival({ data }: ResourceRecord): ResourceRecord["data"] {
  if (data.kind === "srv") return { ...data, port: 9 };
  if (data.kind === "address") return { ...data, address: "10.77.1.99" };
  return data;
}
