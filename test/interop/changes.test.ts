import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse, expectResolved } from "./avahi-browse.ts";
import { Earshot, publish } from "./earshot.ts";
import { test } from "./prerequisites.ts";

test("an interface that appears while we run is published and browsed on (L-24, N-24)", async ({ lan }) => {
  const [first, second] = [lan.segment(), lan.segment()];
  const ours = lan.host(first);
  const avahi = await startAvahi(lan.host(second));
  avahi.client("avahi-publish", "--service", "Theirs", "_http._tcp", "80");
  await publish(ours, "Ours", "_http._tcp", "8080");
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
  await browse.expect({ event: "up", name: "Ours" });
  const avahiBrowse = new AvahiBrowse(avahi, "_http._tcp");

  ours.attach(second);
  expect(await browse.expect({ event: "up", name: "Theirs" })).toMatchObject({ interface: "e1", host: "host2.local" });
  const found = await avahiBrowse.expect({ sign: "=", name: "Ours" });
  expect(ours.addressesOf("e1")).toContain(found.address);
});

test("a cable pulled takes what was learnt there, and plugged in again brings it back (L-24, L-25)", async ({
  lan,
}) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  avahi.client("avahi-publish", "--service", "Theirs", "_http._tcp", "80");
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
  await browse.expect({ event: "up", name: "Theirs" });

  ours.interface("e0").cable.set("down");
  await browse.expect({ event: "down", name: "Theirs" });
  const { mark } = browse;
  ours.interface("e0").cable.set("up");
  await browse.expect({ event: "up", name: "Theirs" }, () => true, { after: mark });
});

test("an address replaced while we publish is what Avahi resolves to afterwards (N-07, L-24)", async ({ lan }) => {
  const segment = lan.segment(["ipv4"]);
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  await publish(ours, "Ours", "_http._tcp", "8080");
  await new AvahiBrowse(avahi, "_http._tcp").expect({ sign: "=", name: "Ours", address: "10.77.1.1" });

  ours.replaceIpv4("e0", "10.77.1.101");
  await expectResolved(avahi, "_http._tcp", "Ours", { address: "10.77.1.101" });
});
