import { inspect } from "node:util";
import { expect, test } from "vitest";
import { argumentError } from "../../../src/mdns/dnssd/argument-error.ts";

test("an argument error names the argument, what it must be and what it was", () => {
  const error = argumentError("port", "an integer", "80");
  expect(error).toMatchObject({ code: "ERR_MDNS_ARGUMENT", message: "port must be an integer, got '80'" });
});

test("a cause is shown where there is one, and not as undefined where there is none", () => {
  expect(inspect(argumentError("port", "an integer", "80"))).not.toContain("cause");
  expect(inspect(argumentError("data", "data", 5, new Error("too long")))).toContain("[cause]: Error: too long");
});
