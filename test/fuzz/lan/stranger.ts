import type { Family } from "../../../src/mdns/core/datagram.ts";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { rrsetKey } from "../../../src/mdns/wire/record-key.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { describeQuestion } from "../../sim/describe-message.ts";
import { type Frame, MDNS_PORT } from "../../sim/frame.ts";
import type { RawPeer } from "../../sim/raw-peer.ts";
import type { Segment } from "../../sim/segment.ts";
import type { SimLan } from "../../sim/sim-lan.ts";
import { identity, type Model } from "./model.ts";

export type Manner = "multicast" | "unicast" | "legacy" | "truncated";

const RECENT = 1_000; // ms in which a record is not multicast again, RFC 6762 §6
const WITHIN = { multicast: 250, unicast: 700, legacy: 250, truncated: 900 } as const; // RFC 6762 §6, §6.7, §7.2
const LEGACY_PORT = 40_000;

/** Hosts with no responder, each of which asks once: it must be told all that it does not know. RFC 6762 §6, §7.1 */
export class Stranger {
  readonly #lan: SimLan;
  readonly #model: Model;
  readonly #segment: Segment;
  /** Hears what is said to all. */
  readonly #ear: RawPeer;
  readonly #family: Family;

  constructor(lan: SimLan, segment: Segment, model: Model, family: Family) {
    this.#lan = lan;
    this.#model = model;
    this.#family = family;
    this.#segment = segment;
    this.#ear = lan.peer("ear", segment);
  }

  /** @param knows - which of the answers it lists as known, by their place. @param isClean - whether nothing is lost */
  ask(question: Question, manner: Manner, knows: (place: number) => boolean, isClean: () => boolean): void {
    const { clock } = this.#lan;
    const start = clock.now();
    const family = this.#family;
    const peer = this.#lan.peer("stranger", this.#segment); // known answers of one host would count for all it asks
    const answers = this.#answers(question);
    const known = manner === "legacy" ? [] : answers.map(({ record }) => record).filter((_, place) => knows(place));
    const listed = new Set(known.map(identity));
    const questions = [{ ...question, unicast: manner === "unicast" }];
    if (manner === "truncated") {
      peer.send({ questions, truncated: true }, { family });
      if (known.length > 0) clock.at(start + 100, () => peer.send({ answers: known }, { family }));
    } else if (manner === "legacy") peer.send({ id: 7, questions }, { family, port: LEGACY_PORT });
    else peer.send({ questions, answers: known }, { family });
    const recent = this.#setsSince(start - RECENT);
    const isHeld = ({ record }: { readonly record: ResourceRecord }): boolean => recent.has(rrsetKey(record));
    const check = (expected: typeof answers): void => {
      if (!isClean()) return;
      const told = this.#toldSince(peer, start, manner);
      for (const { claimed, revision, record } of expected) {
        if (claimed.revision !== revision || !this.#model.claims.includes(claimed)) continue;
        const key = identity(record);
        if (listed.has(key) || told.has(key)) continue;
        this.#lan.violate(`${manner} question at ${start}, ${describeQuestion(question)}: not told of ${key}`);
      }
    };
    clock.at(start + WITHIN[manner], () => check(answers.filter((answer) => !isHeld(answer))));
    clock.at(start + RECENT + WITHIN[manner], () => check(answers.filter(isHeld)));
  }

  /** Sets of which a record was multicast: a new one of theirs goes with the whole set, which waits for its second. */
  #setsSince(time: number): ReadonlySet<string> {
    const heard = this.#ear.heard.filter((packet) => packet.time >= time);
    return new Set(heard.flatMap(({ message }) => (message?.response ? message.answers.map(rrsetKey) : [])));
  }

  /** What hosts must answer, unless their programs change it meanwhile. */
  #answers({ name, type }: Question) {
    const isSought = ({ record }: OwnRecord): boolean =>
      record.name.equals(name) && (type === TYPE.ANY || [type, TYPE.CNAME].includes(record.type));
    const claims = this.#model.claims.filter(({ held }) => held?.news === "announced");
    return claims.flatMap((claimed) =>
      claimed.records.filter(isSought).map(({ record }) => ({ claimed, revision: claimed.revision, record })),
    );
  }

  #toldSince(peer: RawPeer, start: number, manner: Manner): ReadonlySet<string> {
    const counts = (frame: Frame, time: number): boolean => {
      const { destination, source } = frame;
      if (source.family !== this.#family) return false;
      if (manner === "legacy") return destination !== "group" && destination.port !== MDNS_PORT && time >= start;
      return time >= start - RECENT;
    };
    const heard = [...this.#ear.heard, ...peer.heard].filter(({ frame, time }) => counts(frame, time));
    return new Set(
      heard.flatMap(({ message }) =>
        message?.response
          ? [...message.answers, ...message.additionals].filter(({ ttl }) => ttl > 0).map(identity)
          : [],
      ),
    );
  }
}
