import { expect, test } from "vitest";
import { ptr } from "../core/records.ts";
import { HTTP, SimMdns } from "./sim-mdns.ts";
import { a, respond } from "./site-records.ts";

test("the types that there are, each once, with those that go (RFC 6763 §9; B-15, D-13)", async () => {
  const sim = new SimMdns();
  const [alpha, beta, watcher] = [sim.mdns("alpha"), sim.mdns("beta"), sim.mdns("gamma")];
  const types = watcher.browseTypes();
  const lines: string[] = [];
  types.on("up", (type) => lines.push(`up ${type}`)).on("down", (type) => lines.push(`down ${type}`));
  await sim.publish(alpha, { subtypes: ["_printer"] });
  const ipp = await sim.publish(alpha, { name: "Printer", type: "_ipp._tcp" });
  await sim.publish(beta, { name: "Other" });
  await sim.run(2_000);
  expect(lines).toEqual(["up _http._tcp", "up _ipp._tcp"]);
  await ipp.close();
  await sim.run(2_000);
  expect(lines.slice(2)).toEqual(["down _ipp._tcp"]);
  expect(types.types).toEqual([HTTP]);
  types.close();
  await Promise.all([alpha.close(), beta.close(), watcher.close()]);
});

test("a type that cannot be looked for is not told, whoever advertises it (B-15, H-12)", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const types: string[] = [];
  watcher.browseTypes().on("up", (type) => {
    watcher.browse(type);
    types.push(type);
  });
  const odd = ["_services._dns-sd", "_with\\.dot._tcp", "_\\027[2J._tcp", "_\\255._udp", "_http", "_two words._UDP"];
  const enumeration = "_services._dns-sd._udp.local";
  respond(
    peer,
    odd.map((type) => ptr(enumeration, `${type}.local`)),
  );
  await sim.run(2_000);
  expect(types).toEqual(["_two words._UDP"]);
  await watcher.close();
});

test("records of any type are told as they come and go", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const browser = watcher.query("dev.local", "A");
  const lines: string[] = [];
  for (const kind of ["up", "down"] as const) {
    browser.on(kind, ({ name, type, data, interface: link }) =>
      lines.push(`${kind} ${name} ${type} ${data.kind === "address" ? data.address : ""} ${link}`),
    );
  }
  respond(peer, [a()]);
  await sim.run(2_000);
  respond(peer, [a("10.77.200.2")]);
  await sim.run(2_000);
  expect(lines).toEqual([
    "up dev.local A 10.77.200.1 e0",
    "up dev.local A 10.77.200.2 e0",
    "down dev.local A 10.77.200.1 e0",
  ]);
  expect(browser.records.map(({ ttl }) => ttl)).toEqual([120]);
  for (const [name, type] of [
    ["example.com", "A"],
    ["", "A"],
    ["local", "A"],
    ["x.local", "NOTYPE"],
    ["x.local", 0],
    ["x.local", "OPT"],
  ] as const) {
    expect(() => watcher.query(name, type)).toThrow(expect.objectContaining({ code: "ERR_MDNS_ARGUMENT" }));
  }
  await watcher.close();
});
