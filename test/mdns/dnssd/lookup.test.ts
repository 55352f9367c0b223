import { expect, test } from "vitest";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { RecordData, ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { SimMdns } from "./sim-mdns.ts";

const DEV = Name.parse("dev.local");

function unique(type: number, data: RecordData): ResourceRecord {
  return { name: DEV, type, class: CLASS.IN, flush: true, ttl: 120, data };
}

const a = unique(TYPE.A, { kind: "address", address: "10.77.200.1" });
const aaaa = unique(TYPE.AAAA, { kind: "address", address: "fe80::c8" });
const onlyA = unique(TYPE.NSEC, { kind: "nsec", next: DEV, types: [TYPE.A] });
const neither = unique(TYPE.NSEC, { kind: "nsec", next: DEV, types: [TYPE.SRV] });

/** How long a lookup takes from the moment that these records are heard. */
async function lookedUp(records: readonly ResourceRecord[], options = {}) {
  const sim = new SimMdns();
  const mdns = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const looking = mdns.lookup("dev.local", options);
  await sim.run(150);
  peer.send({ response: true, answers: records });
  const start = sim.now;
  const addresses = await sim.settle(looking);
  const took = sim.now - start;
  const questions = peer.heard[0]?.message?.questions.map(({ type }) => type);
  await mdns.close();
  return { addresses: addresses.map(({ address }) => address), took, questions };
}

test("both families are asked for in one packet, and the answer comes as both are known", async () => {
  const { addresses, took, questions } = await lookedUp([a, aaaa]);
  expect(addresses).toEqual(["10.77.200.1", "fe80::c8%e0"]);
  expect(questions?.sort()).toEqual([TYPE.A, TYPE.AAAA]);
  expect(took).toBeLessThan(50);
});

test("a family that is denied is not waited for (RFC 6762 §6.1)", async () => {
  const { addresses, took } = await lookedUp([a, onlyA]);
  expect(addresses).toEqual(["10.77.200.1"]);
  expect(took).toBeLessThan(50);
});

test("a family that stays silent is waited for a quarter of a second (Q-24)", async () => {
  const { addresses, took } = await lookedUp([a]);
  expect(addresses).toEqual(["10.77.200.1"]);
  expect(took).toBeGreaterThanOrEqual(240);
  expect(took).toBeLessThan(300);
});

test("a host without addresses is known to have none", async () => {
  const { addresses, took } = await lookedUp([neither]);
  expect(addresses).toEqual([]);
  expect(took).toBeLessThan(50);
});

test("one family is asked for alone", async () => {
  const { addresses, took, questions } = await lookedUp([a, aaaa], { family: 6 });
  expect(addresses).toEqual(["fe80::c8%e0"]);
  expect(questions).toEqual([TYPE.AAAA]);
  expect(took).toBeLessThan(50);
});

test("a host that nobody has gives nothing when the time is up (Q-24, H-06)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("beta");
  const start = sim.now;
  expect(await sim.settle(mdns.lookup("nobody"))).toEqual([]);
  expect(sim.now - start).toBeGreaterThanOrEqual(2_000);
  expect(sim.now - start).toBeLessThan(2_050);
  await mdns.close();
});

test("the addresses of a host on all links, each with its own", async () => {
  const sim = new SimMdns();
  const right = sim.lan.segment("right", { delay: 0.2 });
  const publisher = sim.mdns("alpha", { network: sim.host("alpha", [sim.segment, right]) });
  const asker = sim.mdns("beta", { network: sim.host("beta", [sim.segment, right]) });
  await sim.settle(publisher.publishHost());
  expect(await sim.settle(asker.lookup("alpha"))).toEqual([
    { address: "10.77.0.1", family: 4, interface: "e0", ttl: 120 },
    { address: "10.77.0.2", family: 4, interface: "e1", ttl: 120 },
  ]);
  await Promise.all([publisher.close(), asker.close()]);
});

test("this host's own name is known without a question", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  await sim.settle(mdns.publishHost());
  await sim.run(3_000);
  const before = sim.now;
  expect(await sim.settle(mdns.lookup("alpha", { family: 4 }))).toMatchObject([{ address: "10.77.0.1" }]);
  expect(sim.packets(before)).toEqual([]);
  await mdns.close();
});

test.each(["", ".", "local", "local.", "a.b", "x".repeat(64)])(
  "looking up %j is refused (H-04, Q-35)",
  async (host) => {
    const sim = new SimMdns();
    const mdns = sim.mdns("alpha");
    await expect(mdns.lookup(host)).rejects.toMatchObject({ code: "ERR_MDNS_ARGUMENT" });
    await mdns.close();
  },
);

test("an address leads back to its host (RFC 6762 §4)", async () => {
  const sim = new SimMdns();
  const [publisher, asker] = [sim.mdns("alpha"), sim.mdns("beta")];
  await sim.settle(publisher.publishHost());
  expect(await sim.settle(asker.reverse("10.77.0.1"))).toEqual(["alpha.local"]);
  expect(await sim.settle(asker.reverse("10.77.0.99"))).toEqual([]);
  for (const address of ["", "alpha", "10.77.0"]) {
    await expect(asker.reverse(address)).rejects.toMatchObject({ code: "ERR_MDNS_ARGUMENT" });
  }
  await Promise.all([publisher.close(), asker.close()]);
});
