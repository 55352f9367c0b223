import { expect, test } from "vitest";
import { Command, LOOPBACK, published, uniqueType } from "./command.ts";

const resolved = (...args: readonly string[]) => new Command("mdns-resolve", ...args, "-i", LOOPBACK).ended;

test("hosts, addresses, services and records, several at once", async () => {
  const type = uniqueType();
  const host = `h${type.slice(2, 10)}`;
  await published("A.B", type, "80", "k=v", "--host", host, "--address", "192.0.2.77", "--and", "C", type, "1");
  const service = `A\\.B.${type}.local`;
  const { status, stdout, stderr } = await resolved(`${host}.local`, "127.0.0.1", service);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`${host}.local\t192.0.2.77\n`);
  expect(stdout).toContain(`${service}\t${host}.local:80\t192.0.2.77\tk=v\n`);
  expect(stdout).toMatch(/^127\.0\.0\.1\t.*\.local$/m);
  const numbered = await resolved("--type", "1", host);
  expect(numbered).toEqual({ status: 0, stdout: `${host}\tA\t192.0.2.77\n`, stderr: "" });
  const txt = await resolved("--type", "TXT", service);
  expect(txt).toEqual({ status: 0, stdout: `${service}\tTXT\t"k=v"\n`, stderr: "" });
});

test("what is not there is status 1 within the time allowed, and said on stderr with what to do next (K-06)", async () => {
  const host = `none-${uniqueType().slice(2, 10)}.local`;
  expect(await resolved(host, "--timeout", "300ms")).toEqual({
    status: 1,
    stdout: "",
    stderr: `mdns-resolve: ${host}: not found\nmdns-resolve: nothing came within 300ms; mdns-monitor shows whether other hosts are heard at all\n`,
  });
});

test("one found of two is status 1, and the one found is printed", async () => {
  const host = `h${uniqueType().slice(2, 10)}`;
  await published("--host", host, "--address", "192.0.2.78");
  const result = await resolved(`${host}.local`, `no-${host}.local`, "--timeout", "3s");
  expect(result).toEqual({
    status: 1,
    stdout: `${host}.local\t192.0.2.78\n`,
    stderr: `mdns-resolve: no-${host}.local: not found\n`,
  });
});

test.each([
  [["127.0.0.1", "nobody.local"]],
  [["127.0.0.1", "10.77.9.9"]],
  [["127.0.0.1", "Nobody._http._tcp.local"]],
  [["--type", "PTR", "1.0.0.127.in-addr.arpa", "nobody.local"]],
])("interrupted before all of %j are found it ends at once with 1, without a word (K-06)", async (args) => {
  await published("Marker", uniqueType(), "1");
  const resolve = new Command("mdns-resolve", ...args, "--timeout", "60s", "-i", LOOPBACK);
  await resolve.line((line) => line.includes("127") || undefined); // its signals are set up by then
  expect(await resolve.stop("SIGINT")).toMatchObject({ status: 1, stderr: "" });
});

test("what its owner denies is not waited for: a minute allowed is not used (K-07)", async () => {
  const host = `h${uniqueType().slice(2, 10)}`;
  await published("--host", host, "--address", "192.0.2.79");
  const { status, stderr } = await resolved("-6", `${host}.local`, "--timeout", "60s");
  expect([status, stderr]).toEqual([1, `mdns-resolve: ${host}.local: not found\n`]);
});

test.each([
  ["SRV", "SRV"],
  ["txt", "TXT"],
  ["65", "HTTPS"],
])(
  "a record type that the owner of the name denies is not waited for: --type %s (RFC 6762 §6.1)",
  async (typed, type) => {
    const host = `h${uniqueType().slice(2, 10)}`;
    await published("--host", host, "--address", "192.0.2.82");
    const result = await resolved("--type", typed, `${host}.local`, "--timeout", "60s");
    const stderr = `mdns-resolve: ${host}.local: the name exists, but has no ${type} record\n`;
    expect(result).toEqual({ status: 1, stdout: "", stderr });
  },
);

test("that one name lacks the record says nothing of another, which is waited for", async () => {
  const host = `h${uniqueType().slice(2, 10)}`;
  await published("--host", host, "--address", "192.0.2.83");
  const result = await resolved("--type", "SRV", `${host}.local`, `no-${host}.local`, "--timeout", "2s");
  const stderr = [`${host}.local: the name exists, but has no SRV record`, `no-${host}.local: not found`];
  expect(result).toEqual({ status: 1, stdout: "", stderr: stderr.map((line) => `mdns-resolve: ${line}\n`).join("") });
});

test("a service shows all addresses of its host, or those of the family asked for", async () => {
  const type = uniqueType();
  const host = `h${type.slice(2, 10)}`;
  const addresses = ["--address", "192.0.2.80", "--address", "192.0.2.81", "--address", "2001:db8::80"];
  await published("Both", type, "80", "--host", host, ...addresses);
  const service = `Both.${type}.local`;
  const line = (found: string) => ({ status: 0, stdout: `${service}\t${host}.local:80\t${found}\n`, stderr: "" });
  expect(await resolved(service)).toEqual(line("192.0.2.80 192.0.2.81 2001:db8::80"));
  expect(await resolved("-4", service)).toEqual(line("192.0.2.80 192.0.2.81"));
  expect(await resolved("-6", service)).toEqual(line("2001:db8::80"));
});
