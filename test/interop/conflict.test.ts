import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse, expectResolved } from "./avahi-browse.ts";
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

  await expectResolved(avahi, "_http._tcp", "Beta", { host: "host1-2.local" });
  expect(ours.addresses).toContain((await browse.expect({ sign: "=", name: "Beta" })).address);
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

test("when Avahi and we claim a name at the same time, one has it and the other renames (P-14, P-37)", async ({
  lan,
}) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const second = avahi.client("avahi-publish", "--service", "Beta", "_http._tcp", "80");
  const publisher = await publish(ours, "Beta", "_http._tcp", "8080");
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");

  const [one, other] = [
    await browse.expect({ event: "up", port: 80 }),
    await browse.expect({ event: "up", port: 8080 }),
  ];
  expect([one.name, other.name]).toContain("Beta");
  expect(one.name).not.toBe(other.name);
  expect(other.name).toBe(publisher.events.at(-1)?.name);
  await second.expect("Avahi has it so, too", (line) =>
    line === `Established under name '${one.name}'` ? true : undefined,
  );
});

test("a name that was unique on each of two links is so again after they were joined (P-33, P-34)", async ({ lan }) => {
  const [first, second] = [lan.segment(), lan.segment()];
  const [ours, theirs] = [lan.host(first), lan.host(second)];
  const avahi = await startAvahi(theirs);
  const holder = avahi.client("avahi-publish", "--service", "Beta", "_http._tcp", "80");
  await holder.expect("Avahi has the name", (line) =>
    line.includes("Established under name 'Beta'") ? true : undefined,
  );
  await publish(ours, "Beta", "_http._tcp", "8080");

  first.join(second);
  const browse = new Earshot(lan.host(first), "mdns-browse", "_http._tcp");
  const latest = new Map<string | undefined, number | undefined>();
  await browse.expect(
    {},
    ({ event, name, port }) => {
      if (event === "down") latest.delete(name);
      else latest.set(name, port);
      return new Set(latest.values()).size === 2;
    },
    { within: 30_000 },
  );
  expect([...latest.keys()]).toContain("Beta");
});
