import { describe, expect, test } from "vitest";
import { publishedAddresses } from "../../../src/mdns/link/address-policy.ts";
import { iface } from "./interfaces.ts";

const published = (addresses: readonly string[], shared: boolean): string[] =>
  publishedAddresses(iface("e0", addresses).addresses, { shared }).map(({ address }) => address);

describe("what is published of an interface's addresses", () => {
  const all = ["10.77.0.1/24", "169.254.1.1/16", "fd00::1/64", "fe80::1/64"];

  test("is all of them when no other responder has the port", () => {
    expect(published(all, false)).toEqual(["10.77.0.1", "169.254.1.1", "fd00::1", "fe80::1"]);
  });

  test("leaves out link-local ones beside routable ones of their family when another responder has it, too", () => {
    expect(published(all, true)).toEqual(["10.77.0.1", "fd00::1"]);
    expect(published(["10.77.0.1/24", "fe80::1/64"], true)).toEqual(["10.77.0.1", "fe80::1"]);
    expect(published(["169.254.1.1/16", "fd00::1/64"], true)).toEqual(["169.254.1.1", "fd00::1"]);
  });
});
