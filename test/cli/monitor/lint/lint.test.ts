import { describe, expect, test } from "vitest";
import { History } from "../../../../src/cli/monitor/lint/history.ts";
import { lint, RULES } from "../../../../src/cli/monitor/lint/lint.ts";
import type { Packet } from "../../../../src/cli/monitor/packet.ts";
import { encodeMessage, Name, TYPE } from "../../../../src/mdns/wire/index.ts";
import { a, nsec, packet, packetOf, ptr, question, record, srv, txt } from "../packet-fixture.ts";

const TYPE_NAME = "_ipp._tcp.local";
const INSTANCE = "Office Printer._ipp._tcp.local";
const SERVICE = [ptr(TYPE_NAME, INSTANCE)];
const RECORDS = [srv(INSTANCE, "peer.local"), txt(INSTANCE, ["rp=a"]), a("peer.local"), nsec("peer.local", [TYPE.A])];
const LEGACY_QUERY = { sourcePort: 40_000, ttl: 64 };
const LEGACY_REPLY = { destination: "10.77.1.3", destinationPort: 40_000 };
const LEGACY_A = a("peer.local", "10.77.1.2", { ttl: 10, flush: false });

/** What the packets break, the last one judged in the light of the others. */
function broken(...packets: readonly Packet[]): string[] {
  const history = new History();
  return (
    packets
      .map((one) => lint(one, history))
      .at(-1)
      ?.map(({ rule, blame }) => `${rule.section}: ${rule.title}: ${blame}`) ?? []
  );
}

const response = (answers: Parameters<typeof packet>[0]["answers"], seen: Parameters<typeof packet>[1] = {}) =>
  packet({ response: true, answers: answers ?? [] }, seen);
const probe = (at: number) =>
  packet(
    {
      questions: [question("peer.local", TYPE.ANY, true)],
      authorities: [a("peer.local", "10.77.1.2", { flush: false })],
    },
    { at },
  );

describe("packets as they should be break no rule", () => {
  test.each([
    ["a query", [packet({ questions: [question(TYPE_NAME)] })]],
    [
      "a query with known answers",
      [
        response(SERVICE),
        packet(
          { questions: [question(TYPE_NAME)], answers: [ptr(TYPE_NAME, INSTANCE, { ttl: 2_250 })] },
          { at: 2_000 },
        ),
      ],
    ],
    ["a response", [packet({ response: true, answers: SERVICE, additionals: RECORDS })]],
    ["three probes", [probe(0), probe(250), probe(500)]],
    ["an announcement twice", [response(RECORDS), response(RECORDS, { at: 1_000 })]],
    ["a goodbye just after", [response(SERVICE), response([ptr(TYPE_NAME, INSTANCE, { ttl: 0 })], { at: 100 })]],
    ["a defence against a probe", [response([a("peer.local")]), probe(300), response([a("peer.local")], { at: 310 })]],
    [
      "the same question of two hosts",
      [
        packet({ questions: [question(TYPE_NAME)] }),
        packet({ questions: [question(TYPE_NAME)] }, { at: 100, source: "10.77.1.3" }),
      ],
    ],
    [
      "a legacy query with all that resolvers set",
      [
        packet(
          { id: 7, recursionDesired: true, authenticData: true, questions: [question("peer.local", TYPE.A)] },
          LEGACY_QUERY,
        ),
      ],
    ],
    [
      "a legacy reply",
      [
        packet(
          {
            id: 7,
            response: true,
            recursionDesired: true,
            questions: [question("peer.local", TYPE.A)],
            answers: [LEGACY_A, srv(INSTANCE, "peer.local", { ttl: 10, flush: false })],
          },
          LEGACY_REPLY,
        ),
      ],
    ],
    ["reverse mapping", [response([ptr("2.1.77.10.in-addr.arpa", "peer.local", { ttl: 120, flush: true })])]],
  ])("%s", (_, packets) => {
    expect(broken(...packets)).toEqual([]);
  });
});

const uncompressed = Buffer.concat([
  encodeMessage({ response: true, answers: [a("peer.local")], additionals: [] }),
  encodeMessage({ response: true, answers: [a("peer.local", "10.77.1.3")] }).subarray(12),
]);
uncompressed[7] = 2;

const latin1 = Name.of([Uint8Array.of(0xe9), "local"]);
const decomposed = Name.of([Buffer.from("e\u0301"), "local"]);
const marked = Name.of([Buffer.from("\ufeffpeer"), "local"]);

