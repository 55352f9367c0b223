import { expect, test } from "vitest";
import { globPattern, isGlob } from "../../../src/mdns/link/glob.ts";

test.each([
  ["eth*", "eth0", true],
  ["eth*", "veth0", false],
  ["*", "", true],
  ["**a", "aba", true],
  ["eth?", "eth0", true],
  ["eth?", "eth10", false],
  ["eth[0-2]", "eth1", true],
  ["eth[!0-2]", "eth1", false],
  ["eth[!0-2]", "eth5", true],
  ["br-*", "br-5f+x", true],
  ["a.b*", "axb", false],
  ["en[p", "en[p", true],
  ["x]", "x]", true],
])("%s and %s: %s", (glob, name, matches) => {
  expect(isGlob(glob)).toBe(true);
  expect(globPattern(glob).test(name)).toBe(matches);
});

test.each(["eth0", "br-lan", "wlp2s0.100"])("%s is a plain name", (name) => {
  expect(isGlob(name)).toBe(false);
});
