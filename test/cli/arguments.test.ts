import { expect, test } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { BROWSE } from "../../src/cli/browse-spec.ts";
import { PUBLISH } from "../../src/cli/publish-spec.ts";
import { RESOLVE } from "../../src/cli/resolve-spec.ts";
import { UsageError } from "../../src/cli/usage-error.ts";

test("short options group as with avahi-browse: -arpt", () => {
  const given = parseArguments(BROWSE, ["-arpt"]);
  expect(["all", "resolve", "parsable", "terminate"].every((name) => given.has(name))).toBe(true);
});

test.each([
  [["-i", "e0", "-i", "lo"]],
  [["-ie0", "-ilo"]],
  [["--interface=e0", "--interface", "lo"]],
  [["_http._tcp", "-ri", "e0", "--json", "-i", "lo"]],
])("a repeatable option keeps every value: %j", (argv) => {
  expect(parseArguments(BROWSE, argv).values("interface")).toEqual(["e0", "lo"]);
});

test("the last value of an option that is not repeatable wins", () => {
  expect(parseArguments(BROWSE, ["--timeout", "1s", "--timeout", "2s"]).value("timeout")).toBe("2s");
});

test("after -- everything is an operand", () => {
  expect(parseArguments(PUBLISH, ["--", "-dash-", "_http._tcp", "80"]).operands).toEqual([
    "-dash-",
    "_http._tcp",
    "80",
  ]);
});

test("operands and options keep their order, which is what --and needs", () => {
  const { ordered } = parseArguments(PUBLISH, ["A", "--subtype", "_x", "--and", "B"]);
  expect(ordered).toEqual([
    { kind: "operand", value: "A" },
    { kind: "option", name: "subtype", value: "_x" },
    { kind: "option", name: "and", value: undefined },
    { kind: "operand", value: "B" },
  ]);
});

test.each([
  [["--bad"], "unknown option --bad; --help lists all"],
  [["--jsn"], "unknown option --jsn; did you mean --json?"],
  [["--time", "5"], "unknown option --time; did you mean --timeout?"],
  [["--term"], "unknown option --term; did you mean --terminate?"],
  [["--zzzzzzzzzz"], "unknown option --zzzzzzzzzz; --help lists all"],
  [["-z"], "unknown option -z; --help lists all"],
  [["-rz"], "unknown option -z; --help lists all"],
  [["--__proto__"], "unknown option --__proto__; --help lists all"],
  [["--timeout"], "option --timeout needs a value: TIME"],
  [["--timeout="], "option --timeout needs a value: TIME"],
  [["-i"], "option -i needs a value: IFACE"],
  [["-i", "--json"], 'option -i needs a value but "--json" follows; write --interface=--json if that is it'],
  [["--json=yes"], 'option --json takes no value, but got "yes"'],
  [["--completions", "tcsh"], 'option --completions is one of bash, zsh, fish, not "tcsh"'],
])("a wrong command line names option and value: %j", (argv, message) => {
  expect(() => parseArguments(BROWSE, argv)).toThrow(new UsageError(message));
});

test.each([
  [BROWSE, ["-arc"], "-c; without a daemon there is no cache to show; -t ends when nothing new comes"],
  [BROWSE, ["--cache"], "--cache; without a daemon there is no cache to show; -t ends when nothing new comes"],
  [BROWSE, ["-b"], "-b; --types lists the types on the network"],
  [BROWSE, ["--dump-db"], "--dump-db; --types lists the types on the network"],
  [BROWSE, ["-D"], "-D; multicast serves only the domain local"],
  [BROWSE, ["-f"], "-f; there is no daemon to wait for: leave it out"],
  [BROWSE, ["-B", "_http._tcp"], "-B; mdns-browse TYPE shows services"],
  [BROWSE, ["-G", "v4", "nas.local"], "-G; mdns-resolve HOST.local looks up addresses"],
  [PUBLISH, ["-s", "Site", "_http._tcp", "80"], "-s; a service needs no option: NAME TYPE PORT"],
  [PUBLISH, ["-a", "nas.local", "192.0.2.7"], "-a; --host HOST --address ADDRESS publishes a host"],
  [PUBLISH, ["-d", "local"], "-d; multicast serves only the domain local"],
  [PUBLISH, ["--no-fail"], "--no-fail; there is no daemon to wait for: leave it out"],
  [PUBLISH, ["--no-reverse"], "--no-reverse; only this host's own addresses lead back to a name: leave it out"],
  [PUBLISH, ["-R", "Site", "_http._tcp", "local", "80"], "-R; mdns-publish NAME TYPE PORT publishes a service"],
  [PUBLISH, ["--name", "Site"], "--name; NAME TYPE PORT KEY=VALUE... stand without options"],
  [PUBLISH, ["Site", "--port", "80"], "--port; NAME TYPE PORT KEY=VALUE... stand without options"],
  [RESOLVE, ["nas", "-t", "TXT"], "-t; --type RRTYPE asks for records"],
  [RESOLVE, ["-x", "192.0.2.7"], "-x; an address needs no option"],
  [RESOLVE, ["-n", "nas.local"], "-n; a host name needs no option"],
  [RESOLVE, ["-4a", "192.0.2.7"], "-a; an address needs no option"],
  [RESOLVE, ["-L", "Site", "_http._tcp"], "-L; mdns-resolve NAME.TYPE.local looks up a service"],
  [RESOLVE, ["-Q", "nas.local", "A"], "-Q; mdns-resolve --type RRTYPE NAME asks for records"],
] as const)(
  "an option of avahi's commands, dns-sd or dig is told what does the same here: %#",
  (command, argv, message) => {
    expect(() => parseArguments(command, argv)).toThrow(new UsageError(`unknown option ${message}`));
  },
);
