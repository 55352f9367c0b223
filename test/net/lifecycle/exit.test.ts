import { expect, test } from "vitest";
import { LOOPBACK, script, uniqueHost, uniqueType } from "../mdns/program.ts";

const LIMIT = 10_000; // ms, for a machine that is busy with other things: what is left open below lasts a minute

test("a process ends by itself within 100 ms of closing, whatever was open (N-14, N-15)", async ({ annotate }) => {
  const program = script(`
    import { writeSync } from "node:fs";
    const mdns = new Mdns({ interfaces: ${JSON.stringify(LOOPBACK)}, hostName: "${uniqueHost()}" });
    const wait = { timeout: 60_000 };
    const calls = [mdns.resolve("x", "${uniqueType()}", wait), mdns.lookup("nobody", wait), mdns.reverse("10.0.0.1", wait)];
    mdns.browse("${uniqueType()}"); mdns.browseTypes(); mdns.query("x.local", "A");
    await mdns.publish({ name: "x", type: "${uniqueType()}", port: 80 });
    calls.push(mdns.publish({ name: "y", type: "${uniqueType()}", port: 80 }));
    const outcomes = Promise.allSettled(calls);
    await mdns.close();
    const closed = performance.now();
    await outcomes;
    const held = process.getActiveResourcesInfo().filter((kind) => !/^(Pipe|TTY|FSReq)/.test(kind));
    process.once("exit", () => writeSync(1, JSON.stringify({ held, after: performance.now() - closed })));
  `);
  const { status, output } = await program.ended;
  expect(status, output).toBe(0);
  const { held, after } = JSON.parse(output);
  await annotate(`it ended ${after.toFixed(1)} ms after it was closed`);
  expect(held).toEqual([]);
  expect(after).toBeLessThan(LIMIT);
});
