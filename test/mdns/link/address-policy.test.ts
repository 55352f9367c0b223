import { expect, test } from "vitest";
import { sharedAddresses } from "../../../src/mdns/link/address-policy.ts";
import { iface } from "./interfaces.ts";

test.each([
  ["10.77.0.1/24 10.77.0.2/24 fd00::1/64", "10.77.0.1 10.77.0.2 fd00::1"],
  ["10.77.0.1/24 fe80::1/64", "10.77.0.1 fe80::1"],
  ["10.77.0.1/24 fd00::1/64 fe80::1/64", "10.77.0.1 fd00::1"],
  ["169.254.1.1/16 fd00::1/64", "169.254.1.1 fd00::1"],
  ["10.77.0.1/24 169.254.1.1/16", "10.77.0.1"],
])("of %s, what a host publishes beside another responder is %s (L-15)", (addresses, expected) => {
  const published = sharedAddresses(iface("e0", addresses.split(" ")).addresses);
  expect(published.map(({ address }) => address).join(" ")).toBe(expected);
});
