import { describe, expect, test } from "vitest";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { recordKey } from "../../../src/mdns/wire/record-key.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { pick, type Random, seeded } from "../../sim/random.ts";
import { CoreOnLink, type PeerOptions, type Sent } from "./core-on-link.ts";
import {
  DUAL_HOST_CLAIM,
  HOST,
  HOST_CLAIM,
  INSTANCE,
  PTR,
  SERVICE_CLAIM,
  SERVICE_TYPE,
  SRV,
  SUBTYPE,
  TXT,
  TYPE_LIST,
  TYPE_PTR,
  V4,
} from "./printer.ts";
import { a, aaaa, brief, cname, nsec, own, ptr, question, srv, txt } from "./records.ts";

const SECOND = "Second._ipp._tcp.local";
const SECOND_CLAIM: readonly OwnRecord[] = [
  ...own("shared", ptr(SERVICE_TYPE, SECOND), TYPE_PTR),
  ...own("unique", srv(SECOND, HOST, 632), txt(SECOND, ["x"])),
];
const NAMES = [
  HOST,
  INSTANCE,
  SECOND,
  SERVICE_TYPE,
  SUBTYPE,
  TYPE_LIST,
  "peer.local",
  "Other._ipp._tcp.local",
  "nobody.local",
];
const TYPES = [TYPE.A, TYPE.AAAA, TYPE.PTR, TYPE.SRV, TYPE.TXT, TYPE.ANY, TYPE.MX, TYPE.CNAME];
const FOREIGN = [
  a("peer.local", "10.77.0.2", { flush: true }),
  aaaa("peer.local", "fe80::2", { flush: true }),
  ptr(SERVICE_TYPE, "Other._ipp._tcp.local"),
  srv("Other._ipp._tcp.local", "peer.local", 80, { flush: true }),
  txt("Other._ipp._tcp.local", ["y"], { flush: true }),
  cname("nobody.local", "peer.local", { flush: true }),
  nsec("peer.local", [TYPE.A], { flush: true }),
];
const RIVAL = [
  a(HOST, "10.77.0.99", { flush: true }),
  srv(INSTANCE, "peer.local", 9, { flush: true }),
  txt(SECOND, ["rival"]),
];
const OURS = [PTR, SRV, TXT, V4, TYPE_PTR, ptr(SERVICE_TYPE, SECOND)];

/** A host with two services and some questions in random traffic; what it sends is judged packet by packet. */
class Storm {
  readonly link: CoreOnLink;
  readonly faults: string[] = [];
  readonly #random: Random;
  readonly #published = new Map<string, OwnRecord>();
  readonly #lastMulticast = new Map<string, number>();
  readonly #lastProbed = new Map<string, number>();
  readonly #claims: { id: number; records: readonly OwnRecord[] }[] = [];
  readonly #asks: number[] = [];

  constructor(seed: number) {
    this.#random = seeded("storm", seed);
    this.link = new CoreOnLink({ families: ["ipv4", "ipv6"], random: seeded("core", seed), unicast: seed % 3 !== 0 });
    this.link.onSent = (sent) => this.#judge(sent);
    for (const records of [seed % 2 === 0 ? HOST_CLAIM : DUAL_HOST_CLAIM, SERVICE_CLAIM, SECOND_CLAIM])
      this.#publish(records);
  }

  run(steps: number): void {
    for (let step = 0; step < steps; step++) {
      this.#act();
      this.link.run(this.#random() ** 3 * 800);
    }
  }

  #publish(records: readonly OwnRecord[]): void {
    for (const entry of records) this.#published.set(recordKey(entry.record), entry);
    this.#claims.push({ id: this.link.register(records), records });
  }

