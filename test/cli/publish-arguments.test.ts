import { expect, test } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { wishesByArguments } from "../../src/cli/publish-arguments.ts";
import { PUBLISH } from "../../src/cli/publish-spec.ts";

const wishes = (...argv: string[]) => wishesByArguments(parseArguments(PUBLISH, argv));

test("NAME TYPE PORT and what follows are one service", () => {
  expect(
    wishes("My Site", "_http._tcp", "8080", "path=/", "flag", "--subtype", "_a", "--subtype", "_b").wanted,
  ).toEqual([
    {
      kind: "service",
      options: { name: "My Site", type: "_http._tcp", port: 8080, txt: ["path=/", "flag"], subtypes: ["_a", "_b"] },
    },
  ]);
});

test("--and starts another service, with options of its own", () => {
  const { wanted } = wishes("A", "_a._tcp", "1", "--weight", "4", "--and", "B", "_b._udp", "2", "--priority", "3");
  expect(wanted).toEqual([
    { kind: "service", options: { name: "A", type: "_a._tcp", port: 1, txt: [], subtypes: [], weight: 4 } },
    { kind: "service", options: { name: "B", type: "_b._udp", port: 2, txt: [], subtypes: [], priority: 3 } },
  ]);
});

test("--host names this host, for all services", () => {
  const { hostName, wanted } = wishes("A", "_a._tcp", "1", "--host", "h", "--and", "B", "_b._tcp", "2", "--host", "h");
  expect([hostName, wanted.length]).toEqual(["h", 2]);
});

test("--host with --address is another host", () => {
  expect(wishes("A", "_a._tcp", "1", "--host", "nas", "--address", "192.0.2.7")).toEqual({
    wanted: [
      {
        kind: "service",
        options: {
          name: "A",
          type: "_a._tcp",
          port: 1,
          txt: [],
          subtypes: [],
          host: "nas",
          addresses: ["192.0.2.7"],
        },
      },
    ],
  });
});

test("a host with addresses and no NAME publishes the addresses alone", () => {
  expect(wishes("--host", "nas", "--address", "192.0.2.7", "--address", "2001:db8::7").wanted).toEqual([
    { kind: "host", host: "nas", addresses: ["192.0.2.7", "2001:db8::7"] },
  ]);
});

test.each([
  [[], "NAME TYPE PORT wanted; NAME is missing"],
  [["--host", "nas"], "NAME, or --address to publish only the host nas, is missing"],
  [["A"], "NAME TYPE PORT wanted; TYPE is missing"],
  [["A", "_a._tcp"], "NAME TYPE PORT wanted; PORT is missing"],
  [["A", "_a._tcp", "1", "--and"], "NAME TYPE PORT wanted; NAME is missing"],
  [["A", "_a._tcp", "0"], 'PORT is a whole number from 1 to 65535, not "0"'],
  [["A", "_a._tcp", "65536"], 'PORT is a whole number from 1 to 65535, not "65536"'],
  [["A", "_a._tcp", "-1"], "unknown option -1"],
  [
    ["A", "_a._tcp", "1", "-H", "a", "--and", "B", "_b._tcp", "2", "-H", "b"],
    "--host b without --address is this host",
  ],
  [["A", "_a._tcp", "8o"], 'PORT is a whole number from 1 to 65535, not "8o"'],
  [["A", "_a._tcp", "1", "--weight", "x"], '--weight is a whole number from 0 to 65535, not "x"'],
  [["A", "_a._tcp", "1", "=v"], 'KEY=VALUE "=v" has no key before the "="'],
  [["A", "_a._tcp", "1", "--address", "192.0.2.7"], "--address 192.0.2.7 needs --host HOST"],
])("%j is refused, naming the value", (argv, message) => {
  expect(() => wishes(...argv)).toThrow(message);
});
