import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse, expectResolved } from "./avahi-browse.ts";
import { AvahiEntryGroup } from "./avahi-entry-group.ts";
import { test } from "./prerequisites.ts";

test("two Avahi daemons on the test LAN find, resolve and lose each other's services", async ({ lan }) => {
  const segment = lan.segment();
  const [one, two] = await Promise.all([startAvahi(lan.host(segment)), startAvahi(lan.host(segment))]);
  const browse = new AvahiBrowse(two, "_http._tcp");
  const publisher = one.client("avahi-publish", "--service", "A.B C\\D", "_http._tcp", "8080", "path=/", "flag");

  const found = await browse.expect({ sign: "=", name: "A.B C\\D", family: "IPv4" });
  expect(found).toMatchObject({ interface: "e0", host: "host1.local", port: 8080, address: "10.77.1.1" });
  expect(found.txt.split(" ").sort()).toEqual(['"flag"', '"path=/"']);

  await publisher.stop();
  await browse.expect({ sign: "-", name: "A.B C\\D", family: "IPv4" });
  await browse.expect({ sign: "-", name: "A.B C\\D", family: "IPv6" });
});

test("a TXT record changed over Avahi's message bus reaches the other Avahi", async ({ lan, onTestFinished }) => {
  const segment = lan.segment();
  const [one, two] = await Promise.all([startAvahi(lan.host(segment)), startAvahi(lan.host(segment))]);
  const browse = new AvahiBrowse(two, "_http._tcp");
  const group = await AvahiEntryGroup.publish(one, [{ name: "Beta", type: "_http._tcp", port: 80, txt: ["v=1"] }]);
  onTestFinished(() => group.close());
  await browse.expect({ sign: "=", name: "Beta", txt: '"v=1"' });

  await group.updateTxt({ name: "Beta", type: "_http._tcp" }, ["v=2"]);
  await expectResolved(two, "_http._tcp", "Beta", { txt: '"v=2"' });

  group.close();
  await browse.expect({ sign: "-", name: "Beta" });
});
