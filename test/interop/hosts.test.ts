import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { Earshot, publish } from "./earshot.ts";
import { test } from "./prerequisites.ts";

test("Avahi resolves our host name and our addresses back to it (D-25, A-60)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  await publish(ours, "Beta", "_http._tcp", "8080");
  const answer = async (command: string, ...args: readonly string[]): Promise<string[]> => {
    const program = avahi.client(command, ...args);
    await program.ended;
    return program.lines;
  };

  expect(await answer("avahi-resolve-host-name", "-4", "host1.local")).toEqual(["host1.local\t10.77.1.1"]);
  const [ipv6 = ""] = await answer("avahi-resolve-host-name", "-6", "host1.local");
  expect(ours.addresses).toContain(ipv6.split("\t")[1]);
  expect(await answer("avahi-resolve-address", "10.77.1.1")).toEqual(["10.77.1.1\thost1.local"]);
  expect(await answer("avahi-resolve-address", "fd77:1::1")).toEqual(["fd77:1::1\thost1.local"]);
});

test("we resolve Avahi's host name and its addresses back to it (B-25)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  await startAvahi(theirs);
  const answer = async (...args: readonly string[]): Promise<unknown> => {
    const resolve = new Earshot(ours, "mdns-resolve", ...args);
    expect(await resolve.program.ended).toBe(0);
    return resolve.events[0];
  };

  expect(await answer("-4", "host2.local")).toMatchObject({ host: "host2.local", addresses: ["10.77.1.2"] });
  const { addresses } = (await answer("-6", "host2.local")) as { addresses: string[] };
  expect(addresses).not.toEqual([]);
  expect(theirs.zonedAddresses("e0")).toEqual(expect.arrayContaining(addresses));
  expect(await answer("10.77.1.2")).toMatchObject({ names: ["host2.local"] });
  expect(await answer("fd77:1::2")).toMatchObject({ names: ["host2.local"] });
});

test("a host name that nobody has gives status 1 in the time allowed (K-06)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  await startAvahi(theirs);
  const resolve = new Earshot(ours, "mdns-resolve", "nobody.local");
  expect(await resolve.program.ended).toBe(1);
  expect(resolve.events).toEqual([]);
});
