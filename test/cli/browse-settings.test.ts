import { expect, test } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { browseSettings } from "../../src/cli/browse-settings.ts";
import { BROWSE } from "../../src/cli/browse-spec.ts";

const settings = (...argv: string[]) => browseSettings(parseArguments(BROWSE, argv));

test("without arguments: all types, readable lines, no end", () => {
  expect(settings()).toMatchObject({ type: undefined, list: "services", format: "lines", end: {}, interfaces: [] });
});

test("-4 and -6 together mean both, as neither does", () => {
  expect([settings("-4").families, settings("-6").families, settings("-46").families]).toEqual([
    ["ipv4"],
    ["ipv6"],
    undefined,
  ]);
});

test("-p searches over each IP version by itself, as Avahi does; else one search has all that is wanted (K-01)", () => {
  expect([settings("-p"), settings("-p4"), settings(), settings("-6")].map(({ searches }) => searches)).toEqual([
    [["ipv4"], ["ipv6"]],
    [["ipv4"]],
    [undefined],
    [["ipv6"]],
  ]);
});

test("-t combines with the other ends", () => {
  expect(settings("-t", "--timeout", "3s", "--count", "2").end).toEqual({ timeout: 3_000, quietFor: 2_000, count: 2 });
});

test.each([
  [["_http._tcp", "_ipp._tcp"], 'one TYPE at most; "_ipp._tcp" is too many'],
  [["-a", "_http._tcp"], '--all shows all types; leave out "_http._tcp" or --all'],
  [["--types", "_http._tcp"], '--types lists types; leave out "_http._tcp" or --types'],
  [["--subtype", "_x"], "--subtype _x needs a TYPE"],
  [["--json", "-p"], "--json and --parsable are two formats; choose one"],
  [["--types", "-p"], "--types has no --parsable form; use --json"],
  [["-d", "example.com"], "--domain example.com: multicast serves only the domain local"],
  [["--count", "0"], '--count wants a whole number from 1, not "0"'],
  [["--count", "1.5"], '--count wants a whole number from 1, not "1.5"'],
  [["--timeout", "soon"], '--timeout wants a time such as 500ms, 5s or 2m, not "soon"'],
  [["--quiet-for", "0"], '--quiet-for wants a time such as 500ms, 5s or 2m, not "0"'],
])("%j is refused, naming option and value", (argv, message) => {
  expect(() => settings(...argv)).toThrow(message);
});
