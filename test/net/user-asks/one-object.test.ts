import { expect, test } from "vitest";
import { LOOPBACK, script, uniqueHost, uniqueType } from "../mdns/program.ts";

test("one object publishes and browses one type, sees itself once, and opens no further socket for it (N-04)", async () => {
  const type = uniqueType();
  const program = script(`
    const sockets = () => process.getActiveResourcesInfo().filter((kind) => /^UDP/.test(kind)).length;
    const mdns = new Mdns({ interfaces: ${JSON.stringify(LOOPBACK)}, hostName: "${uniqueHost()}" });
    await mdns.ready;
    const before = sockets();
    const seen = [];
    const browser = mdns.browse("${type}");
    browser.on("up", ({ name }) => seen.push(name));
    const found = new Promise((resolve) => browser.once("up", resolve));
    const ad = await mdns.publish({ name: "Site", type: "${type}", port: 80 });
    await found;
    mdns.browse("${type}");
    await mdns.resolve("Site", "${type}");
    await mdns.publish({ name: "Other", type: "${uniqueType()}", port: 80 });
    console.log(seen.join(), mdns.services.length, sockets() <= before);
    await mdns.close();
  `);
  expect(await program.ended).toEqual({ status: 0, output: "Site 1 true\n" });
});
