import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse } from "./avahi-browse.ts";
import { Earshot, publish } from "./earshot.ts";
import { test } from "./prerequisites.ts";

test("when Avahi holds a service name, ours becomes NAME (2) and Avahi's stays (P-10, P-38)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const holder = avahi.client("avahi-publish", "--service", "Beta", "_http._tcp", "80");
  await holder.expect("Avahi has the name", (line) =>
    line.includes("Established under name 'Beta'") ? true : undefined,
  );
  const browse = new AvahiBrowse(avahi, "_http._tcp");
  const publisher = await publish(ours, "Beta", "_http._tcp", "8080");

  expect(publisher.name).toBe("Beta (2)");
  expect(await browse.expect({ sign: "=", name: "Beta (2)" })).toMatchObject({ host: "host1.local", port: 8080 });
  expect(await browse.expect({ sign: "=", name: "Beta" })).toMatchObject({ host: "host2.local", port: 80 });
  expect(holder.lines.filter((line) => line.includes("collision"))).toEqual([]);
  expect(browse.lines.filter(({ sign }) => sign === "-")).toEqual([]);
});

test("when we hold a service name, Avahi's gets a new one and ours stays (A-33)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
  const publisher = await publish(ours, "Beta", "_http._tcp", "8080");
  const second = avahi.client("avahi-publish", "--service", "Beta", "_http._tcp", "80");

  const name = await second.expect("Avahi has a name", (line) => /Established under name '(.*)'/.exec(line)?.[1]);
  expect(name).toBe("Beta #2");
  expect(await browse.expect({ event: "up", name })).toMatchObject({ host: "host2.local", port: 80 });
  expect(await browse.expect({ event: "up", name: "Beta" })).toMatchObject({ host: "host1.local", port: 8080 });
  expect(publisher.events.map(({ event }) => event)).toEqual(["published"]);
  expect(browse.events.filter(({ event }) => event === "down")).toEqual([]);
});

test("when Avahi holds a host name, ours becomes NAME-2 and Avahi's stays (P-38)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs, { hostName: ours.name });
  expect(avahi.hostName).toBe("host1.local");
  const browse = new AvahiBrowse(avahi, "_http._tcp");
  await publish(ours, "Beta", "_http._tcp", "8080");

  const found = await browse.expect({ sign: "=", name: "Beta", host: "host1-2.local" });
  expect(ours.addresses).toContain(found.address);
  expect(avahi.daemon.lines.filter((line) => line.includes("conflict"))).toEqual([]);
});

test("when we hold a host name, Avahi's gets a new one and ours stays (A-33)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const publisher = await publish(ours, "Beta", "_http._tcp", "8080");
  const avahi = await startAvahi(theirs, { hostName: ours.name });

  expect(avahi.hostName).toBe("host1-2.local");
  const found = await new AvahiBrowse(avahi, "_http._tcp").expect({ sign: "=", name: "Beta", host: "host1.local" });
  expect(ours.addresses).toContain(found.address);
  expect(publisher.events.map(({ event }) => event)).toEqual(["published"]);
});
