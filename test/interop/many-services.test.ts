import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse } from "./avahi-browse.ts";
import { AvahiEntryGroup } from "./avahi-entry-group.ts";
import { Earshot, publish } from "./earshot.ts";
import { testAlone as test } from "./prerequisites.ts";

const COUNT = 500;
const NAMES = Array.from({ length: COUNT }, (_, index) => `Service ${index + 1}`);

test("we find and resolve 500 services of Avahi", { timeout: 120_000 }, async ({ lan, onTestFinished }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const services = NAMES.map((name, index) => ({ name, type: "_http._tcp", port: 1_000 + index, txt: [`n=${index}`] }));
  const group = await AvahiEntryGroup.publish(avahi, services);
  onTestFinished(() => group.close());
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");

  const up = new Map<string | undefined, number | undefined>();
  await browse.expect({ event: "up" }, ({ name, port }) => up.set(name, port).size === COUNT, { within: 60_000 });
  expect(up).toEqual(new Map(services.map(({ name, port }) => [name, port])));
  expect(browse.events.filter(({ event }) => event === "down")).toEqual([]);
});

test("Avahi finds and resolves 500 services of ours", { timeout: 120_000 }, async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const browse = new AvahiBrowse(avahi, "_http._tcp");
  const file = ours.file(
    "services.json",
    JSON.stringify(NAMES.map((name, index) => ({ name, type: "_http._tcp", port: 1_000 + index }))),
  );
  const publisher = await publish(ours, "--file", file);

  const found = new Map<string, number>();
  const count = (line: { sign: string; name: string; port: number }) =>
    line.sign === "=" && found.set(line.name, line.port).size === COUNT;
  await browse.expect({ sign: "=" }, count, { within: 60_000 });
  expect(found).toEqual(new Map(NAMES.map((name, index) => [name, 1_000 + index])));
  expect(publisher.events.filter(({ event }) => event !== "published")).toEqual([]);
});
