import { expect, test } from "vitest";
import { publishOnceUp } from "../../src/cli/publish-once-up.ts";
import { HTTP, SimMdns } from "../mdns/dnssd/sim-mdns.ts";

test("what is published before the network is up is announced once it is (K-06)", async () => {
  const sim = new SimMdns();
  const host = sim.host("late");
  host.interface("e0").down();
  const mdns = sim.mdns("late", { network: host });
  const publishing = publishOnceUp(mdns, () => mdns.publish({ name: "Site", type: HTTP, port: 80 }));
  await sim.run(17_000);
  host.interface("e0").up();
  expect(await sim.settle(publishing)).toMatchObject({ name: "Site", state: "announced" });
  await mdns.close();
});

test("a name that is not announced although there is a network is a failure, and so is what is wrong", async () => {
  const sim = new SimMdns();
  const owner = sim.mdns("owner");
  await sim.publish(owner);
  const mdns = sim.mdns("other");
  const records = [{ name: "Site._http._tcp.local", type: "TXT", data: { kind: "txt", strings: [] } }] as const;
  const taken = publishOnceUp(mdns, () => mdns.publishRecords(records));
  await expect(sim.settle(taken)).rejects.toMatchObject({ code: "ERR_MDNS_NOT_ANNOUNCED" });
  const wrong = publishOnceUp(mdns, () => mdns.publish({ name: "Site", type: "http", port: 80 }));
  await expect(sim.settle(wrong)).rejects.toMatchObject({ code: "ERR_MDNS_ARGUMENT" });
  await Promise.all([owner.close(), mdns.close()]);
});
