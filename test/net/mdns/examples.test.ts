import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { Mdns } from "../../../src/mdns/mdns.ts";
import { LOOPBACK, Program, uniqueHost } from "./program.ts";

const PATIENT = { timeout: 90_000 }; // a dozen processes start on a machine that others use

function example(name: string, ...args: string[]): Program {
  return new Program([`examples/${name}.mjs`, ...args, LOOPBACK]);
}

async function interrupted(program: Program): Promise<number | null> {
  program.child.kill("SIGINT");
  return (await program.ended).status;
}

test("a dev server is found, resolved, watched and opened by name, until it says goodbye", PATIENT, async () => {
  const name = uniqueHost();
  const browse = example("browse", "_http._tcp");
  const watch = example("watch-state", name, "_http._tcp");
  const server = example("dev-server", name);
  const [, url = "", port] = await server.prints(/published "h\w+" at (http:\/\/h\w+\.local:(\d+)\/)/);
  await browse.prints(new RegExp(`^up ${name} ${name}\\.local:${port} 127\\.0\\.0\\.1`, "m"));
  await watch.prints(new RegExp(`${name} is here\n {2}path: - -> /\n {2}visits: - -> 0`));
  const resolve = example("resolve", name, "_http._tcp");
  expect(await resolve.ended).toEqual({
    status: 0,
    output: expect.stringMatching(new RegExp(`^${name}\\.local:${port} \\(127\\.0\\.0\\.1.*\\), path /\n$`)),
  });
  expect(await example("http", url).ended).toEqual({ status: 0, output: "visit 1\n" });
  await browse.prints(new RegExp(`^update ${name} .*visits: '1'`, "m"));
  await watch.prints(/visits: 0 -> 1/);
  const refused = { status: 1, output: expect.stringContaining("ECONNREFUSED") };
  expect(await example("http", `http://${name}.local:1/`).ended).toEqual(refused);
  expect(await interrupted(server)).toBe(0);
  await browse.prints(new RegExp(`^down ${name} `, "m"));
  await watch.prints(/is gone\n {2}path: \/ -> -/);
  expect([await interrupted(browse), await interrupted(watch)]).toEqual([0, 0]);
});

test("resolve says what is missing", async () => {
  expect(await example("resolve", uniqueHost(), "_http._tcp").ended).toEqual({
    status: 1,
    output: expect.stringMatching(/^ERR_MDNS_TIMEOUT: .* within 3000 ms: no SRV record came on/),
  });
});

test.each([
  ["udp-chat", ["abc"], /^bind: port must be .*NaN\n$/],
  ["browse", ["http", LOOPBACK], /^type must be .*'http'\n$/],
  ["browse", ["_http._tcp", "nope0"], /^no interface is or has "nope0".*\n$/],
  ["watch-state", ["my-app", "http", LOOPBACK], /^type must be .*'http'\n$/],
  ["resolve", ["my-app", "http", LOOPBACK], /^type must be .*'http'\n$/],
  ["dev-server", ["a.b", LOOPBACK], /^hostName must be .*'a\.b'\n$/],
  ["http", ["ftp://my-app.local/", LOOPBACK], /^Protocol "ftp:" not supported.*\n$/],
  ["printers", ["soon"], /^usage: node examples\/printers\.mjs .*\n$/],
  ["chat", [], /^usage: node examples\/chat\.mjs .*\n$/],
  ["proxy", ["NAS", "_smb._tcp", "445", "nas", "10.77"], /^usage: node examples\/proxy\.mjs .*\n$/],
  ["proxy", ["NAS", "_smb._tcp", "smb", "nas", "192.0.2.7"], /^usage: node examples\/proxy\.mjs .*\n$/],
])("%s %j says in one sentence what is wrong, with status 2", async (name, args, sentence) => {
  const { status, output } = await new Program([`examples/${name}.mjs`, ...args]).ended;
  expect([output, status]).toEqual([expect.stringMatching(sentence), 2]);
});

test("http fetches from a host in .local", async () => {
  const server = createServer((_request, response) => response.end("hello\n")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const mdns = new Mdns({ interfaces: LOOPBACK, hostName: uniqueHost() });
  onTestFinished(async () => {
    server.close();
    await mdns.close();
  });
  const { host } = await mdns.publishHost({ host: uniqueHost(), addresses: ["127.0.0.1"] });
  const { port } = server.address() as AddressInfo;
  expect(await example("http", `http://${host}:${port}/`).ended).toEqual({ status: 0, output: "hello\n" });
});

test("a printer with two protocols is listed once, by its best one, with its queue and model", PATIENT, async () => {
  const mdns = new Mdns({ interfaces: LOOPBACK, hostName: uniqueHost() });
  onTestFinished(() => mdns.close());
  const name = `Printer ${uniqueHost()}`;
  await Promise.all([
    mdns.publish({ name, type: "_printer._tcp", port: 515, txt: { rp: "lp" } }),
    mdns.publish({ name, type: "_ipp._tcp", port: 631, txt: { rp: "ipp/print", ty: "Acme 500", note: "2nd floor" } }),
  ]);
  const [printers, { host }] = [example("printers", "6"), await mdns.publishHost()];
  const { status, output } = await printers.ended;
  expect(status).toBe(0);
  expect(output.split("\n").filter((line) => line.startsWith(name))).toEqual([
    `${name}  ipp://${host}:631/ipp/print  Acme 500  2nd floor`,
  ]);
});

test("members of a chat find each other, talk and leave", PATIENT, async () => {
  const [ann, ben] = [example("chat", "Ann"), example("chat", "Ben")];
  await Promise.all([ann.prints(/Ben is here/), ben.prints(/Ann is here/)]);
  ann.child.stdin.write("anyone here?\u001b[2J\n");
  await ben.prints(/^Ann: anyone here\?\?\[2J$/m);
  ben.child.stdin.write("yes\n");
  await ann.prints(/^Ben: yes$/m);
  ann.child.stdin.end();
  await ben.prints(/Ann left/);
  ben.child.stdin.end();
  expect([(await ann.ended).status, (await ben.ended).status]).toEqual([0, 0]);
});

test("a service is published for another host while its port answers", PATIENT, async () => {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const host = uniqueHost();
  const proxy = example("proxy", "Old NAS", "_smb._tcp", `${port}`, host, "127.0.0.1");
  await proxy.prints(new RegExp(`published "Old NAS" at ${host}\\.local:${port} \\(127\\.0\\.0\\.1\\)`));
  const mdns = new Mdns({ interfaces: LOOPBACK, hostName: uniqueHost() });
  onTestFinished(() => mdns.close());
  expect(await mdns.resolve("Old NAS", "_smb._tcp")).toMatchObject({ host: `${host}.local`, addresses: ["127.0.0.1"] });
  server.close();
  await proxy.prints(/withdrawn "Old NAS"/);
  expect(await interrupted(proxy)).toBe(0);
});
