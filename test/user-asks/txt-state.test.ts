import { expect, test } from "vitest";
import { HTTP, SimMdns } from "../mdns/dnssd/sim-mdns.ts";

test("changed attributes are one event within a second, unchanged ones none, and of a burst the last is seen (N-13)", async () => {
  const sim = new SimMdns();
  const [device, app] = [sim.mdns("device"), sim.mdns("app")];
  const ad = await sim.publish(device, { txt: { state: "idle" } });
  const seen: string[] = [];
  const browser = app.browse(HTTP);
  for (const kind of ["up", "update", "down"] as const) {
    browser.on(kind, ({ txt }) => seen.push(`${kind} ${txt.text("state")}`));
  }
  await sim.run(3_000);
  await ad.update({ txt: { state: "busy" } });
  await sim.run(1_000);
  expect(seen).toEqual(["up idle", "update busy"]);
  await ad.update({ txt: { state: "busy" } });
  await sim.run(10_000);
  expect(seen).toHaveLength(2);
  for (let step = 1; step <= 100; step++) await ad.update({ txt: { state: `${step} %` } });
  await sim.run(60_000);
  expect(seen.at(-1)).toBe("update 100 %");
  expect(seen.filter((line) => !line.startsWith("update "))).toEqual(["up idle"]);
  await Promise.all([device.close(), app.close()]);
});
