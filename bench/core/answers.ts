// npx tsx bench/core/answers.ts
// What a core spends on a question for an SRV record of ours, with 1 and with 1,000 services, in one run, interleaved.
import { Core } from "../../src/mdns/core/core.ts";
import { HostState } from "../../src/mdns/core/host-state.ts";
import type { OwnRecord } from "../../src/mdns/core/own-record.ts";
import { encodeMessage } from "../../src/mdns/wire/encode.ts";
import { Name } from "../../src/mdns/wire/name.ts";
import { CLASS } from "../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../src/mdns/wire/record-type.ts";
import { report, table } from "../results.ts";
import { median, pairedRatio } from "../statistics.ts";

const SERVICES = [1, 1_000] as const;
const KINDS = { legacy: "direct, from another port", qu: "QU to the group" } as const;
const ROUNDS = 15;
const QUESTIONS = 4_000; // a round, below what one source gets answered in a second
const TYPE_NAME = Name.parse("_http._tcp.local");
const HOST = Name.parse("host1.local");

type Kind = keyof typeof KINDS;

const instance = (index: number): Name => TYPE_NAME.child(`Service ${index + 1}`);

function service(index: number): OwnRecord[] {
  const name = instance(index);
  const base = { class: CLASS.IN, flush: false };
  return [
    {
      ownership: "shared",
      record: { ...base, name: TYPE_NAME, type: TYPE.PTR, ttl: 4_500, data: { kind: "name", target: name } },
    },
    {
      ownership: "unique",
      record: {
        ...base,
        name,
        type: TYPE.SRV,
        ttl: 120,
        data: { kind: "srv", priority: 0, weight: 0, port: 80, target: HOST },
      },
    },
    { ownership: "unique", record: { ...base, name, type: TYPE.TXT, ttl: 4_500, data: { kind: "txt", strings: [] } } },
  ];
}

function host(): OwnRecord[] {
  const data = { kind: "address", address: "10.77.0.1" } as const;
  return [{ ownership: "unique", record: { name: HOST, type: TYPE.A, class: CLASS.IN, flush: false, ttl: 120, data } }];
}

class Answering {
  readonly #core = new Core({ families: ["ipv4"], random: () => 0.5, host: new HostState(), unicast: true }, 0);
  readonly #services: number;
  #now = 0;

  constructor(services: number) {
    this.#services = services;
    for (const records of [host(), ...Array.from({ length: services }, (_, index) => service(index))]) {
      this.#core.register(records, this.#now);
    }
    while (this.#core.deadline !== undefined) {
      this.#now = this.#core.deadline;
      this.#core.advance(this.#now);
    }
    this.#core.takeOutputs();
  }

  /** Microseconds of CPU an answer. */
  cost(kind: Kind): number {
    this.#now += 1_000;
    const packets = Array.from({ length: this.#services }, (_, index) => question(kind, index));
    const source = { family: "ipv4", address: "10.77.0.2", port: kind === "legacy" ? 40_000 : 5_353 } as const;
    const to = kind === "legacy" ? "host" : "group";
    let answers = 0;
    const start = process.cpuUsage();
    for (let asked = 0; asked < QUESTIONS; asked++) {
      const bytes = packets[asked % packets.length] as Uint8Array;
      this.#core.receive({ bytes, source, to, onLink: true, fromThisHost: false }, this.#now);
      answers += this.#core.takeOutputs().length;
    }
    const { user, system } = process.cpuUsage(start);
    if (answers !== QUESTIONS) throw new Error(`${answers} answers to ${QUESTIONS} questions`);
    return (user + system) / QUESTIONS;
  }
}

function question(kind: Kind, index: number): Uint8Array {
  const asked = { name: instance(index), type: TYPE.SRV, class: CLASS.IN, unicast: kind === "qu" };
  return encodeMessage({ id: kind === "legacy" ? 1 + index : 0, questions: [asked] });
}

const cores = SERVICES.map((services) => new Answering(services));
const rows = (Object.keys(KINDS) as Kind[]).flatMap((kind) => {
  const costs: number[][] = SERVICES.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, core] of cores.entries()) costs[index]?.push(core.cost(kind));
  }
  return SERVICES.map((services, index) => {
    const own = costs[index] ?? [];
    return [KINDS[kind], String(services), median(own).toFixed(2), pairedRatio(own, costs[0] ?? []).toFixed(2)];
  });
});
report("Responder: an answer of the core alone", "npx tsx bench/core/answers.ts", [
  `From the bytes of a question for an SRV record to the bytes of the answer, without sockets; ${QUESTIONS} questions a round, median of`,
  `${ROUNDS} rounds in which both take turns.`,
  "",
  ...table(["question", "services", "µs of CPU an answer", "ratio to one service"], rows),
]);
