import { expect, test } from "vitest";
import { Published } from "../../src/cli/published.ts";
import type { Wanted } from "../../src/cli/wanted-service.ts";
import { HTTP, SimMdns } from "../mdns/dnssd/sim-mdns.ts";

function service(name: string, others: object = {}): Wanted {
  return { kind: "service", options: { name, type: HTTP, port: 80, ...others }, place: `--file F: ${name}` };
}

const NAS: Wanted = { kind: "host", host: "nas", addresses: ["192.0.2.7"], place: "--file F: nas" };

test.each([
  [service("Wrong", { type: "http" }), /^--file F: Wrong: type must be /],
  [service("x".repeat(64)), /: name must be /],
  [service("Wrong", { txt: { k: "x".repeat(254) } }), /^--file F: Wrong: txt must be /],
  [service("Wrong", { host: "a.b", addresses: ["192.0.2.8"] }), /^--file F: Wrong: host must be /],
  [{ ...NAS, addresses: ["224.0.0.1"] }, /^--file F: nas: addresses must be /],
])("a list with one wrong entry changes nothing: %j", async (wrong, message) => {
  const sim = new SimMdns();
  const lines: string[] = [];
  const published = new Published(sim.mdns("alpha"), { json: false, print: (line) => lines.push(line) });
  await sim.settle(published.add([service("Stays"), service("Goes"), NAS]));
  lines.length = 0;
  const failed = (error: unknown): never => expect.unreachable(String(error));
  await expect(published.replace([service("Stays", { port: 81 }), service("New"), wrong], failed)).rejects.toThrow(
    message,
  );
  await sim.run(5_000);
  expect(lines).toEqual([]);
  expect(published.services.map(({ name, port, state }) => [name, port, state]).sort()).toEqual([
    ["Goes", 80, "announced"],
    ["Stays", 80, "announced"],
  ]);
  await sim.settle(published.replace([service("Stays", { port: 81 }), service("New")], failed));
  expect(lines.map((line) => line.replace(/ _http.*/, "")).sort()).toEqual([
    "published New",
    "updated Stays",
    "withdrawn Goes",
    "withdrawn nas.local",
  ]);
});

test("its end is told of each one, once the goodbye has been sent (RFC 6762 §10.1)", async () => {
  const sim = new SimMdns();
  const lines: string[] = [];
  const goodbyes = () => sim.packets().filter((packet) => packet.includes("goodbye")).length;
  const print = (line: string) => lines.push(`${line.replace(/ _http.*/, "")}, ${goodbyes() > 0 ? "after" : "before"}`);
  const published = new Published(sim.mdns("alpha"), { json: false, print });
  await sim.settle(published.add([service("Web"), NAS]));
  await sim.settle(published.close());
  await sim.settle(published.close());
  expect(lines.toSorted()).toEqual([
    "published Web, before",
    "published nas.local, before",
    "withdrawn Web, after",
    "withdrawn nas.local, after",
  ]);
});

test("what is withdrawn while it looks for another name is told by the name that was told before", async () => {
  const sim = new SimMdns();
  const lines: string[] = [];
  const published = new Published(sim.mdns("alpha"), { json: false, print: (line) => lines.push(line) });
  await sim.settle(published.add([service("Old")]));
  const renamed = published.services[0]?.update({ name: "New" });
  await sim.run(300);
  await sim.settle(published.close());
  await expect(renamed).rejects.toThrow(expect.objectContaining({ code: "ERR_MDNS_CLOSED" }));
  expect(lines).toEqual(["published Old _http._tcp alpha.local:80", "withdrawn Old _http._tcp alpha.local:80"]);
});