const cases: readonly (readonly [expected: string, ...packets: readonly Packet[]])[] = [
  [
    "RFC 1035 §4.1: part of the message cannot be read: 1 records or strings",
    packetOf(encodeMessage({ response: true, answers: [a("x.local"), a("peer.local")] }).subarray(0, -1)),
  ],
  ["RFC 6762 §18.1: a query with an ID that is not 0: ID 7", packet({ id: 7, questions: [question(TYPE_NAME)] })],
  ["RFC 6762 §18.1: a response with an ID that is not 0: ID 7", packet({ id: 7, response: true, answers: SERVICE })],
  ["RFC 6762 §18.3: an opcode that is not 0: opcode 4", packet({ opcode: 4, questions: [question(TYPE_NAME)] })],
  [
    "RFC 6762 §18.4: the wrong AA bit: set in a query",
    packet({ authoritative: true, questions: [question(TYPE_NAME)] }),
  ],
  [
    "RFC 6762 §18.4: the wrong AA bit: clear in a response",
    packet({ response: true, authoritative: false, answers: SERVICE }),
  ],
  [
    "RFC 6762 §18.5: a response with the TC bit: 56 bytes",
    packet({ response: true, truncated: true, answers: SERVICE }),
  ],
  ["RFC 6762 §18.6: the RD bit set: query", packet({ recursionDesired: true, questions: [question(TYPE_NAME)] })],
  [
    "RFC 6762 §18.7-18.10: header bits set that are always 0: RA, AD",
    packet({ recursionAvailable: true, authenticData: true, questions: [question(TYPE_NAME)] }),
  ],
  ["RFC 6762 §18.11: a response code that is not 0: rcode 3", packet({ response: true, rcode: 3, answers: SERVICE })],
  ["RFC 6762 §18.14: names that are not compressed: 10 of 64 bytes could be saved", packetOf(uncompressed)],
  [
    "RFC 6762 §6: a response with questions: PTR? _ipp._tcp.local",
    packet({ response: true, questions: [question(TYPE_NAME)], answers: SERVICE }),
  ],
  ["RFC 6762 §6: a response without answers: no record", packet({ response: true })],
  ["RFC 6762 §6: a response from another port than 5353: port 40000", response(SERVICE, { sourcePort: 40_000 })],
  [
    "RFC 6762 §6.7: a legacy reply that does not repeat the question: no question",
    packet({ response: true, answers: [LEGACY_A] }, LEGACY_REPLY),
  ],
  ["RFC 6762 §11: a response with an IP TTL that is not 255: TTL 64", response(SERVICE, { ttl: 64 })],
  [
    "RFC 6762 §3: a question for a name that is not the link's: A? example.com",
    packet({ questions: [question("example.com", TYPE.A)] }),
  ],
  [
    "RFC 6762 §8.1: a probe that does not ask for ANY: SRV? Office Printer._ipp._tcp.local",
    packet({ questions: [question(INSTANCE, TYPE.SRV)], authorities: [srv(INSTANCE, "peer.local", { flush: false })] }),
  ],
  [
    "RFC 6762 §5.2: a question again within a second: PTR? _ipp._tcp.local, after 400 ms",
    packet({ questions: [question(TYPE_NAME)] }),
    packet({ questions: [question(TYPE_NAME)] }, { at: 400 }),
  ],
  ["RFC 6762 §8.1: a probe again within 250 ms: ANY? peer.local, after 100 ms", probe(0), probe(100)],
  [
    "RFC 6762 §10: a TTL other than recommended: A peer.local, 60 s instead of 120 s",
    response([a("peer.local", "10.77.1.2", { ttl: 60 })]),
  ],
  [
    "RFC 2181 §8: a TTL of more than 31 bits: A peer.local",
    packet({
      questions: [question("peer.local", TYPE.A)],
      answers: [a("peer.local", "10.77.1.2", { ttl: 2 ** 31, flush: false })],
    }),
  ],
  ["RFC 2181 §5: a record twice in one message: A PEER.local", response([a("peer.local"), a("PEER.local")])],
  [
    "RFC 6762 §10.2: the cache-flush bit on a shared record: PTR _ipp._tcp.local",
    response([ptr(TYPE_NAME, INSTANCE, { flush: true })]),
  ],
  [
    "RFC 6762 §10.2: no cache-flush bit on a unique record: A peer.local and 1 more",
    response([a("peer.local", "10.77.1.2", { flush: false }), a("peer.local", "10.77.1.3", { flush: false })]),
  ],
  [
    "RFC 6762 §10.2: the cache-flush bit in a query or a legacy reply: A peer.local",
    packet({ questions: [question("peer.local", TYPE.A)], answers: [a("peer.local")] }),
  ],
  [
    "RFC 6762 §6.7: a TTL of more than 10 s in a legacy reply: A peer.local",
    packet(
      {
        response: true,
        questions: [question("peer.local", TYPE.A)],
        answers: [a("peer.local", "10.77.1.2", { flush: false })],
      },
      LEGACY_REPLY,
    ),
  ],
  [
    "RFC 6762 §7.1: a known answer that is past half of its life: PTR _ipp._tcp.local",
    response(SERVICE),
    packet(
      { questions: [question(TYPE_NAME)], answers: [ptr(TYPE_NAME, INSTANCE, { ttl: 2_000 })] },
      { at: 2_500_000 },
    ),
  ],
  [
    "RFC 6762 §6: a record again within a second: PTR _ipp._tcp.local, after 500 ms",
    response(SERVICE),
    response(SERVICE, { at: 500 }),
  ],
  [
    "RFC 6762 §6: a record again within a second: A peer.local, after 120 ms",
    response([a("peer.local")]),
    probe(100),
    response([a("peer.local")], { at: 120 }),
  ],
  ["RFC 6762 §16: a name that is not UTF-8: \\233.local", packet({ questions: [{ ...question("x"), name: latin1 }] })],
  [
    "RFC 6762 §16: a name that is not in Unicode's composed form (NFC): e\\204\\129.local",
    response([{ ...a("x"), name: decomposed }]),
  ],
  [
    "RFC 6762 §16: a name with a byte order mark: \ufeffpeer.local",
    response([{ ...ptr(TYPE_NAME, "x.local"), data: { kind: "name", target: marked } }]),
  ],
  [
    "RFC 6763 §7.2: a service name of more than 15 characters: _sixteen-letters-._tcp.local",
    packet({ questions: [question("_sixteen-letters-._tcp.local")] }),
  ],
  [
    "RFC 6762 §6.1: an NSEC whose next name is not its own: NSEC peer.local",
    response([nsec("peer.local", [TYPE.A], "other.local")]),
  ],
  [
    "RFC 6762 §6.1: an NSEC with types above 255 or with its own type: NSEC peer.local and 1 more",
    response([nsec("peer.local", [TYPE.A, TYPE.NSEC]), nsec("peer.local", [257])]),
  ],
  ["RFC 6763 §6.1: a TXT without a single string: TXT Office Printer._ipp._tcp.local", packetOf(emptyTxt())],
  [
    "RFC 6763 §6.2: a TXT of more than 1,300 bytes: TXT Office Printer._ipp._tcp.local",
    response([
      txt(
        INSTANCE,
        Array.from({ length: 7 }, (_, index) => `${index}=${"x".repeat(200)}`),
      ),
    ]),
  ],
  [
    "RFC 6763 §6.4: a TXT string without a key, or with one that is not printable ASCII: TXT Office Printer._ipp._tcp.local",
    response([txt(INSTANCE, ["=x"])]),
  ],
  [
    "RFC 6763 §6.4: a TXT with a key twice: TXT Office Printer._ipp._tcp.local",
    response([txt(INSTANCE, ["a=1", "A"])]),
  ],
  ["RFC 6762 §17: a packet of more than 9,000 bytes: 9001 bytes", response(SERVICE, { ipSize: 9_001 })],
  [
    "RFC 6762 §17: several records in a packet larger than Ethernet takes: 4 records in 1501 bytes",
    response(RECORDS, { ipSize: 1_501 }),
  ],
  [
    "RFC 1035 §4.1: the message cannot be read: A message has at least 12 bytes, not 3",
    packetOf(Uint8Array.of(1, 2, 3)),
  ],
];

