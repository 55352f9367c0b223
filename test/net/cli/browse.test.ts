import { expect, test } from "vitest";
import { Command, LOOPBACK, published, uniqueType } from "./command.ts";

test("a service is found resolved, seen to change, and seen to leave (K-02)", async () => {
  const type = uniqueType();
  const browse = new Command("mdns-browse", type, "--json", "-i", LOOPBACK);
  const publish = await published("A.B C\\D ☕", type, "8080", "k=v", "flag", "--stdin");
  const up = await browse.json({ event: "up" });
  expect(up).toMatchObject({
    name: "A.B C\\D ☕",
    type,
    domain: "local",
    port: 8080,
    addresses: expect.arrayContaining(["127.0.0.1"]),
    interface: LOOPBACK,
    txt: { k: "v", flag: true },
    txtRaw: Buffer.from("\u0003k=v\u0004flag").toString("base64"),
  });
  expect(up["host"]).toMatch(/\.local$/);
  publish.child.stdin.write('{"txt":{"k":"w"}}\n');
  expect(await browse.json({ event: "update" })).toMatchObject({ name: "A.B C\\D ☕", txt: { k: "w" } });
  expect(await publish.stop()).toMatchObject({ status: 0, stderr: "" });
  expect(await browse.json({ event: "down" })).toMatchObject({ name: "A.B C\\D ☕", type, domain: "local" });
  expect(await browse.stop("SIGINT")).toMatchObject({ status: 0, stderr: "" });
});

test("without a TYPE the services of all types are found, --types lists the types", async () => {
  const type = uniqueType();
  await published("Some", type, "1");
  const all = new Command("mdns-browse", "--json", "-i", LOOPBACK);
  expect(await all.json({ event: "up", type })).toMatchObject({ name: "Some", port: 1 });
  const types = new Command("mdns-browse", "--types", "--json", "-i", LOOPBACK);
  expect(await types.json({ type })).toEqual({ event: "up", type, domain: "local" });
});

test("a subtype is browsed by option or as part of the TYPE", async () => {
  const type = uniqueType();
  await published("Plain", type, "1", "--and", "Special", type, "2", "--subtype", "_special");
  for (const args of [[`_special._sub.${type}`], [type, "--subtype", "_special"]]) {
    const browse = new Command("mdns-browse", ...args, "--json", "-i", LOOPBACK, "--quiet-for", "1500ms");
    const { stdout, status } = await browse.ended;
    expect(
      stdout
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line).name),
    ).toEqual(["Special"]);
    expect(status).toBe(0);
  }
});

test("it ends by count, by time, by quiet or when that is all for now (K-03)", async () => {
  const type = uniqueType();
  await published("One", type, "1", "--and", "Two", type, "2");
  for (const end of [["--count", "2"], ["--timeout", "2s"], ["--quiet-for", "1500ms"], ["--terminate"]]) {
    const { status, stdout } = await new Command("mdns-browse", type, "--json", "-i", LOOPBACK, ...end).ended;
    expect([end, status, stdout.split("\n").length]).toEqual([end, 0, 3]);
  }
});

test.each([[[]], [["--json"]], [["--parsable"]]])(
  "an end without a find is status 1, and what to look at next on standard error %j (K-06)",
  async (format) => {
    const type = uniqueType();
    const browse = new Command("mdns-browse", type, "-i", LOOPBACK, "--timeout", "300ms", ...format);
    expect(await browse.ended).toEqual({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(new RegExp(`^mdns-browse: no ${type} service found; .*mdns-monitor .*\n$`)),
    });
  },
);

test("the first signal ends an open browse with 0, even with nothing found", async () => {
  const browse = new Command("mdns-browse", "-i", LOOPBACK, "--json", uniqueType());
  await published("Marker", uniqueType(), "1"); // by then its signals are set up
  expect((await browse.stop("SIGTERM")).status).toBe(0);
});

test("two signals end it at once with 130", async () => {
  await published("Marker", uniqueType(), "1");
  const statuses: (number | null)[] = [];
  // Sent together, the first may have ended it all the same before it sees the second.
  for (let attempt = 0; attempt < 5 && !statuses.includes(130); attempt++) {
    const browse = new Command("mdns-browse", "-i", LOOPBACK, "--json");
    await browse.json({ event: "up" });
    for (const signal of ["SIGSTOP", "SIGINT", "SIGTERM", "SIGCONT"] as const) browse.child.kill(signal);
    statuses.push((await browse.ended).status);
  }
  expect(statuses.slice(0, -1).every((status) => status === 0)).toBe(true);
  expect(statuses.at(-1)).toBe(130);
});

test("a reader that goes away ends it quietly", async () => {
  const type = uniqueType();
  const browse = new Command("mdns-browse", type, "-i", LOOPBACK);
  await published("First", type, "1");
  await browse.line((line) => (line.startsWith("+ First") ? line : undefined));
  browse.child.stdout.destroy();
  await published("Second", type, "2");
  expect(await browse.ended).toMatchObject({ status: 0, stderr: "" });
});

test("-p prints avahi-browse's lines, -4 and -l choose (K-01, K-04)", async () => {
  const type = uniqueType();
  await published("A.B", type, "80", 'q="x"');
  const parsable = await new Command("mdns-browse", "-prkt4", type, "-i", LOOPBACK).ended;
  const [plus, equals] = parsable.stdout.split("\n");
  expect(plus).toBe(`+;${LOOPBACK};IPv4;A\\.B;${type};local`);
  expect(equals).toMatch(
    new RegExp(`^=;${LOOPBACK};IPv4;A\\\\.B;${type};local;.*\\.local;127.0.0.1;80;"q=\\\\"x\\\\""$`),
  );
  const others = await new Command("mdns-browse", "-plt", type, "-i", LOOPBACK).ended;
  expect(others).toMatchObject({ status: 1, stdout: "" });
});
