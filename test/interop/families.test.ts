import { describe, expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse } from "./avahi-browse.ts";
import { Earshot, publish } from "./earshot.ts";
import { test } from "./prerequisites.ts";
import type { Family } from "./segment.ts";

const LINKS: readonly { readonly only: Family; readonly shown: "IPv4" | "IPv6" }[] = [
  { only: "ipv4", shown: "IPv4" },
  { only: "ipv6", shown: "IPv6" },
  { only: "link-local", shown: "IPv6" },
];

describe.for(LINKS)("on a link with $only addresses only", ({ only, shown }) => {
  test("Avahi finds, resolves and sees leave what we publish (L-20, L-22)", async ({ lan }) => {
    const segment = lan.segment([only]);
    const [ours, theirs] = [lan.host(segment), lan.host(segment)];
    const avahi = await startAvahi(theirs);
    const browse = new AvahiBrowse(avahi, "_http._tcp");
    const publisher = await publish(ours, "Beta", "_http._tcp", "8080", "k=v");

    const found = await browse.expect({ sign: "=", name: "Beta" });
    expect(found).toMatchObject({ family: shown, host: "host1.local", port: 8080, txt: '"k=v"' });
    expect(ours.addresses).toContain(found.address);

    expect(await publisher.program.stop()).toBe(0);
    await browse.expect({ sign: "-", name: "Beta", family: shown });
  });

  test("we find, resolve and see leave what Avahi publishes (L-20, L-22)", async ({ lan }) => {
    const segment = lan.segment([only]);
    const [ours, theirs] = [lan.host(segment), lan.host(segment)];
    const avahi = await startAvahi(theirs);
    const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
    const publisher = avahi.client("avahi-publish", "--service", "Beta", "_http._tcp", "8080", "k=v");

    const found = await browse.expect({ event: "up", name: "Beta" });
    expect(found).toMatchObject({ host: "host2.local", port: 8080, txt: { k: "v" }, interface: "e0" });
    expect(found.addresses).not.toEqual([]);
    expect(theirs.zonedAddresses("e0")).toEqual(expect.arrayContaining([...(found.addresses ?? [])]));

    await publisher.stop();
    await browse.expect({ event: "down", name: "Beta" });
  });
});
