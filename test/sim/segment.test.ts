import { expect, test } from "vitest";
import { Name } from "../../src/mdns/wire/name.ts";
import { CLASS } from "../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../src/mdns/wire/record-type.ts";
import { Bridge } from "./bridge.ts";
import type { Faults } from "./faults.ts";
import { Reflector } from "./reflector.ts";
import { SimLan } from "./sim-lan.ts";

function ask(label: string) {
  return {
    questions: [{ name: Name.parse(`${label}.local`), type: TYPE.A, class: CLASS.IN, unicast: false }],
  };
}

/** What a second peer hears, and when, of 1,000 messages sent 10 ms apart. */
function heardThrough(faults: Partial<Faults>, seed = 1) {
  const lan = new SimLan({ seed });
  const segment = lan.segment("lan", faults);
  const sender = lan.peer("sender", segment);
  const receiver = lan.peer("receiver", segment);
  for (let index = 0; index < 1_000; index++) {
    lan.clock.at(10 * index, () => sender.send({ ...ask("x"), id: index }));
  }
  lan.run(60_000);
  return receiver.heard.map(({ time, message }) => ({ time, id: message?.id ?? -1 }));
}

test("a segment without faults hands every frame to all but its sender at the same moment", () => {
  const lan = new SimLan({ seed: 1 });
  const segment = lan.segment("lan", { delay: 3 });
  const peers = ["a", "b", "c"].map((name) => lan.peer(name, segment));
  peers[0]?.send(ask("x"));
  lan.run(10);
  expect(peers.map(({ transcript }) => transcript)).toEqual([[], ["3 query | x.local A?"], ["3 query | x.local A?"]]);
});

test("a frame to one address reaches that address only, with its source port", () => {
  const lan = new SimLan({ seed: 1 });
  const segment = lan.segment();
  const [a, b, c] = ["a", "b", "c"].map((name) => lan.peer(name, segment));
  a?.send(ask("x"), { port: 40_000, ...(b?.addresses.ipv4 === undefined ? {} : { to: b.addresses.ipv4 }) });
  lan.run(0);
  expect(b?.heard.map(({ frame }) => frame.source.port)).toEqual([40_000]);
  expect(c?.heard).toEqual([]);
});

test.each([
  { fault: "loss", faults: { loss: 0.3 }, low: 650, high: 750 },
  { fault: "duplicate", faults: { duplicate: 0.3 }, low: 1_250, high: 1_350 },
])("$fault changes how many frames arrive by its share", ({ faults, low, high }) => {
  const count = heardThrough(faults).length;
  expect(count).toBeGreaterThan(low);
  expect(count).toBeLessThan(high);
});

test("jitter keeps within its bounds, and reordering lets later frames overtake", () => {
  const delays = heardThrough({ delay: 2, jitter: 5 }).map(({ time, id }) => time - 10 * id);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(2);
  expect(Math.max(...delays)).toBeLessThan(7);
  const ids = heardThrough({ reorder: 0.2, reorderBy: 100 }).map(({ id }) => id);
  expect(ids).toHaveLength(1_000);
  expect(ids).not.toEqual([...ids].sort((a, b) => a - b));
});

test("the same seed gives the same faults, another seed others", () => {
  const faults = { jitter: 5, loss: 0.1, duplicate: 0.1, reorder: 0.1, reorderBy: 50, corrupt: 0.1 };
  expect(heardThrough(faults, 5)).toEqual(heardThrough(faults, 5));
  expect(heardThrough(faults, 5)).not.toEqual(heardThrough(faults, 6));
});

test("a partition keeps the sides apart until it heals", () => {
  const lan = new SimLan({ seed: 1 });
  const segment = lan.segment();
  const [a, b] = ["a", "b"].map((name) => lan.peer(name, segment));
  segment.partition(({ label }) => label);
  a?.send(ask("x"));
  lan.run(1);
  segment.heal();
  a?.send(ask("y"));
  lan.run(1);
  expect(b?.transcript).toEqual(["1 query | y.local A?"]);
});

test("a bridge passes frames on unchanged and not back", () => {
  const lan = new SimLan({ seed: 1 });
  const [left, right] = [lan.segment("left"), lan.segment("right")];
  const bridge = new Bridge(left, right);
  const [a, b, c] = [lan.peer("a", left), lan.peer("b", right), lan.peer("c", left)];
  a.send(ask("x"));
  lan.run(1);
  expect([a, b, c].map(({ heard }) => heard.length)).toEqual([0, 1, 1]);
  expect(b.heard[0]?.frame.source.address).toBe(a.addresses.ipv4);
  bridge.remove();
  a.send(ask("y"));
  lan.run(1);
  expect(b.heard).toHaveLength(1);
});

test("a reflector repeats frames on the other segment from its own address, and not its own", () => {
  const lan = new SimLan({ seed: 1 });
  const [left, right] = [lan.segment("left"), lan.segment("right")];
  const options = { clock: lan.clock, segments: [left, right], addresses: { ipv4: "10.77.99.99" }, delay: 700 };
  const reflectors = [new Reflector(options)];
  const [a, b] = [lan.peer("a", left), lan.peer("b", right)];
  a.send(ask("x"));
  lan.run(10_000);
  expect(b.transcript).toEqual(["700 query | x.local A?"]);
  expect(b.heard[0]?.frame.source.address).toBe("10.77.99.99");
  expect(a.heard).toEqual([]);
  for (const reflector of reflectors) reflector.remove();
  reflectors.push(new Reflector({ ...options, segments: [left] }));
  a.send(ask("y"));
  lan.run(10_000);
  expect(a.transcript).toEqual(["10700 query | y.local A?"]);
});

test("the packet log names time, segment, sender and content, and who lost a frame", () => {
  const lan = new SimLan({ seed: 1, keepPackets: 2 });
  const segment = lan.segment("lan", { loss: 1 });
  const sender = lan.peer("a", segment);
  lan.peer("b", segment);
  for (const label of ["x", "y", "z"]) sender.send(ask(label));
  lan.run(1);
  expect(lan.log.total).toBe(3);
  expect(lan.log.format().split("\n")).toEqual([
    "        0.0 lan a >4 group  query | y.local A?  [-b]",
    "        0.0 lan a >4 group  query | z.local A?  [-b]",
  ]);
});
