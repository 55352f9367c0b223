import { expect, test } from "vitest";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { HTTP, SimMdns } from "./sim-mdns.ts";

test("a taken name is given up for the next one, and its owner keeps it (RFC 6762 §9, RFC 6763 App. D; P-37, P-38, N-24)", async () => {
  const sim = new SimMdns();
  const [first, second] = [sim.mdns("alpha"), sim.mdns("beta")];
  const owner = await sim.publish(first);
  const late = await sim.publish(second);
  expect([owner.name, late.name]).toEqual(["Site", "Site (2)"]);
  await sim.run(5_000);
  expect([owner.name, late.name]).toEqual(["Site", "Site (2)"]);
  await Promise.all([first.close(), second.close()]);
});

test("a rival for every name is told of after a minute, and trying goes on (RFC 6762 §8.1, §9; P-42)", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const peer = sim.lan.peer("peer", sim.segment);
  peer.onMessage = ({ authorities }) => {
    const taken = authorities.filter(({ type }) => type === TYPE.SRV);
    const answers = taken.map(({ name, data }) => ({
      name,
      type: TYPE.SRV,
      class: CLASS.IN,
      flush: true,
      ttl: 120,
      data: data.kind === "srv" ? { ...data, port: 9 } : data,
    }));
    if (answers.length > 0) peer.send({ response: true, answers });
  };
  const ad = await sim.publish(mdns, { wait: false });
  const told: string[] = [];
  ad.on("error", ({ code }) => told.push(code));
  await expect(sim.publish(mdns, { name: "Other" })).rejects.toMatchObject({
    code: "ERR_MDNS_NOT_ANNOUNCED",
    message: expect.stringContaining("still being sought"),
  });
  await sim.run(70_000);
  expect(told).toEqual(["ERR_MDNS_UNSETTLED"]);
  expect(ad.state).toBe("probing");
  peer.onMessage = undefined;
  await sim.run(10_000);
  expect(ad.state).toBe("announced");
  await mdns.close();
});

test("two services of one name in one process part before they meet on the wire", async () => {
  const sim = new SimMdns();
  const mdns = sim.mdns("alpha");
  const names = [await sim.publish(mdns), await sim.publish(mdns)].map(({ name }) => name);
  expect(names).toEqual(["Site", "Site (2)"]);
  const other = await sim.publish(mdns, { type: "_ipp._tcp" });
  expect(other.name).toBe("Site");
  await mdns.close();
});

test("a conflict on one link renames on all, and says so (RFC 6762 §9; L-27, P-41)", async () => {
  const sim = new SimMdns();
  const [left, right] = [sim.segment, sim.lan.segment("right", { delay: 0.2 })];
  const rival = sim.mdns("beta", { network: sim.host("beta", [right]) });
  await sim.publish(rival);
  const mdns = sim.mdns("alpha", { network: sim.host("alpha", [left, right]) });
  const ad = await sim.settle(mdns.publish({ name: "Site", type: HTTP, port: 80, wait: false }));
  const told: string[] = [];
  ad.on("conflict", (name) => told.push(`conflict ${name}`));
  ad.on("renamed", (name, before) => told.push(`renamed ${before} > ${name}`));
  ad.on("announced", () => told.push("announced"));
  await sim.run(6_000);
  expect(told).toEqual(["conflict Site", "renamed Site > Site (2)", "announced"]);
  const announced = sim.packets().filter((packet) => /alpha.* response .*SRV! 120/.test(packet));
  expect(announced.some((packet) => packet.includes(" lan "))).toBe(true);
  expect(announced.every((packet) => packet.includes("Site (2)"))).toBe(true);
  await Promise.all([rival.close(), mdns.close()]);
});

test("the host takes another name everywhere, and the services follow it (RFC 6762 §9; L-26, P-44)", async () => {
  const sim = new SimMdns();
  const rival = sim.mdns("alpha");
  await sim.publish(rival, { name: "Other" });
  const mdns = sim.mdns("alpha", { network: sim.host("second") });
  const ad = await sim.publish(mdns);
  expect([ad.name, ad.host]).toEqual(["Site", "alpha-2.local"]);
  const found = await sim.settle(rival.resolve("Site", HTTP));
  expect(found.host).toBe("alpha-2.local");
  await Promise.all([rival.close(), mdns.close()]);
});

test("a chosen name is remembered and tried first the next time (RFC 6762 §9; P-40)", async () => {
  const sim = new SimMdns();
  const memory = new Map<string, string>();
  const names = {
    recall: (kind: string, requested: string) => memory.get(`${kind} ${requested}`),
    remember: (kind: string, requested: string, chosen: string) => void memory.set(`${kind} ${requested}`, chosen),
  };
  const owner = sim.mdns("alpha");
  await sim.publish(owner, { port: 81 });
  const first = sim.mdns("alpha", { network: sim.host("second"), names });
  await sim.publish(first);
  expect(Object.fromEntries(memory)).toEqual({ [`${HTTP} Site`]: "Site (2)", "host alpha": "alpha-2" });
  await first.close();
  const again = sim.mdns("alpha", { network: sim.host("third"), names });
  const before = sim.now;
  const ad = await sim.publish(again);
  expect([ad.name, ad.host]).toEqual(["Site (2)", "alpha-2.local"]);
  expect(sim.packets(before).some((packet) => /probe .* Site\._http/.test(packet))).toBe(false);
  await Promise.all([owner.close(), again.close()]);
});

test("a memory that fails is as good as none, and is reported", async () => {
  const sim = new SimMdns();
  const names = {
    recall: () => {
      throw new Error("disk");
    },
    remember: () => {},
  };
  const mdns = sim.mdns("alpha", { names });
  const errors: unknown[] = [];
  mdns.on("error", (error) => errors.push(error));
  expect((await sim.publish(mdns)).name).toBe("Site");
  expect(errors.map(String)).toEqual(["Error: disk", "Error: disk"]);
  await mdns.close();
});
