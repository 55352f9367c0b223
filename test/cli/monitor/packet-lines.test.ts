import { expect, test } from "vitest";
import { History } from "../../../src/cli/monitor/lint/history.ts";
import { lint } from "../../../src/cli/monitor/lint/lint.ts";
import type { Packet } from "../../../src/cli/monitor/packet.ts";
import { packetJson } from "../../../src/cli/monitor/packet-json.ts";
import { packetLines } from "../../../src/cli/monitor/packet-lines.ts";
import { PLAIN } from "../../../src/cli/paint.ts";
import { TYPE } from "../../../src/mdns/wire/index.ts";
import { a, nsec, packet, packetOf, ptr, question, srv, txt } from "./packet-fixture.ts";

const at = new Date(2026, 0, 1, 12, 0, 0, 250).getTime();
const INSTANCE = "Office Printer._ipp._tcp.local";

function lines(seen: Packet, { tree = false } = {}): string[] {
  return packetLines(seen, lint(seen, new History()), { paint: PLAIN, tree });
}

const probe = packet(
  {
    questions: [question(INSTANCE, TYPE.ANY, true)],
    authorities: [srv(INSTANCE, "peer.local", { flush: false }), txt(INSTANCE, ["rp=a"], { flush: false })],
  },
  { at },
);
const answer = packet(
  {
    response: true,
    answers: [ptr("_ipp._tcp.local", INSTANCE)],
    additionals: [
      srv(INSTANCE, "peer.local"),
      txt(INSTANCE, ["rp=a", "\xff"]),
      a("peer.local"),
      nsec("peer.local", [1]),
    ],
  },
  { at },
);
const legacy = packet(
  { id: 7, questions: [question("peer.local", TYPE.A)] },
  { at, sourcePort: 40_000, destination: undefined, ttl: undefined },
);
const bad = packet(
  {
    response: true,
    answers: ["a", "b", "c", "d"].map((name) => ptr("_http._tcp.local", `${name}.local`, { flush: true })),
  },
  { at, source: "fe80::1", interface: undefined },
);

test("one line a packet, and below it a line for each rule that it breaks", () => {
  expect(
    [probe, answer, legacy, bad, packetOf(Uint8Array.of(1), { at })].flatMap((seen) => lines(seen)),
  ).toMatchInlineSnapshot(`
    [
      "12:00:00.250 e0     10.77.1.2       probe         ANY? Office Printer._ipp._tcp.local (QU); SRV Office Printer._ipp._tcp.local and 1 more",
      "12:00:00.250 e0     10.77.1.2       response      PTR Office Printer._ipp._tcp.local; and 4 more",
      "    ! RFC 6763 §6.4: a TXT string without a key, or with one that is not printable ASCII: TXT Office Printer._ipp._tcp.local",
      "12:00:00.250 e0     10.77.1.2#40000 legacy query  A? peer.local",
      "12:00:00.250 -      fe80::1         response      PTR a.local, PTR b.local, PTR c.local, PTR d.local",
      "    ! RFC 6762 §10.2: the cache-flush bit on a shared record: PTR _http._tcp.local and 3 more",
      "12:00:00.250 e0     10.77.1.2       unreadable    1 bytes",
      "    ! RFC 1035 §4.1: the message cannot be read: A message has at least 12 bytes, not 1",
    ]
  `);
});

test("as a tree each question and record has a line", () => {
  expect([probe, answer, legacy].flatMap((seen) => lines(seen, { tree: true }))).toMatchInlineSnapshot(`
    [
      "12:00:00.250 e0     10.77.1.2       probe         ANY? Office Printer._ipp._tcp.local (QU); SRV Office Printer._ipp._tcp.local and 1 more",
      "    90 bytes, 10.77.1.2#5353 to 224.0.0.251#5353, TTL 255, ID 0",
      "    question   ANY? Office Printer._ipp._tcp.local (QU)",
      "    authority  SRV Office Printer._ipp._tcp.local 120 s 0 0 631 peer.local",
      "               TXT Office Printer._ipp._tcp.local 4500 s "rp=a"",
      "12:00:00.250 e0     10.77.1.2       response      PTR Office Printer._ipp._tcp.local; and 4 more",
      "    133 bytes, 10.77.1.2#5353 to 224.0.0.251#5353, TTL 255, ID 0, QR, AA",
      "    answer     PTR _ipp._tcp.local 4500 s Office Printer._ipp._tcp.local",
      "    additional SRV Office Printer._ipp._tcp.local 120 s flush 0 0 631 peer.local",
      "               TXT Office Printer._ipp._tcp.local 4500 s flush "rp=a" 0xff",
      "               A peer.local 120 s flush 10.77.1.2",
      "               NSEC peer.local 120 s flush A",
      "    ! RFC 6763 §6.4: a TXT string without a key, or with one that is not printable ASCII: TXT Office Printer._ipp._tcp.local",
      "12:00:00.250 e0     10.77.1.2#40000 legacy query  A? peer.local",
      "    28 bytes, 10.77.1.2#40000 to the group#5353, TTL —, ID 7",
      "    question   A? peer.local",
    ]
  `);
});

test("what comes from the network can do nothing to a terminal", () => {
  const evil = "\u001b]0;x\u0007\u202e\u009b2J";
  const seen = packet(
    {
      response: true,
      answers: [ptr(`${evil}.local`, `${evil}.local`), txt(`${evil}._x._tcp.local`, [`=${evil}`]), a(`${evil}.local`)],
    },
    { at, interface: evil },
  );
  const shown = [...lines(seen), ...lines(seen, { tree: true })].join("");
  expect(shown).toContain("\\u{202e}");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
});

test("JSON has all that the packet holds, text and bytes", () => {
  expect(packetJson(answer, lint(answer, new History()))).toMatchObject({
    event: "packet",
    time: new Date(at).toISOString(),
    interface: "e0",
    source: "10.77.1.2",
    sourcePort: 5353,
    destination: "224.0.0.251",
    destinationPort: 5353,
    ttl: 255,
    kind: "response",
    id: 0,
    flags: ["QR", "AA"],
    questions: [],
    answers: [{ name: "_ipp._tcp.local", type: "PTR", class: 1, flush: false, ttl: 4_500, data: INSTANCE }],
    additionals: [
      { type: "SRV" },
      { type: "TXT", rdata: Buffer.from("\x04rp=a\x01\xff", "latin1").toString("base64") },
      {},
      {},
    ],
  });
});

test("JSON of a packet that cannot be read has its bytes", () => {
  const seen = packetOf(Uint8Array.of(1, 2), { at: Number.MAX_VALUE });
  expect(packetJson(seen, lint(seen, new History()))).toMatchObject({
    time: undefined,
    kind: "unreadable",
    raw: "AQI=",
    findings: [{ section: "RFC 1035 §4.1", level: "must" }],
  });
});
