import { expect, test } from "vitest";
import { defaultHostName } from "../../src/mdns/default-host-name.ts";

test.each([
  ["nas", "nas"],
  ["nas.example.com", "nas"],
  ["My Laptop's", "My-Laptop-s"],
  ["-x-", "x"],
  ["büro", "b-ro"],
  ["", "host"],
  ["...", "host"],
  ["x".repeat(70), "x".repeat(63)],
])("a system called %j is the host %j (RFC 6762 §3; D-25)", (system, host) => {
  expect(defaultHostName(system)).toBe(host);
});
