import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { Mdns } from "../../../src/mdns/mdns.ts";
import { LOOPBACK, Program, uniqueHost } from "./program.ts";

test("publish, browse and resolve find each other, and end as they are told to", async () => {
  const name = uniqueHost();
  const browse = new Program(["examples/browse.mjs", "_http._tcp", LOOPBACK]);
  const publish = new Program(["examples/publish.mjs", name, LOOPBACK]);
  const [, port] = await publish.prints(/published "h\w+" at http:\/\/\S+\.local:(\d+)\//);
  await browse.prints(new RegExp(`^up ${name} \\S+\\.local:${port} 127\\.0\\.0\\.1`, "m"));
  const resolve = new Program(["examples/resolve.mjs", name, "_http._tcp", LOOPBACK]);
  expect(await resolve.ended).toEqual({
    status: 0,
    output: expect.stringMatching(new RegExp(`^\\S+\\.local:${port} \\(127\\.0\\.0\\.1.*\\), path /\n$`)),
  });
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("visit 1\n");
  await browse.prints(new RegExp(`^update ${name} .*visits: '1'`, "m"));
  publish.child.kill("SIGINT");
  expect((await publish.ended).status).toBe(0);
  await browse.prints(new RegExp(`^down ${name} `, "m"));
  browse.child.kill("SIGINT");
  expect((await browse.ended).status).toBe(0);
});

test("resolve says what is missing", async () => {
  const program = new Program(["examples/resolve.mjs", uniqueHost(), "_http._tcp", LOOPBACK]);
  expect(await program.ended).toEqual({
    status: 1,
    output: expect.stringMatching(/^ERR_MDNS_TIMEOUT: .* within 3000 ms: no SRV record came on/),
  });
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
  const program = new Program(["examples/http.mjs", `http://${host}:${port}/`, LOOPBACK]);
  expect(await program.ended).toEqual({ status: 0, output: "hello\n" });
});
