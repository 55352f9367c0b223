import { expect, test } from "vitest";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { addressRecord, pointerRecord, probeFor, questionFor } from "../bare/records.ts";
import { SimLan } from "../sim-lan.ts";
import { watchIdleTraffic } from "./idle-traffic.ts";
import { watchInvariants } from "./invariants.ts";

/** A host that says what the test puts in its mouth. */
function puppet() {
  const lan = new SimLan({ seed: 1 });
  watchInvariants(lan);
  const segment = lan.segment();
  const port = lan.host("a", [segment]).interface("e0");
  const say = (message: Partial<Message>): void => {
    const source = { family: "ipv4", address: port.addresses[0]?.address ?? "", port: 5353 } as const;
    segment.transmit({ bytes: encodeMessage(message), source, destination: "group" }, port);
  };
  return { lan, say, port, peer: lan.peer("peer", segment) };
}

function text(name: string, bytes: number): ResourceRecord {
  const strings = Array.from({ length: Math.ceil(bytes / 255) }, () => new Uint8Array(255));
  return {
    name: Name.parse(name),
    type: TYPE.TXT,
    class: CLASS.IN,
    flush: true,
    ttl: 120,
    data: { kind: "txt", strings },
  };
}

const own = addressRecord("a.local", "10.77.0.1");

test.each<{ fault: string; message: Partial<Message> }>([
  { fault: "W-38", message: { response: true, answers: [text("a.local", 1_400), text("b.local", 200)] } },
  { fault: "W-39", message: { response: true, answers: [text("a.local", 9_000)] } },
  { fault: "W-02", message: { response: true, id: 7, answers: [own] } },
  { fault: "A-54", message: { response: true, answers: [own], additionals: [own] } },
  { fault: "A-02", message: { response: true } },
  { fault: "A-38", message: { response: true, questions: [questionFor("a.local", TYPE.A)], answers: [own] } },
])("a packet that breaks $fault is noticed", ({ fault, message }) => {
  const { lan, say } = puppet();
  say(message);
  expect(() => lan.run(1)).toThrow(fault);
});

test("a record alone may exceed the MTU (W-37)", () => {
  const { lan, say } = puppet();
  say({ response: true, answers: [text("a.local", 8_000)] });
  lan.run(1);
});

test("a record again within a second is noticed, after a second it is not (A-30)", () => {
  const { lan, say } = puppet();
  say({ response: true, answers: [own] });
  lan.run(1_000);
  say({ response: true, answers: [own] });
  lan.run(999);
  say({ response: true, answers: [own] });
  expect(() => lan.run(1)).toThrow("A-30");
});

test.each([
  { wait: 250, allowed: true },
  { wait: 249, allowed: false },
])("in defence against a probe a record may be repeated after $wait ms: $allowed (A-32)", ({ wait, allowed }) => {
  const { lan, say, peer } = puppet();
  say({ response: true, answers: [own] });
  lan.run(wait);
  peer.send(probeFor("a.local", "10.77.9.9"));
  lan.run(0);
  say({ response: true, answers: [own] });
  if (allowed) lan.run(0);
  else expect(() => lan.run(0)).toThrow("A-30");
});

test("goodbyes are free of the limit (P-52)", () => {
  const { lan, say } = puppet();
  say({ response: true, answers: [own] });
  lan.run(10);
  say({ response: true, answers: [{ ...own, ttl: 0 }] });
  lan.run(10);
});

test("a sixteenth attempt to get a name within 10 s is noticed (P-22)", () => {
  const { lan, say } = puppet();
  for (let attempt = 1; attempt <= 15; attempt++) {
    say(probeFor(`a-${attempt}.local`, "10.77.0.1"));
    lan.run(600);
  }
  say(probeFor("a-16.local", "10.77.0.1"));
  expect(() => lan.run(0)).toThrow("P-22");
});

test("an announcement at rest is noticed (P-31)", () => {
  const { lan, say } = puppet();
  watchIdleTraffic(lan, 5_000);
  lan.run(10_000);
  say({ response: true, answers: [own] });
  expect(() => lan.run(0)).toThrow("P-31");
});

test("queries that do not back off are noticed, refreshes near the end of a record are not (Q-03, Q-19)", () => {
  const { lan, say, peer } = puppet();
  watchIdleTraffic(lan, 0);
  const ask = { questions: [questionFor("_x._tcp.local", TYPE.PTR)] };
  for (const wait of [1_000, 2_000, 4_000]) {
    say(ask);
    lan.run(wait);
  }
  peer.send({ response: true, answers: [pointerRecord("_x._tcp.local", "s._x._tcp.local", 10)] });
  lan.run(8_100);
  say(ask);
  lan.run(3_000);
  say(ask);
  expect(() => lan.run(0)).toThrow("Q-03");
});

test("a part of its addresses with the flush bit is noticed, all of them in one moment's packets are not (A-44)", () => {
  const { lan, say, port } = puppet();
  const addresses = ["10.77.1.1", "10.77.1.2"] as const;
  port.setAddresses(addresses.map((address) => ({ family: "ipv4", address, prefixLength: 16 })));
  for (const address of addresses) say({ response: true, answers: [addressRecord("a.local", address)] });
  lan.run(1_000);
  say({ response: true, answers: [addressRecord("a.local", addresses[0])] });
  expect(() => lan.run(0)).toThrow("A-44");
});

test.each([
  { ttl: 4_500, wait: 999, allowed: false },
  { ttl: 4_500, wait: 1_000, allowed: true },
  { ttl: 10, wait: 249, allowed: false },
  { ttl: 10, wait: 250, allowed: true },
])(
  "a question again after $wait ms, of a record that lives $ttl s: $allowed (Q-02, Q-19)",
  ({ ttl, wait, allowed }) => {
    const { lan, say, peer } = puppet();
    const ask = { questions: [questionFor("_x._tcp.local", TYPE.PTR)] };
    peer.send({ response: true, answers: [pointerRecord("_x._tcp.local", "s._x._tcp.local", ttl)] });
    lan.run(0);
    say(ask);
    lan.run(wait);
    say(ask);
    if (allowed) lan.run(0);
    else expect(() => lan.run(0)).toThrow("Q-02");
  },
);
