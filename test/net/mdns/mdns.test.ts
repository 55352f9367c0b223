import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { Mdns } from "../../../src/mdns/mdns.ts";
import type { MdnsOptions } from "../../../src/mdns/mdns-options.ts";
import { LOOPBACK, noNamespace, script, uniqueHost, uniqueType } from "./program.ts";

function onLoopback(options: MdnsOptions = {}): Mdns {
  const mdns = new Mdns({ interfaces: LOOPBACK, hostName: uniqueHost(), ...options });
  onTestFinished(() => mdns.close());
  return mdns;
}

test("two objects on real sockets find, change and lose each other's service (N-19)", async () => {
  const [publisher, watcher] = [onLoopback(), onLoopback()];
  const type = uniqueType();
  const changes = watcher.browse(type)[Symbol.asyncIterator]();
  const name = "A.B C\\D 🎉";
  const ad = await publisher.publish({ name, type, port: 80, txt: { k: "v", flag: true, raw: Uint8Array.of(0, 255) } });
  const up = (await changes.next()).value;
  expect(up).toMatchObject({ kind: "up", service: { name, type, host: ad.host, port: 80, interface: LOOPBACK } });
  expect(up?.service.addresses).toContain("127.0.0.1");
  expect([...(up?.service.txt ?? [])]).toEqual([
    ["k", Uint8Array.from(Buffer.from("v"))],
    ["flag", true],
    ["raw", Uint8Array.of(0, 255)],
  ]);
  await ad.update({ port: 81 });
  expect((await changes.next()).value).toMatchObject({ kind: "update", service: { port: 81 } });
  expect(await watcher.resolve(name, type)).toMatchObject({ port: 81 });
  await ad.close();
  expect((await changes.next()).value).toMatchObject({ kind: "down", service: { name } });
});

test("a host is looked up by name and by address", async () => {
  const [publisher, asker] = [onLoopback(), onLoopback()];
  const host = uniqueHost();
  await publisher.publishHost({ host, addresses: ["192.0.2.7", "2001:db8::7"] });
  expect(await asker.lookup(host)).toMatchObject([{ address: "192.0.2.7" }, { address: "2001:db8::7" }]);
  expect(await asker.lookup(`${host}.local`, { family: 6 })).toMatchObject([{ address: "2001:db8::7", family: 6 }]);
  const own = await publisher.publishHost();
  expect(await asker.reverse("127.0.0.1")).toContain(own.host);
});

test("one taken name: the second publisher takes the next one", async () => {
  const [first, second] = [onLoopback(), onLoopback()];
  const service = { name: "Site", type: uniqueType(), port: 80 };
  const names = [(await first.publish(service)).name, (await second.publish({ ...service, port: 81 })).name];
  expect(names).toEqual(["Site", "Site (2)"]);
});

test("an HTTP request goes to a name in .local through dnsLookup", async () => {
  const [publisher, client] = [onLoopback(), onLoopback()];
  const server = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const host = uniqueHost();
  await publisher.publishHost({ host, addresses: ["127.0.0.1"] });
  const { port } = server.address() as AddressInfo;
  const fetched = (name: string): Promise<string> =>
    new Promise((resolve, reject) => {
      get(`http://${name}:${port}/`, { lookup: client.dnsLookup, agent: false }, (response) => {
        response.once("data", (data) => resolve(String(data)));
      }).once("error", reject);
    });
  expect(await fetched(`${host}.local`)).toBe("hello");
  await expect(fetched(`${uniqueHost()}.local`)).rejects.toMatchObject({ code: "ENOTFOUND" });
});

test("an unknown interface is a typed error wherever it is met, and no unhandled rejection (N-11)", async () => {
  const mdns = onLoopback({ interfaces: "nosuch0" });
  const told: string[] = [];
  mdns.on("error", (error) => told.push(String(error)));
  const publication = await mdns.publish({ type: "_http._tcp", port: 80, wait: false });
  const failure = new Promise((resolve) => publication.once("error", resolve));
  const browser = mdns.browse("_http._tcp");
  const wrong = { name: "MdnsError", code: "ERR_MDNS_UNKNOWN_INTERFACE", message: expect.stringContaining("nosuch0") };
  await expect(browser[Symbol.asyncIterator]().next()).rejects.toMatchObject(wrong);
  expect(await failure).toMatchObject(wrong);
  expect(publication.state).toBe("closed");
  await expect(mdns.ready).rejects.toMatchObject(wrong);
  await expect(mdns.publish({ type: "_http._tcp", port: 80 })).rejects.toMatchObject(wrong);
  expect(() => mdns.browse("_http._tcp")).toThrow(expect.objectContaining(wrong));
  expect(told).toEqual([expect.stringMatching(/^MdnsError: .*nosuch0/)]);
});

test("a wrong argument opens nothing", async () => {
  const mdns = onLoopback();
  await expect(mdns.publish({ type: "http", port: 80 })).rejects.toMatchObject({ code: "ERR_MDNS_ARGUMENT" });
  expect(() => mdns.browse("http")).toThrow(expect.objectContaining({ code: "ERR_MDNS_ARGUMENT" }));
  await expect(mdns.lookup("example.com")).rejects.toMatchObject({ code: "ERR_MDNS_ARGUMENT" });
  expect(mdns.counters.sockets).toBeUndefined();
});

