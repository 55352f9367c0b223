import { expect, test } from "vitest";
import { checkedHostLabel, hostToFind } from "../../../src/mdns/dnssd/host-name.ts";

const CODE = { code: "ERR_MDNS_ARGUMENT" };

test.each([
  ["printer.local", "printer.local"],
  ["printer", "printer.local"],
  ["printer.local.", "printer.local"],
  ["a.b.local", "a.b.local"],
])("%s is looked up as %s", (host, name) => {
  expect(hostToFind(host).toString()).toBe(name);
});

test.each(["", ".", "local", "local.", "a.b", "example.com", "10.0.0.1", `${"x".repeat(64)}.local`, "\\", 5])(
  "%s is no host in .local and is not completed (RFC 6762 §21; Q-31, Q-35, S-03, S-04, H-04)",
  (host) => {
    expect(() => hostToFind(host)).toThrow(expect.objectContaining(CODE));
  },
);

test("a host to publish is one label (D-25)", () => {
  expect(checkedHostLabel("hostName", "nas")).toBe("nas");
  for (const host of ["nas.local", "", "a b\n", "x".repeat(64)]) {
    expect(() => checkedHostLabel("hostName", host)).toThrow(/^hostName must be/);
  }
});
