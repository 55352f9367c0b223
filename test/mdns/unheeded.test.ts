import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Mdns } from "../../src/mdns/mdns.ts";
import { HTTP, SimMdns } from "./dnssd/sim-mdns.ts";

describe("a promise that nobody heeds is no unhandled rejection (N-02, N-11)", () => {
  const escaped: unknown[] = [];
  const note = (error: unknown): void => void escaped.push(error);
  beforeEach(() => {
    escaped.length = 0;
    process.on("unhandledRejection", note);
  });
  afterEach(() => void process.off("unhandledRejection", note));

  function everything(mdns: Mdns, signal: AbortSignal): readonly Promise<unknown>[] {
    const door = { name: "door.local", type: "TXT", data: { kind: "txt", strings: [] } } as const;
    return [
      mdns.publish({ name: "Site", type: HTTP, port: 80, signal }),
      mdns.publishHost({ host: "nas", addresses: ["192.0.2.7"], signal }),
      mdns.publishRecords([door], { signal }),
      mdns.resolve("Printer", HTTP, { signal }),
      mdns.lookup("beta", { signal }),
      mdns.reverse("192.0.2.7", { signal }),
    ];
  }

  /** Only now would a handler come, and too late. */
  async function refusals(promises: readonly Promise<unknown>[]): Promise<readonly unknown[]> {
    await new Promise((resolve) => setImmediate(resolve));
    const settled = await Promise.allSettled(promises);
    return settled.map((outcome) => (outcome.status === "rejected" ? outcome.reason : "fulfilled"));
  }

  test("when all is closed, and when it was closed before", async () => {
    const sim = new SimMdns();
    const mdns = sim.mdns("alpha");
    const { signal } = new AbortController();
    const renamed = await sim.publish(mdns, { name: "Old" });
    const promises = [...everything(mdns, signal), renamed.update({ name: "New" })];
    await sim.run(100);
    await mdns.close();
    promises.push(...everything(mdns, signal), renamed.update({ port: 81 }));
    const closed = expect.objectContaining({ code: "ERR_MDNS_CLOSED" });
    expect(await refusals(promises)).toEqual(promises.map(() => closed));
    expect(escaped).toEqual([]);
  });

  test("when it is aborted, and when it was aborted before", async () => {
    const sim = new SimMdns();
    const mdns = sim.mdns("alpha");
    const abort = new AbortController();
    const renamed = await sim.publish(mdns, { name: "Old" });
    const promises = [
      ...everything(mdns, abort.signal),
      renamed.update({ name: "New" }, { signal: abort.signal }),
      mdns.browse(HTTP, { signal: abort.signal })[Symbol.asyncIterator]().next(),
    ];
    await sim.run(100);
    abort.abort("enough");
    promises.push(...everything(mdns, abort.signal), renamed.update({ port: 81 }, { signal: abort.signal }));
    expect(await refusals(promises)).toEqual(promises.map(() => "enough"));
    expect(escaped).toEqual([]);
    await mdns.close();
  });

  test("when nothing can be announced, which is told as a diagnostic", async () => {
    const sim = new SimMdns();
    const host = sim.host("alpha");
    host.interface("e0").down();
    const mdns = sim.mdns("alpha", { network: host });
    const told: unknown[] = [];
    mdns.on("diagnostic", (event) => told.push(event));
    const publishing = mdns.publish({ name: "Site", type: HTTP, port: 80 });
    await sim.run(6_000);
    expect(told).toEqual([{ kind: "unannounced", message: expect.stringMatching(/^"Site" was not announced/) }]);
    expect(await refusals([publishing])).toMatchObject([{ code: "ERR_MDNS_NOT_ANNOUNCED" }]);
    expect(escaped).toEqual([]);
    await mdns.close();
  });
});
