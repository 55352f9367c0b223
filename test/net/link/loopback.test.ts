import { afterEach, expect, test } from "vitest";
import { type NetworkOptions, openNetwork } from "../../../src/mdns/link/open-network.ts";
import { HostProcess } from "./host-process.ts";

const LOOPBACK: NetworkOptions = { interfaces: "127.0.0.1" };
const unique = `link-test-${process.pid}`;
const hosts: HostProcess[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.end();
});

async function open(options: NetworkOptions = LOOPBACK): Promise<HostProcess> {
  const host = new HostProcess({ options });
  hosts.push(host);
  await host.nextLike("open");
  return host;
}

test("two processes find each other on the loopback interface named by its address (N-24)", async () => {
  const [one, two] = [await open(), await open()];
  two.do({ do: "ask", name: `${unique}.local`, type: 1 });
  one.do({ do: "register", host: unique });
  await two.nextLike("answer", { change: "added", record: "127.0.0.1" });
  one.do({ do: "close" });
  expect((await one.nextLike("closed")).resources).toEqual([]);
  await two.nextLike("answer", { change: "removed" });
  expect(await one.exited).toBe(0);
});

test("an open network keeps the process running until it is told not to", async () => {
  const one = await open();
  one.do({ do: "unref" });
  expect(await one.exited).toBe(0);
});

test("closing twice settles twice", async () => {
  const network = await openNetwork(LOOPBACK);
  await Promise.all([network.close(), network.close()]);
  await network.close();
  expect(network.links.size).toBe(0);
});

test("closing while the first look is due, or at once, leaves nothing open", async () => {
  const before = process.getActiveResourcesInfo().filter((kind) => kind === "UDPWrap").length;
  for (let round = 0; round < 20; round++) await (await openNetwork(LOOPBACK)).close();
  expect(process.getActiveResourcesInfo().filter((kind) => kind === "UDPWrap")).toHaveLength(before);
});

test.each([
  ["an interface that is not there", { interfaces: "nowhere9" }, "ERR_MDNS_UNKNOWN_INTERFACE", '"nowhere9"'],
  ["an address that nobody has", { interfaces: ["10.77.255.9"] }, "ERR_MDNS_UNKNOWN_INTERFACE", "10.77.255.9"],
  ["no family", { ...LOOPBACK, families: [] }, "ERR_MDNS_ARGUMENT", "families"],
  ["an unknown family", { ...LOOPBACK, families: ["ipx"] }, "ERR_MDNS_ARGUMENT", "ipx"],
  ["a malformed interface", { interfaces: [7] }, "ERR_MDNS_ARGUMENT", "7"],
])("%s is refused before a socket is opened", async (_title, options, code, text) => {
  const failure = openNetwork(options as unknown as NetworkOptions);
  await expect(failure).rejects.toMatchObject({ code, message: expect.stringContaining(text) });
});