  #act(): void {
    const random = this.#random;
    const dice = random();
    if (dice < 0.45) this.#query();
    else if (dice < 0.8) this.#respond();
    else if (dice < 0.86) this.#asks.push(this.link.ask(this.#question()));
    else if (dice < 0.9) this.link.stop(this.#asks.splice(Math.floor(random() * this.#asks.length), 1)[0] ?? 0);
    else if (dice < 0.93) this.link.reconfirm(pick(random, FOREIGN));
    else if (dice < 0.94) this.link.restart();
    else if (dice < 0.98) this.#update();
    else this.#restartClaim();
  }

  #update(): void {
    const claim = pick(this.#random, this.#claims);
    const records = claim.records.map(({ record, ownership }) => {
      const changed = record.type === TYPE.TXT ? txt(record.name, [`${Math.floor(this.#random() * 4)}`]) : record;
      for (const family of ["ipv4", "ipv6"]) {
        if (changed !== record) this.#lastMulticast.delete(`${family} ${recordKey(changed)}`);
      }
      return { record: changed, ownership };
    });
    for (const entry of records) this.#published.set(recordKey(entry.record), entry);
    claim.records = records;
    this.link.update(claim.id, records);
  }

  #restartClaim(): void {
    const [claim] = this.#claims.splice(Math.floor(this.#random() * this.#claims.length), 1);
    if (claim === undefined) return;
    this.link.withdraw(claim.id).run(this.#random() * 3_000);
    this.#publish(claim.records);
  }

  #question(): Question {
    return question(pick(this.#random, NAMES), pick(this.#random, TYPES), { unicast: this.#random() < 0.3 });
  }

  #peer(): PeerOptions {
    const random = this.#random;
    const port = random() < 0.15 ? 40_000 : 5_353;
    const to = random() < 0.1 ? "host" : "group";
    return {
      peer: 2 + Math.floor(random() * 3),
      port,
      to,
      family: random() < 0.5 ? "ipv4" : "ipv6",
      onLink: random() < 0.95,
    };
  }

  #query(): void {
    const random = this.#random;
    const questions = Array.from({ length: random() < 0.7 ? 1 : 3 }, () => this.#question());
    const answers =
      random() < 0.3 ? [{ ...pick(random, OURS), ttl: pick(random, [10, 59, 60, 120, 2_249, 4_500]) }] : [];
    const authorities = random() < 0.15 ? [pick(random, [...RIVAL, V4, SRV])] : [];
    for (const { name } of authorities) {
      questions.push({ ...question(name, TYPE.ANY), unicast: random() < 0.5 });
      this.#lastProbed.set(name.key, this.link.now);
    }
    this.link.query(questions, { answers, authorities, truncated: random() < 0.1 }, this.#peer());
  }

  #respond(): void {
    const random = this.#random;
    const records = Array.from({ length: 1 + Math.floor(random() * 3) }, (): ResourceRecord => {
      const dice = random();
      const record = pick(random, dice < 0.03 ? RIVAL : dice < 0.3 ? OURS : FOREIGN);
      return { ...record, ttl: pick(random, [0, 1, 3, 60, 120, 4_500]) };
    });
    this.link.respond(records, { additionals: random() < 0.3 ? [pick(random, FOREIGN)] : [] }, this.#peer());
  }

  #judge({ at, to, family, bytes, message }: Sent): void {
    const fault = (text: string): number => this.faults.push(`${at.toFixed(1)} ${to} ${family}: ${text}`);
    const records = [...message.answers, ...message.authorities, ...message.additionals];
    if (bytes.length > (family === "ipv4" ? 1_472 : 1_452)) fault(`${bytes.length} bytes`);
    if (new Set(records.map(recordKey)).size !== records.length) fault(`twice the same: ${records.map(brief)}`);
    if (!message.response) {
      if (bytes[2] !== 0 && bytes[2] !== 2) fault(`flags ${bytes[2]}`);
      if (to !== "group") fault("a query by unicast");
      if (records.some(({ flush }) => flush)) fault("a flush bit in a query");
      if (message.questions.length === 0 && message.answers.length === 0) fault("an empty query");
      return;
    }
    const legacy = !to.endsWith(":5353") && to !== "group";
    if (records.length === 0 || message.authorities.length > 0) fault("empty, or with authority records");
    if (message.answers.length === 0) fault("no answers");
    if (!legacy && message.questions.length > 0) fault("a question in a response");
    for (const record of records) this.#judgeRecord(record, records, { at, to, family, legacy }, fault);
  }