test("a wrong argument is told even where nobody heeds the promise", async () => {
  const { status, output } = await script('new Mdns().publish({ type: "http", port: 80 });').ended;
  expect(status).toBe(1);
  expect(output).toContain("ERR_MDNS_ARGUMENT");
});

test("counters and diagnostics tell of the sockets", async () => {
  const told: unknown[] = [];
  const traced: unknown[] = [];
  const mdns = onLoopback({ trace: (event) => traced.push(event) });
  mdns.on("diagnostic", (event) => told.push(event));
  await mdns.publishHost();
  expect(told).toContainEqual({ kind: "up", interface: LOOPBACK });
  expect(mdns.counters.sockets?.sent).toBeGreaterThan(0);
  expect(mdns.counters.links[0]).toMatchObject({ interface: LOOPBACK, claims: 1 });
  expect(Array.isArray(traced)).toBe(true);
});

test("decisions and diagnostics go to diagnostics_channel, to the trace hook, and to NODE_DEBUG=earshot", async () => {
  const type = uniqueType();
  const first = onLoopback();
  await first.publish({ name: "Site", type, port: 80 });
  const program = script(
    `
    import { subscribe } from "node:diagnostics_channel";
    const [channels, hook] = [new Set(), []];
    subscribe("earshot:diagnostic", ({ kind }) => channels.add(kind));
    subscribe("earshot:trace", ({ what }) => channels.add(what));
    const mdns = new Mdns({ interfaces: ${JSON.stringify(LOOPBACK)}, trace: (event) => hook.push(event) });
    await mdns.publish({ name: "Site", type: "${type}", port: 81 });
    await mdns.close();
    const conflict = hook.find(({ what }) => what === "conflict");
    console.log(channels.has("up"), channels.has("renamed"), channels.has("conflict"), conflict?.interface, conflict?.name);
  `,
    { env: { NODE_DEBUG: "earshot" } },
  );
  const { status, output } = await program.ended;
  expect(status).toBe(0);
  expect(output).toContain(`true true true ${LOOPBACK} Site.${type}.local`);
  expect(output).toMatch(/^EARSHOT \d+: \{.*conflict/m);
});

test("closing before anything was opened, or while it opens, is nothing special (N-16)", async () => {
  await onLoopback().close();
  const mdns = onLoopback();
  const publishing = mdns.publish({ type: uniqueType(), port: 80 });
  await Promise.all([mdns.close(), expect(publishing).rejects.toMatchObject({ code: "ERR_MDNS_CLOSED" })]);
});

test("an object that is not closed but unref'd keeps no process running (N-15)", async () => {
  const program = script(`
    const mdns = new Mdns({ interfaces: ${JSON.stringify(LOOPBACK)} });
    await mdns.ready;
    mdns.unref();
    mdns.browse("${uniqueType()}");
    console.log("done");
  `);
  expect(await program.ended).toEqual({ status: 0, output: "done\n" });
});

test("no child process is ever started (N-03)", async () => {
  const program = script(`
    import { subscribe } from "node:diagnostics_channel";
    let started = 0;
    subscribe("child_process", () => started++);
    const mdns = new Mdns({ interfaces: ${JSON.stringify(LOOPBACK)} });
    mdns.browse("${uniqueType()}");
    await mdns.publish({ name: "x", type: "${uniqueType()}", port: 80 });
    await new Promise((resolve) => setTimeout(resolve, 2_500)); // several looks at the interfaces
    await mdns.close();
    console.log(started);
  `);
  expect(await program.ended).toEqual({ status: 0, output: "0\n" });
});

test.skipIf(process.getuid === undefined)("an ordinary user publishes and browses (S-15)", async () => {
  const code = `
    const mdns = new Mdns({ interfaces: ${JSON.stringify(LOOPBACK)} });
    const type = "${uniqueType()}";
    const browsing = mdns.browse(type)[Symbol.asyncIterator]().next();
    const ad = await mdns.publish({ name: "x", type, port: 80 });
    console.log(process.getuid() > 0, ad.name, (await browsing).value.kind);
    await mdns.close();
  `;
  const program = script(code, { ordinary: true });
  expect(await program.ended).toEqual({ status: 0, output: "true x up\n" });
});

test("an error that nobody listens for leaves the process running (N-11)", async () => {
  const program = script(`
    const mdns = new Mdns({ interfaces: "nosuch0" });
    mdns.browse("_http._tcp");
    setTimeout(() => console.log("alive"), 300);
  `);
  expect(await program.ended).toEqual({ status: 0, output: "alive\n" });
});

test.skipIf(noNamespace !== undefined)(
  `a port 5353 that somebody holds alone is a typed error that names it (N-11)${noNamespace ? ` (skipped: ${noNamespace})` : ""}`,
  async () => {
    const program = script(
      `
      import dgram from "node:dgram";
      const holder = dgram.createSocket({ type: "udp4" });
      await new Promise((resolve) => holder.bind(5353, resolve));
      const mdns = new Mdns({ interfaces: "lo" });
      await mdns.ready.catch(({ name, code, message }) => console.log(name, code, message.includes("5353")));
      await mdns.lookup("x").catch(({ code }) => console.log(code));
      await mdns.close();
      holder.close();
    `,
      { alone: true },
    );
    expect(await program.ended).toEqual({
      status: 0,
      output: "MdnsError ERR_MDNS_PORT_IN_USE true\nERR_MDNS_PORT_IN_USE\n",
    });
  },
);
