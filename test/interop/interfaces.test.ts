import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse } from "./avahi-browse.ts";
import { Earshot, publish } from "./earshot.ts";
import { PacketRecorder } from "./packet-recorder.ts";
import { test } from "./prerequisites.ts";

test.for([2, 3])(
  "a host on %i links tells each link its own addresses only (N-21, L-18, L-20)",
  async (count, { lan }) => {
    const segments = Array.from({ length: count }, () => lan.segment());
    const ours = lan.host(...segments);
    const watchers = await Promise.all(segments.map((segment) => startAvahi(lan.host(segment))));
    const recorders = await Promise.all(segments.map((segment) => PacketRecorder.start(segment)));
    const publisher = await publish(ours, "Beta", "_http._tcp", "8080");

    for (const [index, watcher] of watchers.entries()) {
      const browse = new AvahiBrowse(watcher, "_http._tcp");
      const found = await browse.expect({ sign: "=", name: "Beta", host: "host1.local" });
      expect(ours.addressesOf(`e${index}`)).toContain(found.address);
    }
    await publisher.program.stop();
    for (const [index, recorder] of recorders.entries()) {
      const foreign = ours.interfaces.filter((_, other) => other !== index).map(({ ipv4 }) => ipv4 ?? "");
      const texts = recorder.packets.map(({ text }) => text).filter((text) => text.includes("Beta"));
      expect(texts).not.toEqual([]);
      expect(texts.filter((text) => foreign.some((address) => text.includes(address)))).toEqual([]);
    }
  },
);

test("a service on two links is one service with both links' addresses, until it leaves both (B-24)", async ({
  lan,
}) => {
  const segments = [lan.segment(), lan.segment()];
  const [ours, theirs] = [lan.host(...segments), lan.host(...segments)];
  const avahi = await startAvahi(theirs);
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
  const publisher = avahi.client("avahi-publish", "--service", "Beta", "_http._tcp", "8080");

  const both = await browse.expect(
    { name: "Beta" },
    ({ addresses = [] }) => addresses.includes(ipv4(theirs, 0)) && addresses.includes(ipv4(theirs, 1)),
  );
  expect(both.links?.map(({ interface: name }) => name).sort()).toEqual(["e0", "e1"]);
  for (const link of both.links ?? []) {
    const allowed = theirs.zonedAddresses(link.interface);
    expect(link.addresses.filter((address) => !allowed.includes(address))).toEqual([]);
  }

  await publisher.stop();
  await browse.expect({ event: "down", name: "Beta" });
  expect(browse.events.map(({ event }) => event).filter((event) => event !== "update")).toEqual(["up", "down"]);
});

test("two interfaces of our host on one bridged link: one name, no rename, no storm (N-08, L-28, P-35)", async ({
  lan,
}) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment, segment), lan.host(segment)];
  const recorder = await PacketRecorder.start(segment);
  const avahi = await startAvahi(theirs);
  const browse = new AvahiBrowse(avahi, "_http._tcp");
  const publisher = await publish(ours, "Beta", "_http._tcp", "8080");
  expect(await browse.expect({ sign: "=", name: "Beta" })).toMatchObject({ host: "host1.local", port: 8080 });
  const ownBrowse = new Earshot(ours, "mdns-browse", "_http._tcp");
  await ownBrowse.expect({ event: "up", name: "Beta", host: "host1.local" });

  await publisher.program.stop();
  await browse.expect({ sign: "-", name: "Beta" });
  await ownBrowse.expect({ event: "down", name: "Beta" });
  expect(publisher.events.map(({ event }) => event)).toEqual(["published", "withdrawn"]);
  expect(ownBrowse.events.map(({ event }) => event).filter((event) => event !== "update")).toEqual(["up", "down"]);
  const probes = recorder.packets.filter(({ text }) => text.startsWith("probe") && text.includes("Beta"));
  expect(probes.length).toBeLessThanOrEqual(3 * 2 * 2); // three for each of two interfaces and two families
  expect(recorder.packets.filter(({ text }) => /host1-\d|\(2\)/.test(text))).toEqual([]);
});

test("a reflector between two links of our host: one name, no rename, no storm (N-08, H-29, P-35)", async ({ lan }) => {
  const segments = [lan.segment(), lan.segment()];
  const ours = lan.host(...segments);
  await startAvahi(lan.host(...segments), { reflector: true });
  const watcher = await startAvahi(lan.host(...segments.slice(1)));
  const recorders = await Promise.all(segments.map((segment) => PacketRecorder.start(segment)));
  const browse = new AvahiBrowse(watcher, "_http._tcp");
  const publisher = await publish(ours, "Beta", "_http._tcp", "8080");
  expect(await browse.expect({ sign: "=", name: "Beta" })).toMatchObject({ host: "host1.local", port: 8080 });

  await publisher.program.stop();
  await browse.expect({ sign: "-", name: "Beta" });
  expect(publisher.events.map(({ event }) => event)).toEqual(["published", "withdrawn"]);
  const packets = recorders.flatMap((recorder) => recorder.packets);
  expect(packets.filter(({ text }) => /host1-\d|\(2\)/.test(text))).toEqual([]);
  const own = packets.filter(({ from, text }) => ours.addresses.includes(from) && text.includes("Beta"));
  expect(own.filter(({ text }) => text.startsWith("probe")).length).toBeLessThanOrEqual(3 * 2 * 2);
  expect(own.length).toBeLessThanOrEqual(60);
});

function ipv4(host: { readonly interfaces: readonly { readonly ipv4: string | undefined }[] }, index: number): string {
  return host.interfaces[index]?.ipv4 ?? "";
}
