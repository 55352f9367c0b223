import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiEntryGroup } from "./avahi-entry-group.ts";
import { Earshot } from "./earshot.ts";
import { test } from "./prerequisites.ts";

test("we find, resolve and see leave what Avahi publishes (B-01, B-08, B-25)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
  const publisher = avahi.client("avahi-publish", "--service", "Beta", "_http._tcp", "8080", "path=/a b", "flag");

  const complete = ({ addresses = [] }: { addresses?: readonly string[] }): boolean =>
    addresses.includes("10.77.1.2") && addresses.includes("fd77:1::2");
  const found = await browse.expect({ name: "Beta" }, complete);
  expect(found).toMatchObject({ type: "_http._tcp", domain: "local", host: "host2.local", port: 8080 });
  expect(found).toMatchObject({ interface: "e0", txt: { path: "/a b", flag: true } });
  expect(theirs.zonedAddresses("e0")).toEqual(expect.arrayContaining([...(found.addresses ?? [])]));

  await publisher.stop();
  await browse.expect({ event: "down", name: "Beta", type: "_http._tcp" });
  expect(browse.events.map(({ event }) => event).filter((event) => event !== "update")).toEqual(["up", "down"]);
  expect(await browse.program.stop("SIGINT")).toBe(0);
});

test("we follow a TXT record that Avahi changes, as one update and no down (N-13, M-06, B-22)", async ({
  lan,
  onTestFinished,
}) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const service = { name: "Beta", type: "_http._tcp", port: 80 };
  const group = await AvahiEntryGroup.publish(avahi, [{ ...service, txt: ["state=idle"] }]);
  onTestFinished(() => group.close());
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
  await browse.expect({ event: "up", name: "Beta" }, ({ txt }) => txt?.["state"] === "idle");

  await group.updateTxt(service, ["state=busy"]);
  await browse.expect({ event: "update", name: "Beta" }, ({ txt }) => txt?.["state"] === "busy");

  group.close();
  await browse.expect({ event: "down", name: "Beta" });
  const states = browse.events.map(({ event, txt }) => `${event} ${txt?.["state"] ?? ""}`.trim());
  expect(states.filter((state, index) => state !== "update idle" && state !== states[index - 1])).toEqual([
    "up idle",
    "update busy",
    "down",
  ]);
});

test("we find what Avahi publishes under a subtype (B-14)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const subtype = new Earshot(ours, "mdns-browse", "_printer._sub._http._tcp");
  const other = new Earshot(ours, "mdns-browse", "_scanner._sub._http._tcp");
  const publishWith = (name: string, kind: string) =>
    avahi.client("avahi-publish", "--service", `--subtype=${kind}._sub._http._tcp`, name, "_http._tcp", "8080");
  publishWith("Beta", "_printer");
  publishWith("Gamma", "_scanner");

  await other.expect({ event: "up", name: "Gamma" });
  await subtype.expect({ event: "up", name: "Beta" });
  expect(subtype.events.filter(({ name }) => name !== "Beta")).toEqual([]);
});

test("without a type we find all that Avahi publishes (B-15)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const browse = new Earshot(ours, "mdns-browse");
  avahi.client("avahi-publish", "--service", "Beta", "_ipp._tcp", "631");
  avahi.client("avahi-publish", "--service", "Beta", "_http._tcp", "80");

  await browse.expect({ event: "up", name: "Beta", type: "_ipp._tcp", port: 631 });
  await browse.expect({ event: "up", name: "Beta", type: "_http._tcp", port: 80 });
});
