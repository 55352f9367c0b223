import { expect, test } from "vitest";
import { HTTP, SimMdns } from "./sim-mdns.ts";
import { a, ptr, respond, srv, txt } from "./site-records.ts";

test("an async iterator starts with what is there and ends as the browser closes", async () => {
  const sim = new SimMdns();
  const [publisher, watcher] = [sim.mdns("alpha"), sim.mdns("beta")];
  await sim.publish(publisher, { name: "One" });
  const browser = watcher.browse(HTTP);
  await sim.run(2_000);
  const changes: string[] = [];
  const reading = (async () => {
    for await (const { kind, service } of browser) changes.push(`${kind} ${service.name}`);
    changes.push("end");
  })();
  const two = await sim.publish(publisher, { name: "Two" });
  await sim.run(2_000);
  await two.close();
  await sim.run(2_000);
  browser.close();
  await reading;
  expect(changes).toEqual(["up One", "up Two", "down Two", "end"]);
  await Promise.all([publisher.close(), watcher.close()]);
});

test("leaving the loop closes the browser", async () => {
  const sim = new SimMdns();
  const [publisher, watcher] = [sim.mdns("alpha"), sim.mdns("beta")];
  await sim.publish(publisher);
  const browser = watcher.browse(HTTP);
  const reading = (async () => {
    for await (const { service } of browser) return service.name;
    return undefined;
  })();
  expect(await sim.settle(reading)).toBe("Site");
  expect(browser.closed).toBe(true);
  expect(watcher.counters.open).toBe(0);
  await Promise.all([publisher.close(), watcher.close()]);
});

test("an aborted signal rejects the iteration with its reason; one aborted before throws at once", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const abort = new AbortController();
  const browser = watcher.browse(HTTP, { signal: abort.signal });
  const next = browser[Symbol.asyncIterator]().next();
  const reason = new Error("enough");
  abort.abort(reason);
  await expect(next).rejects.toBe(reason);
  expect(browser.closed).toBe(true);
  expect(() => watcher.browse(HTTP, { signal: abort.signal })).toThrow(reason);
  await watcher.close();
});

test("a throwing listener surfaces, and the other services are reported all the same", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const browser = watcher.browse(HTTP);
  const seen: string[] = [];
  browser.on("up", ({ name }) => {
    seen.push(name);
    if (name === "One") throw new Error("listener");
  });
  const surfaced: unknown[] = [];
  const catching = (error: unknown): void => void surfaced.push(error);
  process.on("uncaughtException", catching);
  const others = process.listeners("uncaughtException").filter((listener) => listener !== catching);
  for (const listener of others) process.off("uncaughtException", listener);
  const instances = ["One", "Two"].map((name) => `${name}._http._tcp.local`);
  respond(
    peer,
    instances.flatMap((name) => [ptr(name), srv({ name }), txt("", 4_500, name)]),
    [a()],
  );
  await sim.run(100);
  process.off("uncaughtException", catching);
  for (const listener of others) process.on("uncaughtException", listener);
  expect(seen).toEqual(["One", "Two"]);
  expect(surfaced.map(String)).toEqual(["Error: listener"]);
  await watcher.close();
});

test("what a listener closes tells nothing more, and asks nothing more", async () => {
  const sim = new SimMdns();
  const watcher = sim.mdns("beta");
  const peer = sim.lan.peer("peer", sim.segment);
  const keeping = watcher.browse(HTTP);
  const names = ["One", "Two"].map((name) => `${name}._http._tcp.local`);
  respond(
    peer,
    names.flatMap((name) => [ptr(name), srv({ name }), txt("", 4_500, name)]),
    [a()],
  );
  await sim.run(2_000);
  expect(keeping.services).toHaveLength(2);
  const told: string[] = [];
  const [services, records] = [watcher.browse(HTTP), watcher.query("_http._tcp.local", "PTR")];
  services.on("up", ({ name }) => told.push(name) && services.close());
  records.on("up", ({ type }) => told.push(type) && records.close());
  records.on("down", () => told.push("down"));
  await sim.run(100);
  expect(told.sort()).toEqual(["One", "PTR"]);
  keeping.close();
  expect([watcher.counters.open, watcher.counters.links[0]?.questions]).toEqual([0, 0]);
  await watcher.close();
});
