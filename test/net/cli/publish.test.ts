import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Command, LOOPBACK, published, uniqueType } from "./command.ts";

test("it says which name it got when the wanted one is taken (RFC 6762 §9)", async () => {
  const type = uniqueType();
  await published("Twin", type, "1");
  const second = new Command("mdns-publish", "Twin", type, "2", "-i", LOOPBACK);
  const line = await second.line((text) => text);
  expect(line).toMatch(new RegExp(`^published Twin \\(2\\) ${type} .*\\.local:2$`));
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s withdraws what is published, and each withdrawal is a line",
  async (signal) => {
    const type = uniqueType();
    const publish = await published("One", type, "1", "--and", "Two", type, "2");
    await publish.json({ event: "published", name: "One" });
    await publish.json({ event: "published", name: "Two" });
    const browse = new Command("mdns-browse", type, "--json", "-i", LOOPBACK);
    await browse.json({ event: "up", name: "Two" });
    const { status } = await publish.stop(signal);
    const withdrawn = changes(publish)
      .slice(2)
      .toSorted((a, b) => Number(a["port"]) - Number(b["port"]));
    const common = { event: "withdrawn", type, domain: "local", host: expect.any(String) };
    expect([status, withdrawn]).toEqual([
      0,
      [
        { ...common, name: "One", port: 1 },
        { ...common, name: "Two", port: 2 },
      ],
    ]);
    await browse.json({ event: "down", name: "Two" });
  },
);

test("--host names this host, whose address can then be looked up", async () => {
  const host = `h${uniqueType().slice(2, 10)}`;
  await published("Named", uniqueType(), "1", "--host", host);
  const resolve = await new Command("mdns-resolve", `${host}.local`, "-i", LOOPBACK).ended;
  expect(resolve).toMatchObject({ status: 0, stderr: "" });
  expect(resolve.stdout).toContain(`${host}.local\t127.0.0.1\n`);
});

test("a host can be published alone, with exactly the addresses given", async () => {
  const host = `h${uniqueType().slice(2, 10)}`;
  await published("--host", host, "--address", "192.0.2.7", "--address", "2001:db8::7");
  const resolve = await new Command("mdns-resolve", `${host}.local`, "--json", "-i", LOOPBACK).ended;
  expect(JSON.parse(resolve.stdout)).toMatchObject({ host: `${host}.local`, addresses: ["192.0.2.7", "2001:db8::7"] });
});

test("standard input renames and changes, a wrong line is told and does no harm", async () => {
  const type = uniqueType();
  const publish = await published("Old", type, "1", "--stdin");
  const browse = new Command("mdns-browse", type, "--json", "-i", LOOPBACK);
  await browse.json({ event: "up", name: "Old" });
  publish.child.stdin.write('nonsense\n{"name":"New"}\n');
  await browse.json({ event: "up", name: "New" });
  await browse.json({ event: "down", name: "Old" });
  const { stderr, status } = await publish.stop();
  expect([stderr, status]).toEqual([expect.stringMatching(/^mdns-publish: line 1 of standard input: [^\n]*\n$/), 0]);
});

test("stopped in the middle of a change it ends without a word about that", async () => {
  const monitor = new Command("mdns-monitor", "-i", LOOPBACK);
  const publish = await published("Before", uniqueType(), "1", "--stdin");
  await monitor.line((line) => line.includes("Before") || undefined); // it hears by then
  publish.child.stdin.write('{"name":"Meanwhile"}\n');
  await monitor.line((line) => (line.includes("probe") && line.includes("Meanwhile")) || undefined);
  const { status, stderr } = await publish.stop();
  expect([status, stderr, changes(publish).map(({ event, name }) => `${event} ${name}`)]).toEqual([
    0,
    "",
    ["published Before", "withdrawn Before"],
  ]);
});

test("an empty file is said to be one, and what is waited for", async () => {
  const folder = mkdtempSync(join(tmpdir(), "earshot-publish-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "services.json");
  writeFileSync(file, "[]");
  const publish = new Command("mdns-publish", "--file", file, "--json", "-i", LOOPBACK);
  await publish.note("holds no services; waiting for SIGHUP");
  writeFileSync(file, JSON.stringify([{ name: "Later", type: uniqueType(), port: 1 }]));
  publish.child.kill("SIGHUP");
  await publish.json({ event: "published", name: "Later" });
});

test("SIGHUP before all of the file is published waits for that, then reads the file again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "earshot-publish-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "services.json");
  const service = { name: "Early", type: uniqueType(), port: 1 };
  writeFileSync(file, JSON.stringify([service]));
  const monitor = new Command("mdns-monitor", "-i", LOOPBACK);
  await published("Marker", uniqueType(), "1");
  await monitor.line((line) => line.includes("Marker") || undefined); // it hears by then
  const publish = new Command("mdns-publish", "--file", file, "--json", "-i", LOOPBACK);
  await monitor.line((line) => (line.includes("probe") && line.includes("Early")) || undefined);
  writeFileSync(file, JSON.stringify([{ ...service, port: 2 }]));
  publish.child.kill("SIGHUP");
  await publish.json({ event: "published", port: 1 });
  await publish.json({ event: "updated", port: 2 });
});

test("SIGHUP reads the file again: new, changed and missing services", async () => {
  const folder = mkdtempSync(join(tmpdir(), "earshot-publish-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "services.json");
  const write = (...services: readonly object[]) => writeFileSync(file, JSON.stringify(services));
  const type = uniqueType();
  const browse = new Command("mdns-browse", type, "--json", "-i", LOOPBACK);
  write({ name: "Stays", type, port: 1, txt: { a: "1" } }, { name: "Goes", type, port: 2 });
  const publish = await published("--file", file);
  await browse.json({ event: "up", name: "Stays" });
  await browse.json({ event: "up", name: "Goes" });
  write({ name: "Stays", type, port: 1, txt: { a: "2" } }, { name: "Comes", type, port: 3 });
  publish.child.kill("SIGHUP");
  expect(await browse.json({ event: "update", name: "Stays" })).toMatchObject({ txt: { a: "2" } });
  await browse.json({ event: "up", name: "Comes" });
  await browse.json({ event: "down", name: "Goes" });
  write({ name: "Wrong", type: "http", port: 4 });
  publish.child.kill("SIGHUP");
  await publish.note("service 1");
  write();
  publish.child.kill("SIGHUP");
  await publish.note("no services");
  await browse.json({ event: "down", name: "Comes" });
  const { status, stderr } = await publish.stop();
  expect([status, stderr.replace(file, "FILE")]).toEqual([
    0,
    expect.stringMatching(
      /^mdns-publish: --file FILE: service 1: type must be [^\n]*'http'; the services stay as they were\nmdns-publish: --file \S+ holds no services; waiting for SIGHUP[^\n]*\n$/,
    ),
  ]);
});

/** What it has printed so far. */
function changes({ lines }: Command): readonly Record<string, unknown>[] {
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
