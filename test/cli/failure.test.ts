import { expect, test } from "vitest";
import { failureOf } from "../../src/cli/failure.ts";
import { PUBLISH } from "../../src/cli/publish-spec.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import { Mdns, MdnsError } from "../../src/mdns/index.ts";

/** What the library says of options of its own. */
function refusal(options: ConstructorParameters<typeof Mdns>[0]): unknown {
  try {
    return new Mdns(options);
  } catch (error) {
    return error;
  }
}

test("a wrong value is told by the name that the command line has for it, with status 2", () => {
  expect(failureOf(refusal({ hostName: "a.b" }), PUBLISH.spelling)).toEqual({
    status: 2,
    message: `--host must be one label, without ".local", got 'a.b'`,
  });
  expect(failureOf(refusal({ interfaces: "10.0.0.0/99" }), PUBLISH.spelling)).toEqual({
    status: 2,
    message: "--interface must be a name, an address or a subnet such as 192.0.2.0/24, got '10.0.0.0/99'",
  });
});

test.each([
  [new UsageError("--host must be short, got 'x'"), 2],
  [new MdnsError("ERR_MDNS_ARGUMENT", "constructor must be something, got 1"), 2],
  [new MdnsError("ERR_MDNS_PORT_IN_USE", "host must be elsewhere, got 5353"), 3],
  [new Error("host must be there, got none"), 3],
])("other messages stay as they are: %s", (error, status) => {
  expect(failureOf(error, PUBLISH.spelling)).toEqual({ status, message: error.message });
});

test("a message is one line that can do nothing to a terminal", () => {
  expect(failureOf(new Error("first \n  second \u001b[2J")).message).toBe("first second \\u{1b}[2J");
});