  #judgeRecord(
    record: ResourceRecord,
    together: readonly ResourceRecord[],
    { at, to, family, legacy }: { at: number; to: string; family: string; legacy: boolean },
    fault: (text: string) => number,
  ): void {
    const published = this.#published.get(recordKey(record));
    if (record.data.kind === "nsec") {
      const { types } = record.data;
      const denied = together.filter(
        ({ name, type }) => name.equals(record.name) && type !== TYPE.NSEC && !types.includes(type),
      );
      if (denied.length > 0) fault(`denies what it gives: ${brief(record)}`);
    } else if (published === undefined) {
      fault(`not ours: ${brief(record)}`);
    } else {
      if (record.flush !== (published.ownership !== "shared" && !legacy)) fault(`flush bit: ${brief(record)}`);
      const full = legacy ? Math.min(10, published.record.ttl) : published.record.ttl;
      if (record.ttl !== full && record.ttl !== 0) fault(`TTL ${record.ttl}: ${brief(record)}`);
    }
    if (to !== "group") return;
    const key = `${family} ${recordKey(record)}`;
    if (record.ttl === 0) {
      this.#lastMulticast.delete(key);
      return;
    }
    const since = at - (this.#lastMulticast.get(key) ?? Number.NEGATIVE_INFINITY);
    const probed = this.link.now - (this.#lastProbed.get(record.name.key) ?? Number.NEGATIVE_INFINITY) <= 250;
    if (since < (probed ? 250 : 1_000) - 0.001) fault(`again after ${since.toFixed(1)} ms: ${brief(record)}`);
    this.#lastMulticast.set(key, at);
  }
}

const SEEDS = Array.from({ length: 20 }, (_, index) => index);

describe("a minute or two of random traffic", () => {
  test("every packet sent keeps to the rules (A-02, A-30, A-45, A-46, A-54, P-08, P-57, W-17, W-36)", () => {
    for (const seed of SEEDS) {
      const storm = new Storm(seed);
      storm.run(300);
      expect({ seed, faults: storm.faults.slice(0, 5) }).toEqual({ seed, faults: [] });
      expect(storm.link.sent.length).toBeGreaterThan(100);
    }
  });

  test("what askers are told is consistent, and agrees with what is held at the end (H-13, C-01, C-06)", () => {
    const legal = {
      added: "removed",
      outdated: "added renewed",
      renewed: "outdated",
      removed: "added outdated renewed",
      absent: "",
    };
    for (const seed of SEEDS) {
      const storm = new Storm(seed);
      const { link } = storm;
      const questions = [
        question(SERVICE_TYPE, TYPE.PTR),
        question("peer.local", TYPE.A),
        question(INSTANCE, TYPE.SRV),
      ];
      const asks = questions.map((asked) => link.ask(asked));
      storm.run(300);
      for (const [index, ask] of asks.entries()) {
        const states = new Map<string, string>();
        for (const { at, change, record } of link.told.filter((told) => told.ask === ask && told.change !== "absent")) {
          const before = states.get(record) ?? "removed";
          if (!legal[change].split(" ").includes(before))
            expect.fail(`seed ${seed}, ${at}: ${before}, then ${change}: ${record}`);
          states.set(record, change);
        }
        const believed = [...states].filter(([, state]) => state !== "removed").map(([record]) => record);
        const held = link.core.known(questions[index] as Question, link.now).map(({ record }) => brief(record));
        expect({ seed, records: believed.sort() }).toEqual({ seed, records: held.sort() });
      }
    }
  });
});
