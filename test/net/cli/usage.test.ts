import { describe, expect, test } from "vitest";
import { Command, LOOPBACK, uniqueType } from "./command.ts";

describe("wrong usage is one line that names option and value, one usage line, and status 2 (K-06)", () => {
  test.each([
    ["mdns-browse", ["--jsn"], "--jsn"],
    ["mdns-browse", ["http"], "TYPE must be .*http"],
    ["mdns-browse", ["monitor"], "mdns-monitor"],
    ["mdns-browse", ["_http"], "_http"],
    ["mdns-browse", [`_${"x".repeat(63)}._tcp`], "xxx"],
    ["mdns-browse", ["-i", "nope0"], "nope0"],
    ["mdns-browse", ["-i", "10.0.0.0/99"], "--interface must be .*10.0.0.0/99"],
    ["mdns-browse", ["--timeout", "soon"], "soon"],
    ["mdns-browse", ["--count", "0"], "0"],
    ["mdns-browse", ["_a._tcp", "_b._tcp"], "_b._tcp"],
    ["mdns-browse", ["_a._tcp", "--subtype", "x".repeat(64)], "xxx"],
    ["mdns-browse", ["-d", "example.com"], "example.com"],
    ["mdns-publish", [], "NAME"],
    ["mdns-publish", ["A", "http", "80"], "http"],
    ["mdns-publish", ["A", "_http._tcp", "65536"], "65536"],
    ["mdns-publish", ["x".repeat(64), "_http._tcp", "80"], "NAME must be .*64 bytes"],
    ["mdns-publish", ["", "_http._tcp", "80"], "NAME"],
    ["mdns-publish", ["A", "_http._tcp", "80", `k=${"x".repeat(254)}`], "KEY=VALUE must be .*255 bytes"],
    ["mdns-publish", ["A", "_http._tcp", "80", "--host", "a.b"], "--host must be .*a.b"],
    ["mdns-publish", ["A", "_http._tcp", "80", "--host", "h", "--address", "10.77"], "--address must be .*10.77"],
    ["mdns-publish", ["A", "_http._tcp", "80", "--subtype", ""], "subtype"],
    ["mdns-publish", ["A", "_http._tcp", "80", "-i", "nope0"], "nope0"],
    ["mdns-publish", ["--file", "/nonexistent.json"], "/nonexistent.json"],
    ["mdns-resolve", [], "NAME"],
    ["mdns-resolve", ["example.com"], "example.com"],
    ["mdns-resolve", ["--type", "NOPE", "a.local"], "--type must be .*NOPE"],
    ["mdns-resolve", ["-i", "nope0", "a.local"], "nope0"],
    ["mdns-resolve", ["fe80::1%nope0"], `no interface "nope0" is up; there are: .*${LOOPBACK}`],
    ["mdns-resolve", [`${"x".repeat(64)}.local`], "NAME must be .*xxx"],
    ["mdns-resolve", ["a\\999._http._tcp.local"], "999"],
    ["mdns-monitor", ["_http._tcp"], "_http._tcp"],
    ["mdns-monitor", ["-i", "nope0"], "nope0"],
    ["mdns-monitor", ["--read", "x.pcap"], "--read"],
  ])("%s %j", async (name, args, value) => {
    const interfaces = args.includes("-i") ? [] : ["-i", LOOPBACK];
    const { status, stdout, stderr } = await new Command(name, ...args, ...interfaces).ended;
    expect([stdout, stderr.split("\n").length, status]).toEqual(["", 3, 2]);
    const [message, usage] = stderr.split("\n");
    expect(message).toMatch(new RegExp(`^${name}: .*${value}`));
    expect(usage).toMatch(new RegExp(`^usage: ${name} `));
  });
});

test.each(["mdns-browse", "mdns-publish", "mdns-resolve", "mdns-monitor"])(
  "%s --help and --version go to stdout",
  async (name) => {
    const help = await new Command(name, "--help").ended;
    expect(help).toMatchObject({ status: 0, stderr: "" });
    expect(help.stdout).toContain(`usage: ${name} `);
    const version = await new Command(name, "-V").ended;
    expect(version).toMatchObject({ status: 0, stderr: "" });
    expect(version.stdout).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\n$`));
  },
);

describe("--quiet says nothing on stderr but what the command failed of", () => {
  test.each([
    ["mdns-browse", [uniqueType(), "--timeout", "200ms"]],
    ["mdns-resolve", ["nobody-has-this-name.local", "--timeout", "200ms"]],
    ["mdns-monitor", ["--timeout", "200ms", "--summary", "--json"]],
  ])("%s, when nothing was found", async (name, args) => {
    const { status, stderr } = await new Command(name, ...args, "-i", LOOPBACK, "-q").ended;
    expect(stderr).toBe("");
    expect([0, 1]).toContain(status); // a monitor may hear somebody
  });

  test("mdns-publish, which does not even say which name it got; a wrong line is told", async () => {
    const publish = new Command("mdns-publish", "Quiet", uniqueType(), "1", "--stdin", "-q", "-i", LOOPBACK);
    publish.child.stdin.write("nonsense\n");
    await publish.note("line 1 of standard input");
    const { status, stdout } = await publish.stop();
    expect([status, stdout]).toEqual([0, ""]);
  });

  test.each(["mdns-browse", "mdns-publish", "mdns-resolve"])("%s has either that or --verbose", async (name) => {
    const { status, stderr } = await new Command(name, "-q", "-v", "-i", LOOPBACK).ended;
    expect(status).toBe(2);
    expect(stderr).toContain("--quiet and --verbose contradict each other");
  });
});

test.each([
  ["mdns-publish", ["Verbose", uniqueType(), "1"]],
  ["mdns-resolve", ["nobody-has-this-name.local", "--timeout", "500ms"]],
])("%s --verbose tells on stderr what happens on the network", async (name, args) => {
  const command = new Command(name, ...args, "-v", "-i", LOOPBACK);
  await command.note(`interface ${LOOPBACK}: up`);
  await command.stop();
});
