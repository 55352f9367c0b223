import { expect, onTestFinished, test } from "vitest";
import { Mdns } from "../../../src/mdns/mdns.ts";
import { LOOPBACK, script, uniqueHost, uniqueType } from "../mdns/program.ts";

// Without a goodbye the records would live for two minutes, which is longer than the test may take.
test("a program that closes on SIGTERM has said goodbye when it is gone (N-18)", async () => {
  const type = uniqueType();
  const mdns = new Mdns({ interfaces: LOOPBACK, hostName: uniqueHost() });
  onTestFinished(() => mdns.close());
  const changes = mdns.browse(type)[Symbol.asyncIterator]();
  const program = script(`
    const mdns = new Mdns({ interfaces: ${JSON.stringify(LOOPBACK)}, hostName: "${uniqueHost()}" });
    await mdns.publish({ name: "Site", type: "${type}", port: 80 });
    process.once("SIGTERM", () => void mdns.close());
    console.log("published");
  `);
  await program.prints(/published/);
  expect((await changes.next()).value).toMatchObject({ kind: "up", service: { name: "Site" } });
  program.child.kill("SIGTERM");
  expect((await program.ended).status).toBe(0);
  expect((await changes.next()).value).toMatchObject({ kind: "down", service: { name: "Site" } });
});