/** A TXT record without rdata, which our own encoder does not write. */
function emptyTxt(): Uint8Array {
  const bytes = encodeMessage({ response: true, answers: [txt(INSTANCE, [])] });
  const whole = bytes.subarray(0, -1);
  whole[whole.length - 1] = 0;
  return whole;
}

describe("each rule finds the packet that breaks it", () => {
  test.each(cases.map(([expected, ...packets]) => ({ expected, packets })))("$expected", ({ expected, packets }) => {
    expect(broken(...packets)).toEqual([expected]);
  });

  test("there is a case for every rule", () => {
    const covered = (title: string) => cases.some(([expected]) => expected.includes(`: ${title}: `));
    expect(RULES.map(({ title }) => title).filter((title) => !covered(title))).toEqual([]);
  });

  test("a rule that several sections have is there once for each", () => {
    const names = RULES.map(({ section, title }) => `${section} ${title}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

test("where the time is unknown nothing is called too early", () => {
  const untimed = { at: undefined };
  expect(broken(response(SERVICE, untimed), response(SERVICE, untimed))).toEqual([]);
});

test("records of types without a rule of their own are judged by what holds for all", () => {
  const unknown = record("peer.local", 999, { kind: "opaque", bytes: Uint8Array.of(1) }, { ttl: 4_500, flush: true });
  expect(broken(response([unknown]))).toEqual([]);
});
