import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse, expectResolved } from "./avahi-browse.ts";
import { publish } from "./earshot.ts";
import { test } from "./prerequisites.ts";

test("Avahi finds, resolves and sees leave what we publish (D-02, D-16, D-17, P-51, N-18)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const browse = new AvahiBrowse(avahi, "_http._tcp");
  const publisher = await publish(ours, "Beta", "_http._tcp", "8080", "path=/a b", "flag");

  for (const family of ["IPv4", "IPv6"] as const) {
    const found = await browse.expect({ sign: "=", name: "Beta", family });
    expect(found).toMatchObject({ interface: "e0", type: "_http._tcp", host: "host1.local", port: 8080 });
    expect(ours.addresses).toContain(found.address);
    expect(found.txt).toBe('"flag" "path=/a b"');
  }

  expect(await publisher.program.stop("SIGINT")).toBe(0);
  await browse.expect({ sign: "-", name: "Beta", family: "IPv4" });
  await browse.expect({ sign: "-", name: "Beta", family: "IPv6" });
});

test("Avahi follows a TXT record that we change (N-13, P-46)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const browse = new AvahiBrowse(avahi, "_http._tcp");
  const publisher = await publish(ours, "Beta", "_http._tcp", "8080", "state=idle", "--stdin");
  await browse.expect({ sign: "=", name: "Beta", txt: '"state=idle"' });

  publisher.program.write(JSON.stringify({ txt: { state: "busy" } }));
  await publisher.expect({ event: "updated", name: "Beta" });
  await expectResolved(avahi, "_http._tcp", "Beta", { txt: '"state=busy"' });
  expect(browse.lines.filter(({ sign }) => sign === "-")).toEqual([]);
});

test("Avahi finds what we publish under its subtypes (D-11)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const subtype = new AvahiBrowse(avahi, "_printer._sub._http._tcp");
  const other = new AvahiBrowse(avahi, "_scanner._sub._http._tcp");
  await publish(ours, "Beta", "_http._tcp", "8080", "--subtype", "_printer");
  await publish(ours, "Gamma", "_http._tcp", "8081", "--subtype", "_scanner");

  expect(await subtype.expect({ sign: "=", name: "Beta" })).toMatchObject({ host: "host1.local", port: 8080 });
  await other.expect({ sign: "=", name: "Gamma" });
  expect(subtype.lines.filter(({ name }) => name !== "Beta")).toEqual([]);
});

test("Avahi lists the types that we publish, and drops them with the last instance (D-13, D-14)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const browse = new AvahiBrowse(avahi, "--all");
  const publisher = await publish(ours, "Beta", "_ipp._tcp", "631", "--and", "Beta", "_http._tcp", "80");
  await publisher.expect({ event: "published", type: "_http._tcp" });
  await browse.expect({ sign: "=", name: "Beta", type: "_ipp._tcp" });
  await browse.expect({ sign: "=", name: "Beta", type: "_http._tcp" });

  await publisher.program.stop();
  await browse.expect({ sign: "-", name: "Beta", type: "_ipp._tcp" });
  await browse.expect({ sign: "-", name: "Beta", type: "_http._tcp" });
});
